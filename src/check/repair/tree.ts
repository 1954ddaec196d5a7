import { add, mul } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import { children, mapChildren } from "../../expr/walk.js";

/** Where a subtree stands: the position of each step down among its parent's children, in the order of `children`. */
export type Path = readonly number[];

/**
 * The tree with the subtree at `path` replaced; sums in sums and products in products are merged on the way up. What a
 * table is of are symbols, and stay.
 */
export function replaceAt(tree: Expr, path: Path, replacement: Expr): Expr {
	const [first, ...rest] = path;
	if (first === undefined) return replacement;
	if (tree.kind === "table") return tree;
	let n = -1;
	return flattened(
		mapChildren(tree, (child) => {
			n += 1;
			return n === first ? replaceAt(child, rest, replacement) : child;
		}),
	);
}

/** The tree with every subtree of that text replaced, but for what a derivative is by or a table is of: symbols. */
export function replaceEverywhere(
	tree: Expr,
	text: string,
	replacement: Expr,
): Expr {
	if (textOf(tree) === text) return replacement;
	if (tree.kind === "table") return tree;
	return flattened(
		mapChildren(tree, (child) =>
			tree.kind === "derivative" && child === tree.by
				? child
				: replaceEverywhere(child, text, replacement),
		),
	);
}

/** Keeps the invariant that a sum has no sum, and a product no product, among its own parts; Aᵀᵀ is A. */
function flattened(e: Expr): Expr {
	if (e.kind === "transpose" && e.of.kind === "transpose") return e.of.of;
	if (e.kind === "add") return add(...e.terms);
	return e.kind === "mul" ? mul(...e.factors) : e;
}

/** Whether one of two subtrees lies within the other. */
export function overlap(a: Path, b: Path): boolean {
	const length = Math.min(a.length, b.length);
	for (let n = 0; n < length; n++) if (a[n] !== b[n]) return false;
	return true;
}

/** Number of nodes. */
export function sizeOf(e: Expr): number {
	return children(e).reduce((total, child) => total + sizeOf(child), 1);
}

/** A tree, or a list of bindings, as text: equal texts are equal trees. */
export function textOf(e: unknown): string {
	return JSON.stringify(e, (_key, value) =>
		typeof value === "bigint" ? value.toString() : value,
	);
}

/** The tree with one index for another. The new one must be in scope at the tree, so that no binder inside has its name. */
export function withIndex(e: Expr, from: string, to: Expr): Expr {
	if (e.kind === "index") return e.name === from ? to : e;
	return mapChildren(e, (child) => withIndex(child, from, to));
}
