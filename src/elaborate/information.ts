import { add, neg } from "../expr/build.js";
import type { Expr } from "../expr/tree.js";
import { bareName } from "../latex/bareName.js";
import type {
	Surface,
	SurfaceCall,
	SurfaceExpectation,
	SurfaceName,
} from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { readDensityLaw } from "./densities.js";
import { densityLetter, isInformationName, tableName } from "./densityName.js";
import type { Law } from "./law.js";
import { keyWith } from "./lookup.js";
import { densityCalls, informedNames } from "./mentions.js";
import type { Scope } from "./scope.js";
import { unnamedVariable } from "./tables.js";
import { openTuples, readInstance } from "./variables.js";

/**
 * Entropies and mutual information of variables, as in Cover & Thomas, Elements of Information Theory, 2.1 to 2.5: `H(x)`,
 * `H(x, z)`, `H(x | z)`, `I(x; z)`, `I(x; z | y)`. The entropy of a density `H[q(z)]` is a divergence's sibling and is read there.
 */

/** What an entropy or a mutual information is of: groups of variables set off by `;`, and a condition. */
interface Operands {
	readonly groups: readonly (readonly SurfaceName[])[];
	readonly given: readonly SurfaceName[];
}

/** H(x | z) = −E[log p(x | z)] over all that is named (2.10); null if what it is of are no variables. */
export function conditionalEntropy(
	scope: Scope,
	s: SurfaceExpectation | SurfaceCall,
	letter: SurfaceName | null,
): Expr | null {
	const of = variablesIn(scope, s.arguments);
	const given = variablesIn(scope, s.given);
	if (!of || !given || of.length === 0) return null;
	const within = lettersOf(scope, { groups: [of], given }, letter, s.span);
	return neg(within.mean([...of, ...given], within.logDensity(of, given)));
}

/** I(x; z | y) = E[log p(x, z | y) − log p(x | y) − log p(z | y)] (2.28, 2.61); null if the call is of something else. */
export function mutualInformation(
	scope: Scope,
	call: SurfaceCall,
): Expr | null {
	const operands = isInformationName(call.function)
		? operandsOf(scope, call)
		: null;
	if (!operands) return null;
	const { groups, given } = operands;
	const all = groups.flat();
	refuseTwice([...all, ...given]);
	const [letter] = call.function.subscripts;
	const within = lettersOf(
		scope,
		operands,
		letter?.kind === "name" ? letter : null,
		call.span,
	);
	return within.mean(
		[...all, ...given],
		add(
			within.logDensity(all, given),
			...groups.map((group) => neg(within.logDensity(group, given))),
		),
	);
}

/** The two groups of variables of `I(x; z)` or `I(x, z)`. */
function operandsOf(scope: Scope, call: SurfaceCall): Operands | null {
	const given = variablesIn(scope, call.given);
	const before = variablesIn(scope, call.arguments);
	const behind = variablesIn(scope, call.parameters);
	if (!given || !before || !behind) return null;
	if (before.length > 0 && behind.length > 0)
		return { groups: [before, behind], given };
	const [a, b, ...more] = call.arguments.map((s) => variablesIn(scope, [s]));
	return a && b && more.length + behind.length === 0
		? { groups: [a, b], given }
		: null;
}

function refuseTwice(names: readonly SurfaceName[]): void {
	const keys = names.map((name) => keyWith(name));
	const twice = names.find((_, n) => keys.indexOf(keys[n] ?? null) < n);
	if (twice)
		throw new Problem(
			"the information of a variable about itself",
			twice.span,
			"two different variables, or H(x)",
		);
}

/** The names of random variables in a list, each as its densities spell it; null if something else stands there. */
function variablesIn(
	scope: Scope,
	list: readonly Surface[],
): readonly SurfaceName[] | null {
	const names = openTuples(list).map((s) => variableOf(scope, s));
	return names.includes(null) ? null : (names as SurfaceName[]);
}

/** The random variable that a name means: `X` is the x of `p(x)`. */
function variableOf(scope: Scope, s: Surface): SurfaceName | null {
	if (s.kind !== "name" || densityLetter(s)) return null;
	const { setting, state } = scope.passage;
	if (setting)
		return [s, inSmall(s)].find((name) => unnamedVariable(scope, name)) ?? null;
	const { model, family } = state.context;
	const factors = [...(model?.statements ?? []), ...(family?.factors ?? [])];
	return readInstance(scope, factors, s) ? s : null;
}

/** A random variable is often a capital where its value is a small letter. */
export function inSmall(name: SurfaceName): SurfaceName {
	return { ...name, name: name.name.toLowerCase() };
}

/** The densities that an entropy is under: means and log densities of any of its variables. */
interface Within {
	mean(of: readonly SurfaceName[], body: Expr): Expr;
	logDensity(of: readonly SurfaceName[], given: readonly SurfaceName[]): Expr;
}

function lettersOf(
	scope: Scope,
	operands: Operands,
	letter: SurfaceName | null,
	span: Span,
): Within {
	const name = letter ?? impliedLetter(scope, operands, span);
	const law = (
		of: readonly SurfaceName[],
		given: readonly SurfaceName[],
	): Law =>
		readDensityLaw(scope, {
			kind: "call",
			function: name,
			arguments: of,
			given,
			parameters: [],
			span,
		});
	return {
		mean: (of, body) => law(of, []).expectation(body),
		logDensity: (of, given) => law(of, given).logDensity,
	};
}

/**
 * The density that is meant where none is named: the one that the passage writes, or q among its variables alone, else p.
 * With a model it is q among the variables of q, else p.
 */
function impliedLetter(
	scope: Scope,
	{ groups, given }: Operands,
	span: Span,
): SurfaceName {
	const { setting, state, surfaces } = scope.passage;
	if (!setting) {
		const factors = state.context.family?.factors ?? [];
		const isOfQ = [...groups.flat(), ...given].every((name) =>
			readInstance(scope, factors, name),
		);
		return bareName(isOfQ ? "q" : "p", span);
	}
	const written = new Map(
		surfaces
			.flatMap(densityCalls)
			.map(({ function: name }) => [tableName(name), name]),
	);
	const [only, ...others] = written.values();
	if (only && others.length === 0) return only;
	const latents = only ? setting.latents : state.unnamedLatents;
	const isOfQ = surfaces
		.flatMap(informedNames)
		.every((name) => latents.includes(keyWith(name) ?? ""));
	if (isOfQ && setting.q.length < 2)
		return (
			[...written.values()].find((name) => densityLetter(name) === "q") ??
			bareName("q", span)
		);
	if (!only) return bareName("p", span);
	throw new Problem(
		`under which density: ${[...written.keys()].join(" or ")}?`,
		span,
		"the density as its subscript, such as H_q(z)",
	);
}
