import { entry, index, symbol } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr, Indicator, Sym } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";

/**
 * A label such as c_i stands in the tree as a symbol in subscripts and comparisons. Where a formula uses it as a value
 * it is the one-hot column (1[c_i = 1], …, 1[c_i = K]).
 */
export function oneHot(label: Expr, size: Dim): Expr {
	const name = freshName("k");
	return {
		kind: "tabulate",
		index: name,
		size,
		body: equals(label, index(name)),
	};
}

/** The label of a one-hot column, else null. */
export function labelOf(e: Expr): Sym | null {
	if (e.kind !== "tabulate" || e.body.kind !== "indicator") return null;
	const { left, right } = e.body;
	return left.kind === "symbol" &&
		right.kind === "index" &&
		right.name === e.index
		? left
		: null;
}

export function equals(left: Expr, right: Expr): Indicator {
	return { kind: "indicator", comparison: "=", left, right };
}

/** `c_iᵀ of`: the row of a matrix (as a column), or the entry of a column, that the label names. */
export function select(of: Expr, label: Sym): Expr {
	const shape = shapeOf(of);
	const other = labelOf(of);
	if (other) return equals(label, other);
	if (of.kind === "symbol")
		return symbol(of.name, [...of.indices, label], of.shape.slice(1));
	if (shape.length === 1) return entry(of, label);
	const name = freshName("d");
	return {
		kind: "tabulate",
		index: name,
		size: shape[1] as Dim,
		body: entry(of, label, index(name)),
	};
}
