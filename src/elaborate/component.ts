import type { Expr, Factor, Sym } from "../expr/tree.js";
import { sameTree, visit } from "../expr/walk.js";
import { factorOf, parents } from "./dependence.js";
import { covers, type Instance } from "./instance.js";

/**
 * `p(x_i \mid \mu_k)` of a mixture is the density of its k-th component: of all that a label chooses from, one is given, and
 * nothing is said of the label. Known parameters that it chooses need not be named. So p(x_i | c_i, μ) = Π_k p(x_i | μ_k)^{c_ik}, as in Blei, Kucukelbir and McAuliffe, Variational
 * Inference: A Review for Statisticians, section 3.1.
 * @returns the conditions, with c_i = k among them; null for any other density
 */
export function withComponent(
	factors: readonly Factor[],
	of: readonly Instance[],
	given: readonly Instance[],
	parameters: readonly Sym[],
): readonly Instance[] | null {
	const [own, ...more] = of;
	const label = own && more.length === 0 ? labelOf(factors, own, given) : null;
	if (!own || !label) return null;
	const values = chosenBy(factors, own.variable, label.variable).flatMap(
		({ name, position, isRandom }) => {
			const named = isRandom
				? given.filter((g) => g.variable === name).map((g) => g.at)
				: parameters.filter((p) => p.name === name).map((p) => p.indices);
			if (!isRandom && named.length === 0) return [];
			return [named.length === 1 ? (named[0]?.[position] ?? null) : null];
		},
	);
	const [value] = values;
	return value && values.every((v) => v && sameTree(v, value))
		? [...given, { ...label, value }]
		: null;
}

/** The one label that the law of a variable depends on and no condition says. */
function labelOf(
	factors: readonly Factor[],
	own: Instance,
	given: readonly Instance[],
): Instance | null {
	const labels = parents(factors, own).filter(
		(p) => factorOf(factors, p.variable).labels !== null,
	);
	const [label, ...others] = labels;
	return label?.at && others.length === 0 && !covers(given, label)
		? label
		: null;
}

interface Chosen {
	readonly name: string;
	/** The place of the label among its subscripts. */
	readonly position: number;
	readonly isRandom: boolean;
}

/** The variables and parameters that a law mentions with a label as a subscript. */
function chosenBy(
	factors: readonly Factor[],
	variable: string,
	label: string,
): readonly Chosen[] {
	const isLabel = (e: Expr) => e.kind === "symbol" && e.name === label;
	const found: Chosen[] = [];
	for (const parameter of Object.values(factorOf(factors, variable).parameters))
		visit(parameter, (e) => {
			if (e.kind !== "symbol") return;
			const position = e.indices.findIndex(isLabel);
			const isRandom = factors.some((f) => f.variable === e.name);
			if (position >= 0) found.push({ name: e.name, position, isRandom });
		});
	return found;
}
