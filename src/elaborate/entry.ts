import { entry } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr } from "../expr/tree.js";
import type { SurfaceEntry } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { fitAxis, readIndex } from "./indices.js";
import type { Scope } from "./scope.js";
import { describe } from "./shapes.js";
import { readWhole } from "./symbols.js";

/** `(A x)_i`: one component of a vector, or with two subscripts of a matrix. */
export function readEntry(scope: Scope, s: SurfaceEntry): Expr {
	const of = readWhole(scope, s.of);
	const axes = axesOf(shapeOf(of));
	if (axes.length === 0 || axes.length !== s.at.length)
		throw new Problem(
			`shape mismatch: ${s.at.length} subscripts on ${describe(shapeOf(of))}`,
			s.span,
			axes.length === 0 ? "no subscript" : `${axes.length} of them`,
		);
	const at = s.at.map((surface, i) => {
		const index = readIndex(scope, surface);
		fitAxis(scope, index, axes[i] as Dim, surface.span);
		return index;
	});
	return entry(of, ...at);
}

/** A row or a column has one axis. */
function axesOf(shape: readonly Dim[]): readonly Dim[] {
	return shape.length === 2 && shape[0] === 1 ? shape.slice(1) : shape;
}
