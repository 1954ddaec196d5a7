import { index as indexNode, num } from "../expr/build.js";
import type { BigProduct, BigSum, Dim, Expr } from "../expr/tree.js";
import {
	children,
	freshName,
	mapChildren,
	sameTree,
	substituteIndices,
} from "../expr/walk.js";

/** What `f_1, f_2, …, f_K` says: f_k for k = 1 … K. */
export interface ListPattern {
	readonly index: string;
	readonly size: Dim;
	readonly body: Expr;
}

/**
 * The one f with f_1, f_2, … as the first items and f_K as the last: whatever is 1 in the first item and one and the same
 * size in the last is the index. Null if there is no such size, or an item in between is none of them.
 */
export function listPattern(items: readonly Expr[]): ListPattern | null {
	const [first, last] = [items[0], items.at(-1)];
	if (!first || !last || items.length < 2) return null;
	const index = freshName("k");
	const found = new Set<Dim>();
	const body = between(first, last, index, found);
	const [size] = found;
	if (!body || size === undefined || found.size > 1) return null;
	const isAt = (item: Expr, n: number) =>
		isSame(item, substituteIndices(body, new Map([[index, num(n + 1)]])));
	return items.slice(0, -1).every(isAt) ? { index, size, body } : null;
}

/** Whether two trees are one up to the names of bound indices. */
function isSame(a: Expr, b: Expr): boolean {
	const sizes = new Set<Dim>();
	return between(a, b, freshName("k"), sizes) !== null && sizes.size === 0;
}

/** The tree that is `a` where the index is 1 and `b` where it is the size; null if they differ by more. */
function between(
	a: Expr,
	b: Expr,
	index: string,
	sizes: Set<Dim>,
): Expr | null {
	if (sameTree(a, b)) return a;
	if (a.kind === "num" && a.value.equals(1)) {
		if (b.kind === "size") sizes.add(b.name);
		else if (b.kind === "num" && b.value.d === 1n) sizes.add(b.value.valueOf());
		else return null;
		return indexNode(index);
	}
	if (isBig(a) && isBig(b) && a.index !== b.index)
		return between(a, renamed(b, a.index), index, sizes);
	const others = children(b);
	if (a.kind !== b.kind || children(a).length !== others.length) return null;
	let n = 0;
	let differs = false;
	const made = mapChildren(a, (child) => {
		const inner = between(child, others[n++] as Expr, index, sizes);
		differs ||= inner === null;
		return inner ?? child;
	});
	return differs || !sameHead(made, b) ? null : made;
}

function isBig(e: Expr): e is BigSum | BigProduct {
	return e.kind === "sum" || e.kind === "product";
}

/** The same sum or product over an index of that name: each item of a list binds its own. */
function renamed(big: BigSum | BigProduct, to: string): Expr {
	const body = substituteIndices(
		big.body,
		new Map([[big.index, indexNode(to)]]),
	);
	return { ...big, index: to, body };
}

/** Whether two trees are of one kind and name, whatever their parts. */
function sameHead(a: Expr, b: Expr): boolean {
	const parts = children(b);
	let n = 0;
	return sameTree(
		mapChildren(a, () => parts[n++] as Expr),
		b,
	);
}
