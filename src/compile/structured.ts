import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";

/** A matrix as numbers times one matrix: `λ² I` is `{ scale: [λ²], matrix: I }`. */
export function scalarMultiple(e: Expr): {
	readonly scale: readonly Expr[];
	readonly matrix: Expr;
} {
	if (e.kind !== "mul") return { scale: [], matrix: e };
	const matrix = e.factors.find((f) => shapeOf(f).length > 0) ?? e;
	const scale = e.factors.filter((f) => f !== matrix);
	const inner = scalarMultiple(matrix);
	return { scale: [...scale, ...inner.scale], matrix: inner.matrix };
}
