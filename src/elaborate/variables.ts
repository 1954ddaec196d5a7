import { greekNames } from "../expr/print/letters.js";
import type { Factor } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isEquals } from "./comparison.js";
import { dataOf } from "./dependence.js";
import { fitAxis, readIndex } from "./indices.js";
import { all, type Instance, isRow } from "./instance.js";
import { keyWith } from "./lookup.js";
import { keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";

/** Random variables of model and family, as densities and expectations name them. */

/** The factor whose variable a name means, and the subscripts that choose an instance; null for any other name. */
export function findFactor(
	factors: readonly Factor[],
	name: SurfaceName,
): { factor: Factor; subscripts: readonly Surface[] } | null {
	for (let taken = name.subscripts.length; taken >= 0; taken -= 1) {
		const key = keyWith(name, taken);
		const factor = factors.find((f) => f.variable === key);
		if (factor) return { factor, subscripts: name.subscripts.slice(taken) };
	}
	const factor = collected(factors, name);
	return factor && { factor, subscripts: [] };
}

/**
 * Z stands for all of the z_n where no variable is called Z, as in Bishop, Pattern Recognition and Machine Learning, and 𝒟 for
 * the data.
 */
function collected(
	factors: readonly Factor[],
	name: SurfaceName,
): Factor | null {
	const key = name.subscripts.length === 0 ? keyOf(name) : "";
	if (key === "cal:D") return dataOf(factors);
	if (!isCapital(key)) return null;
	const small = key.toLowerCase();
	return (
		factors.find((f) => f.variable === small && f.plates.length > 0) ?? null
	);
}

/** A Latin or Greek capital letter alone. */
export function isCapital(key: string): boolean {
	return (
		/^[A-Z]$/.test(key) ||
		(/^[A-Z]/.test(key) && greekNames.has(key.toLowerCase()))
	);
}

/**
 * The instances that one argument of a density means; null if it names no variable of the factors.
 * @throws Problem for a row of several variables
 */
export function readInstance(
	scope: Scope,
	factors: readonly Factor[],
	s: Surface,
): Instance | null {
	const instance = readInstanceOrRow(scope, factors, s);
	const factor = factors.find((f) => f.variable === instance?.variable);
	if (instance && factor && isRow(factor, instance))
		throw wrongSubscripts(factor, s, instance.at?.length ?? 0);
	return instance;
}

/** The same, where `x_n` may also stand for all the `x_{nd}`. */
export function readInstanceOrRow(
	scope: Scope,
	factors: readonly Factor[],
	s: Surface,
): Instance | null {
	if (s.kind === "relation" && isEquals(s)) {
		const chosen = chosenLabel(factors, s.left, s.right);
		if (chosen) return readInstance(scope, factors, { ...s, ...chosen });
		const instance = readInstance(scope, factors, s.left);
		if (!instance) return null;
		if (!instance.at)
			throw new Problem(
				"a value for all of a variable at once",
				s.span,
				"a value for one of them",
			);
		const labels =
			factors.find((f) => f.variable === instance.variable)?.labels ?? null;
		const value =
			labels === null ? scope.read(s.right) : readIndex(scope, s.right);
		if (labels !== null) fitAxis(scope, value, labels, s.right.span);
		return { ...instance, value };
	}
	if (s.kind !== "name") return null;
	const found = findFactor(factors, s);
	return found
		? readSubscripts(scope, s, found.factor, found.subscripts)
		: null;
}

/** `z_{nk} = 1` says of a one-hot vector z_n that the label is k. */
function chosenLabel(
	factors: readonly Factor[],
	left: Surface,
	right: Surface,
): { readonly left: SurfaceName; readonly right: Surface } | null {
	if (left.kind !== "name" || right.kind !== "number" || right.text !== "1")
		return null;
	const found = findFactor(factors, left);
	const plates = found?.factor.plates.length ?? 0;
	const label = left.subscripts.at(-1);
	if (!found?.factor.labels || found.subscripts.length !== plates + 1 || !label)
		return null;
	const subscripts = left.subscripts.slice(0, -1);
	return { left: { ...left, subscripts }, right: label };
}

function readSubscripts(
	scope: Scope,
	s: SurfaceName,
	factor: Factor,
	subscripts: readonly Surface[],
): Instance {
	if (subscripts.length === 0)
		return factor.plates.length === 0
			? { ...all(factor.variable), at: [] }
			: all(factor.variable);
	if (subscripts.length > factor.plates.length)
		throw wrongSubscripts(factor, s, subscripts.length);
	const leftOut = leavesOut(subscripts);
	const at = (leftOut ? [leftOut] : subscripts).map((sub, i) => {
		const tree = readIndex(scope, sub);
		fitAxis(scope, tree, factor.plates[i]?.size ?? 1, sub.span);
		return tree;
	});
	return leftOut
		? { ...all(factor.variable), except: at }
		: { ...all(factor.variable), at };
}

function wrongSubscripts(
	{ plates, variable }: Factor,
	s: Surface,
	count: number,
): Problem {
	return new Problem(
		`\`${s.kind === "name" ? latexOf(s) : variable}\` has ${count} subscripts`,
		s.span,
		plates.length === 0
			? "none"
			: `one for each of [${plates.map((p) => p.size).join(", ")}]`,
	);
}

/** The k of `μ_{−k}`, else null. */
export function leavesOut(subscripts: readonly Surface[]): Surface | null {
	const [only] = subscripts;
	if (
		subscripts.length !== 1 ||
		only?.kind !== "sum" ||
		only.terms.length !== 1
	)
		return null;
	const [term] = only.terms;
	return term?.sign === -1 ? term.term : null;
}

/** Arguments with tuples opened: `q((μ, c))` and `q(\{μ, c\})` are `q(μ, c)`. */
export function openTuples(args: readonly Surface[]): readonly Surface[] {
	return args.flatMap((a) => (a.kind === "tuple" ? openTuples(a.items) : [a]));
}
