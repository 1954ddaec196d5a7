import { isEquals } from "../elaborate/comparison.js";
import { isDensityCall, isOptimal } from "../elaborate/densityName.js";
import { all } from "../elaborate/instance.js";
import { withValues } from "../elaborate/joint.js";
import { findFactor } from "../elaborate/variables.js";
import { div, exp, index, sum, symbol } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Dim, Expr, Factor } from "../expr/tree.js";
import { freshName, some, visit } from "../expr/walk.js";
import type { Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { equal } from "../relations/equal.js";
import { proportional } from "../relations/proportional.js";
import {
	type Assignment,
	expectedLogJoint,
	instanceOf,
	parametersOf,
	withNewValues,
} from "./certify.js";
import type { Claim, Decision } from "./claim.js";
import { decide } from "./decide.js";
import { inverted, optimumOf } from "./optimum.js";

/**
 * `q^*(w) = N(w | m, S)`: beside the optimal factor, which is free of them, the parameters of that factor of q stand for their
 * values at the optimum. So the step says that the optimum lies in the family. Null where it is no such step, or where the
 * family does not tell these values.
 */
export async function ofOptimalFactor(
	factor: Factor,
	claim: Claim,
	seed: string,
): Promise<Decision | null> {
	try {
		const right = atOptimum(claim.context, factor, claim.right);
		return right && (await decide(ofDensities({ ...claim, right }), seed));
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** Two densities in proportion to each other are equal, and the integral of q* need not be computed. */
function ofDensities(claim: Claim): Claim {
	const { right, relation } = claim;
	if (relation !== equal || right.kind !== "pdf") return claim;
	if (right.of.kind !== "symbol") return claim;
	const free = { kind: "variable", symbol: right.of } as const;
	return { ...claim, relation: proportional, free };
}

/** The factor of `q^*(w)`, or of the logarithm of it. */
export function optimalFactorOf(s: Surface, context: Context): Factor | null {
	if (s.kind === "call" && s.function.name === "log" && s.arguments[0])
		return optimalFactorOf(s.arguments[0], context);
	if (!isDensityCall(s) || !isOptimal(s.function)) return null;
	const [only, ...more] = s.arguments;
	const name = only && isEquals(only) ? only.left : only;
	if (name?.kind !== "name" || more.length > 0) return null;
	return findFactor(context.family?.factors ?? [], name)?.factor ?? null;
}

/** A tree with the factor's own parameters at their optimum; null where it mentions none, or one whose value is not known. */
function atOptimum(context: Context, factor: Factor, tree: Expr): Expr | null {
	const own = new Set(parametersOf(context, factor));
	const known = factor.labels
		? probabilitiesOf(context, factor)
		: valuesOf(context, factor);
	const values = new Set(known.map((a) => a.target.name));
	let at: readonly Expr[] | null = null;
	visit(tree, (e) => {
		if (e.kind === "symbol" && own.has(e.name)) at ??= e.indices;
	});
	if (!at) return null;
	const value = withNewValues(tree, known, own, at, []);
	const isLeft = (e: Expr) =>
		e.kind === "symbol" && own.has(e.name) && !values.has(e.name);
	return some(tree, isLeft) ? null : value;
}

function valuesOf(context: Context, factor: Factor): readonly Assignment[] {
	const optimum = optimumOf(context, factor);
	return optimum?.own.flatMap((name) => inverted(optimum, name) ?? []) ?? [];
}

/** q*(c_i = k) for the probabilities of a label, in proportion to exp E[log p]. */
function probabilitiesOf(
	context: Context,
	factor: Factor,
): readonly Assignment[] {
	const { probabilities } = factor.parameters;
	const labels = factor.labels as Dim;
	const { at } = instanceOf(context, factor);
	if (probabilities?.kind !== "symbol") return [];
	const log = expectedLogJoint(context, [factor], at);
	const weight = (k: Expr) =>
		exp(withValues(log, [factor], [{ ...all(factor.variable), at, value: k }]));
	const [k, l] = [freshName("k"), freshName("l")];
	return [
		{
			target: symbol(probabilities.name, [...at, index(k)], []),
			power: 1,
			value: div(weight(index(k)), sum(l, labels, weight(index(l)))),
			isLogWeights: false,
			whole: null,
		},
	];
}
