import type { Expr } from "../expr/tree.js";
import { mapChildren, some } from "../expr/walk.js";

/** Drops from each expectation the variables that it does not mention: E over them changes nothing, but would capture. */
export function withNeededBindersOnly(e: Expr): Expr {
	const inner = mapChildren(e, withNeededBindersOnly);
	if (inner.kind !== "expectation") return inner;
	const mentions = (name: string) =>
		some(inner.body, (x) => x.kind === "symbol" && x.name === name);
	const over = inner.over.filter((b) => mentions(b.factor.variable));
	return over.length === 0 ? inner.body : { ...inner, over };
}
