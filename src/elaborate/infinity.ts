import type { Expr } from "../expr/tree.js";

/** Whether a bound is ∞ or −∞. */
export function isInfinite(bound: Expr): boolean {
	if (bound.kind === "constant") return bound.name === "infinity";
	return bound.kind === "mul" && bound.factors.some(isInfinite);
}

export function isMinusInfinite(bound: Expr): boolean {
	return bound.kind === "mul" && isInfinite(bound);
}
