import {
	apply,
	dot,
	entry,
	index,
	matmul,
	num,
	pow,
	sum,
	transpose,
} from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface, SurfaceBars } from "../latex/surface.js";
import { Problem } from "../problem.js";
import type { Scope } from "./scope.js";
import { conform, describe } from "./shapes.js";

/** ‖x‖ and |x|: a norm, an absolute value, or a determinant, as the shape says. */
export function readBars(scope: Scope, s: SurfaceBars): Expr {
	if (s.metric) return pow(squareByMetric(scope, s, s.metric), num("1/2"));
	const of = scope.read(s.of);
	const shape = shapeOf(of);
	if (shape.length === 0) return apply("abs", of);
	if (isEuclidean(s, of)) return pow(squaredNorm(of), num("1/2"));
	if (s.order === "F") return pow(squaredFrobenius(of), num("1/2"));
	if (isLine(of)) return normByEntries(s, of);
	if (!s.double && shape[0] === shape[1]) return { kind: "determinant", of };
	throw new Problem(
		`bars around ${describe(shape)}`,
		s.span,
		"a vector in a norm, a square matrix in a determinant, \\lVert A \\rVert_F for a norm of a matrix",
	);
}

/** The square of what stands between bars, without a root. */
export function squareOfBars(scope: Scope, s: SurfaceBars): Expr {
	if (s.metric) return squareByMetric(scope, s, s.metric);
	const of = scope.read(s.of);
	if (shapeOf(of).length === 0) return pow(of, 2);
	if (isEuclidean(s, of)) return squaredNorm(of);
	if (s.order === "F") return squaredFrobenius(of);
	return pow(readBars(scope, s), 2);
}

/** Whether a tree is a column or a row. */
function isLine(of: Expr): boolean {
	const shape = shapeOf(of);
	return shape.length === 1 || shape[0] === 1;
}

/** The Frobenius norm of a vector is the Euclidean one. */
function isEuclidean(s: SurfaceBars, of: Expr): boolean {
	return isLine(of) && (s.order === "2" || s.order === "F");
}

/** ‖x‖₁ = Σ_d |x_d| and ‖x‖_∞ = max_d |x_d|. Golub and Van Loan, Matrix Computations (2013), (2.2.2) and (2.2.4). */
function normByEntries(s: SurfaceBars, of: Expr): Expr {
	const shape = shapeOf(of);
	const range = shape[shape.length - 1] as Dim;
	const name = freshName("d");
	const body = apply("abs", entry(of, index(name)));
	return s.order === "1"
		? sum(name, range, body)
		: { kind: "maximum", index: name, range, body };
}

/** ‖A‖_F² = tr(AᵀA). Golub and Van Loan, (2.3.1). */
function squaredFrobenius(of: Expr): Expr {
	return { kind: "trace", of: matmul(transpose(of), of) };
}

/** ‖x‖_A² = xᵀ A x. Bishop, Pattern Recognition and Machine Learning (2006), (2.44), calls its root Mahalanobis' distance. */
function squareByMetric(scope: Scope, s: SurfaceBars, metric: Surface): Expr {
	const [of, a] = [scope.read(s.of), scope.read(metric)];
	const [size] = shapeOf(of);
	const fitted = size === undefined ? null : conform(a, [size, size]);
	if (fitted && shapeOf(of).length === 1) return dot(of, matmul(fitted, of));
	throw new Problem(
		`the norm of ${describe(shapeOf(of))} by ${describe(shapeOf(a))}`,
		metric.span,
		"1, 2, \\infty, F, or a square matrix",
	);
}

function squaredNorm(of: Expr): Expr {
	const column = shapeOf(of).length === 1 ? of : transpose(of);
	return dot(column, column);
}
