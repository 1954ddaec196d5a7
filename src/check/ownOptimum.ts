import { mul, zero } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type { Expr, Factor } from "../expr/tree.js";
import { some, substituteIndices, visit } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { constant } from "../relations/constant.js";
import { equal } from "../relations/equal.js";
import { withNeededBindersOnly } from "./binders.js";
import {
	type Assignment,
	factorOfParameter,
	withNewValues,
} from "./certify.js";
import type { Claim, Decision } from "./claim.js";
import { decide, isProved } from "./decide.js";
import { inverted, mentions, type Optimum, optimumOf } from "./optimum.js";

/**
 * Whether one parameter of a factor has its value at the coordinate optimum, whatever is stated of the others: the optimum
 * log q* = E[log p] + const determines each parameter of a family by its slope and curvature (`fromSlopes` of the
 * distribution). Companions that the update names are put in at their optimum. Null where the family has no such rule, or
 * where the optimum is shown neither to have this parameter nor to lie in the family with another one.
 */
export async function atOwnOptimum(
	context: Context,
	factor: Factor,
	assignment: Assignment,
	seed: string,
): Promise<Decision | null> {
	try {
		const found = claimsOf(context, factor, assignment);
		if (!found) return null;
		const decision = await decide(found.claim, seed);
		if (decision.verdict !== "refuted") return decision;
		if (found.isNarrow) return null;
		for (const claim of found.familiar)
			if (!(await isProved(claim, seed))) return null;
		return decision;
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/**
 * Whether an equation whose left side is made of the parameters of one factor alone, as `Σ⁻¹ μ = …`, holds with these at the
 * coordinate optimum; null where it does not, or where that is not known. A derivative by a parameter speaks of all its
 * values, and of no optimum.
 */
export async function holdsAtOptimum(
	context: Context,
	left: Expr,
	right: Expr,
	seed: string,
): Promise<Decision | null> {
	const differentiates = (e: Expr) => e.kind === "derivative";
	if (some(left, differentiates) || some(right, differentiates)) return null;
	const factor = soleFactorOf(context, left);
	try {
		const optimum = factor && optimumOf(context, factor);
		const at = optimum && subscriptsOf(left, optimum.at);
		if (!factor || !optimum || !at) return null;
		const known = optimum.own.flatMap((name) => inverted(optimum, name) ?? []);
		const names = new Set(known.map((a) => a.target.name));
		if (some(left, (e) => e.kind === "symbol" && !names.has(e.name)))
			return null;
		const [a, b] = [left, withNeededBindersOnly(right)].map((e) =>
			withNewValues(
				substituteIndices(e, at),
				known,
				new Set(optimum.own),
				optimum.at,
				[],
			),
		);
		return await decide(equation(optimum, a as Expr, b as Expr), seed);
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** The factor that all parameters of q on the left belong to, if nothing but these stands there. */
export function soleFactorOf(context: Context, left: Expr): Factor | null {
	const names = new Set<string>();
	visit(left, (e) => {
		if (e.kind === "symbol") names.add(e.name);
	});
	const [factor, ...more] = new Set(
		[...names].map((name) => factorOfParameter(context, name)),
	);
	return more.length === 0 ? (factor ?? null) : null;
}

/** Which subscripts of the left side stand for those of the optimum; null where they are not the same in all its symbols. */
export function subscriptsOf(
	left: Expr,
	at: readonly Expr[],
): ReadonlyMap<string, Expr> | null {
	const map = new Map<string, Expr>();
	let fits = true;
	visit(left, (e) => {
		if (e.kind !== "symbol") return;
		if (e.indices.length !== at.length) fits = false;
		at.forEach((to, n) => {
			const from = e.indices[n];
			if (from?.kind !== "index" || (map.get(from.name) ?? to) !== to)
				fits = false;
			else map.set(from.name, to);
		});
	});
	return fits && map.size === at.length ? map : null;
}

function equation(optimum: Optimum, left: Expr, right: Expr): Claim {
	const { context } = optimum;
	return { left, right, relation: equal, free: null, context };
}

interface Claims {
	/** The stated value is that of the optimum. */
	readonly claim: Claim;
	/** The optimum lies in the family: its parameters do not depend on the variable. */
	readonly familiar: readonly Claim[];
	/** The family has fewer covariances than the optimum may have: s² I or diag(v), whose own optimum is another one. */
	readonly isNarrow: boolean;
}

function claimsOf(
	context: Context,
	factor: Factor,
	assignment: Assignment,
): Claims | null {
	const optimum = assignment.isLogWeights ? null : optimumOf(context, factor);
	if (!optimum) return null;
	const { name } = assignment.target;
	const companions = optimum.own
		.filter((other) => other !== name)
		.flatMap((other) => inverted(optimum, other) ?? []);
	const [stated, ...more] = Object.entries(optimum.written).filter(([, e]) =>
		mentions(e, name),
	);
	const value = stated && optimum.values[stated[0]];
	if (!stated || !value || more.length > 0) return null;
	const known = [assignment, ...companions];
	const own = new Set(optimum.own);
	const left = withNewValues(stated[1], known, own, optimum.at, []);
	if (!sameShape(shapeOf(left), shapeOf(value))) return null;
	return {
		claim: equation(optimum, left, value),
		familiar: Object.values(optimum.values).map((e) => ({
			...equation(optimum, e, mul(zero, e)),
			relation: constant,
			free: { kind: "variable", symbol: optimum.variable },
		})),
		isNarrow: some(
			stated[1],
			(e) => e.kind === "identity" || e.kind === "diagonal",
		),
	};
}
