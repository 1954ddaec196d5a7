import type { Expr } from "./tree.js";
import { children } from "./walk.js";

const counts = new WeakMap<Expr, number>();

/** How many nodes a tree has, written out; parts that it shares are looked at once. */
export function nodesOf(e: Expr): number {
	const known = counts.get(e);
	if (known !== undefined) return known;
	const count = children(e).reduce((sum, child) => sum + nodesOf(child), 1);
	counts.set(e, count);
	return count;
}
