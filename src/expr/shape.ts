import { Problem } from "../problem.js";
import type { Expr, Shape } from "./tree.js";

const scalar: Shape = [];

/** Rows and columns of a shape; a number counts as 1 × 1, a column as D × 1. */
function extents(shape: Shape): readonly [string | number, string | number] {
	return [shape[0] ?? 1, shape[1] ?? 1];
}

/** The shape of rows × columns, with 1 × 1 as a number and D × 1 as a column. */
function fromExtents(rows: string | number, columns: string | number): Shape {
	if (columns === 1) return rows === 1 ? scalar : [rows];
	return [rows, columns];
}

export function sameShape(a: Shape, b: Shape): boolean {
	return a.length === b.length && a.every((d, i) => d === b[i]);
}

/** Shape of a well-typed tree. Does not check; see the elaborator for that. */
export function shapeOf(e: Expr): Shape {
	switch (e.kind) {
		case "symbol":
			return e.shape;
		case "add":
			return e.terms.length > 0 ? shapeOf(e.terms[0] as Expr) : scalar;
		case "mul":
			return e.factors.map(shapeOf).find((s) => s.length > 0) ?? scalar;
		case "matmul": {
			const [rows] = extents(shapeOf(e.left));
			const [, columns] = extents(shapeOf(e.right));
			return fromExtents(rows, columns);
		}
		case "transpose": {
			const [rows, columns] = extents(shapeOf(e.of));
			return fromExtents(columns, rows);
		}
		case "inverse":
			return shapeOf(e.of);
		case "identity":
			return [e.size, e.size];
		case "diagonal": {
			const [d] = extents(shapeOf(e.of));
			return [d, d];
		}
		case "tabulate":
			return [e.size, ...shapeOf(e.body)];
		case "sum":
		case "expectation":
		case "integral":
		case "evaluation":
			return shapeOf(e.body);
		case "derivative": {
			const body = shapeOf(e.body);
			const by = e.by.shape;
			if (by.length === 0) return body;
			if (body.length === 0)
				return e.order === 1 ? by : [by[0] as string, by[0] as string];
			throw new Problem(
				"a vector differentiated by a vector is not supported",
				null,
				"a scalar to differentiate",
			);
		}
		default:
			return scalar;
	}
}
