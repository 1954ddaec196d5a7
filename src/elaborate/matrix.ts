import { add, index, matmul, mul, num, transpose } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface, SurfaceMatrix } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { equals } from "./labels.js";
import type { Scope } from "./scope.js";
import { describe, isScalar } from "./shapes.js";

/** Vectors and matrices written out entry by entry. */

/** Numbers written one by one; the tree has no literal column, so each is picked by its place. */
export function explicitColumn(entries: readonly Expr[]): Expr {
	const name = freshName("k");
	const body = add(
		...entries.map((e, j) => mul(equals(index(name), num(j + 1)), e)),
	);
	return { kind: "tabulate", index: name, size: entries.length, body };
}

/** A number that stands as an entry. */
export function readNumberEntry(scope: Scope, s: Surface): Expr {
	const tree = scope.read(s);
	if (!isScalar(tree))
		throw new Problem(
			`shape mismatch: ${describe(shapeOf(tree))} in a list`,
			s.span,
			"numbers",
		);
	return tree;
}

/** A matrix as the sum over its columns of column · unit rowᵀ; one of a single column or row as a vector. */
export function readMatrix(scope: Scope, s: SurfaceMatrix): Expr {
	const rows = s.rows.map((row) => row.map((e) => readNumberEntry(scope, e)));
	const [first = []] = rows;
	if (rows.length === 1 && first.length === 1) return first[0] as Expr;
	if (rows.length === 1) return transpose(explicitColumn(first));
	const columns = first.map((_, j) =>
		explicitColumn(rows.map((row) => row[j] as Expr)),
	);
	if (columns.length === 1) return columns[0] as Expr;
	return add(
		...columns.map((column, j) =>
			matmul(column, transpose(unitColumn(j + 1, columns.length))),
		),
	);
}

function unitColumn(place: number, size: number): Expr {
	const name = freshName("k");
	return {
		kind: "tabulate",
		index: name,
		size,
		body: equals(index(name), num(place)),
	};
}
