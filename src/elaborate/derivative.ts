import { div, mul, num } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr, Sym } from "../expr/tree.js";
import type { Surface, SurfaceDerivative } from "../latex/surface.js";
import { Problem } from "../problem.js";
import type { Scope } from "./scope.js";
import { describe, isScalar } from "./shapes.js";
import { readWhole } from "./symbols.js";

/**
 * ∂f/∂x by a number, a vector, a matrix or an entry; ∂f/∂s² is (1/(2s)) ∂f/∂s for a positive s, and twice that for
 * the second order.
 */
export function readDerivative(scope: Scope, s: SurfaceDerivative): Expr {
	if (s.order !== 1 && s.order !== 2)
		throw new Problem(
			`a derivative of order ${s.order}`,
			s.span,
			"order 1 or 2",
		);
	const square = squareOf(s.by);
	const by = variableOf(scope, s);
	const body = scope.read(s.of);
	if (!isScalar(body) && by.shape.length > 0)
		throw new Problem(
			`shape mismatch: ${describe(shapeOf(body))} differentiated by ${describe(by.shape)}`,
			s.span,
			"a number to differentiate",
		);
	if (s.order === 2 && by.shape.length > 1)
		throw new Problem(
			"a second derivative by a matrix",
			s.span,
			"a number or vector",
		);
	if (!square) return { kind: "derivative", body, by, order: s.order };
	const bySquare = (tree: Expr) =>
		mul(div(num("1/2"), by), { kind: "derivative", body: tree, by, order: 1 });
	return s.order === 1 ? bySquare(body) : bySquare(bySquare(body));
}

/** The s of s², else null. */
function squareOf(by: Surface): Surface | null {
	const isSquare =
		by.kind === "power" &&
		by.exponent.kind === "number" &&
		by.exponent.text === "2";
	return isSquare ? by.base : null;
}

/** The symbol that a derivative is by; of ∂/∂s² the s. */
export function variableOf(scope: Scope, derivative: SurfaceDerivative): Sym {
	const s = squareOf(derivative.by) ?? derivative.by;
	const tree = readWhole(scope, s);
	if (tree.kind !== "symbol")
		throw new Problem(
			"this is nothing to differentiate by",
			s.span,
			"a symbol, or its square; not a definition or an expression",
		);
	const type = scope.passage.symbol(tree.name)?.type;
	if (type === "integer" || type === "count" || type === "onehot")
		throw new Problem(
			`\`${tree.name}\` takes whole numbers only`,
			s.span,
			"a real symbol",
		);
	return tree;
}
