import { shapeOf } from "../expr/shape.js";
import type { Expr, Shape } from "../expr/tree.js";
import { Problem } from "../problem.js";

/**
 * A matrix and its degrees of freedom, in either order, since their shapes tell them apart.
 * @throws Problem if there are others, or the matrix has not the shape of the variable.
 */
export function scaleAndDegrees(
	name: string,
	args: readonly Expr[],
	shape: Shape,
	expected: string,
): { readonly scale: Expr; readonly degrees: Expr } {
	const scale = args.find((a) => shapeOf(a).length === 2);
	const degrees = args.find((a) => shapeOf(a).length === 0);
	const fits = scale && shapeOf(scale).join() === shape.join();
	if (args.length === 2 && scale && degrees && fits) return { scale, degrees };
	throw new Problem(
		`a ${name} takes a matrix of the variable's shape and its degrees of freedom`,
		null,
		expected,
	);
}
