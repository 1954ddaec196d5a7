import { div, sub, zero } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Derivative, Expr, Factor, Sym } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { constant } from "../relations/constant.js";
import { type Assignment, optimumClaims, parametersOf } from "./certify.js";
import type { Claim } from "./claim.js";
import { decide } from "./decide.js";

/**
 * Whether one of two parameters of a factor has its optimal value, whatever the other one is stated to be: then
 * log q(z) − E[log p] depends on z only through the statistic that belongs to the other parameter ψ, so that its
 * derivative by z is a constant multiple of ∂²log q/∂ψ∂z. Holds for exponential families in the parameters' usual form.
 */
export async function optimalAlone(
	context: Context,
	factor: Factor,
	assignment: Assignment,
	seed: string,
): Promise<"proved" | "agrees" | null> {
	const others = parametersOf(context, factor).filter(
		(name) => name !== assignment.target.name,
	);
	if (others.length !== 1 || factor.labels !== null || factor.shape.length > 0)
		return null;
	try {
		const [claim, ...more] = optimumClaims(context, factor, [assignment]);
		if (!claim || more.length > 0) return null;
		const companion = symbolNamed(claim.left, others[0] as string);
		if (!companion || claim.free?.kind !== "variable") return null;
		const by = claim.free.symbol;
		const slope = derivative(sub(claim.left, claim.right), by);
		const statistic = derivative(derivative(claim.left, companion), by);
		const { verdict } = await decide(alone(claim, slope, statistic), seed);
		return verdict === "proved" || verdict === "agrees" ? verdict : null;
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** slope / statistic is constant in the factor's variable. */
function alone(claim: Claim, slope: Expr, statistic: Expr): Claim {
	return {
		...claim,
		left: div(slope, statistic),
		right: zero,
		relation: constant,
	};
}

function derivative(body: Expr, by: Sym): Derivative {
	return { kind: "derivative", body, by, order: 1 };
}

function symbolNamed(e: Expr, name: string): Sym | null {
	let found: Sym | null = null;
	visit(e, (node) => {
		if (node.kind === "symbol" && node.name === name) found ??= node;
	});
	return found;
}
