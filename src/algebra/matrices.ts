import type { Context } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";

/** Whether declared types imply that a matrix is symmetric and positive definite. */
export function isPositiveDefinite(context: Context, e: Expr): boolean {
	switch (e.kind) {
		case "symbol":
			return context.symbols.get(e.name)?.type === "posdef";
		case "identity":
			return true;
		case "inverse":
			return isPositiveDefinite(context, e.of);
		case "add":
			return e.terms.every(
				(t) => isPositiveDefinite(context, t) || isGram(context, e.terms, t),
			);
		case "mul":
			return e.factors.every((f) =>
				shapeOf(f).length === 0
					? isPositiveNumber(context, f)
					: isPositiveDefinite(context, f),
			);
		default:
			return false;
	}
}

/** A sum of outer products x xᵀ beside a positive definite term. */
function isGram(context: Context, terms: readonly Expr[], term: Expr): boolean {
	const inner = term.kind === "sum" ? term.body : term;
	const outer =
		inner.kind === "matmul" &&
		inner.right.kind === "transpose" &&
		inner.right.of === inner.left;
	return (
		outer && terms.some((t) => t !== term && isPositiveDefinite(context, t))
	);
}

function isPositiveNumber(context: Context, e: Expr): boolean {
	switch (e.kind) {
		case "num":
			return e.value.s > 0n && e.value.n > 0n;
		case "size":
		case "constant":
			return true;
		case "symbol": {
			const type = context.symbols.get(e.name)?.type;
			return (
				type === "positive" || type === "probability" || type === "simplex"
			);
		}
		case "pow":
			return isPositiveNumber(context, e.base);
		case "mul":
			return e.factors.every((f) => isPositiveNumber(context, f));
		case "add":
			return e.terms.every((t) => isPositiveNumber(context, t));
		case "sum":
			return isPositiveNumber(context, e.body);
		default:
			return false;
	}
}
