import type { Dim, Expr, Indicator } from "../expr/tree.js";
import { children } from "../expr/walk.js";
import type { Passage } from "./scope.js";
import { unknownSize } from "./shapes.js";

/**
 * What is compared runs over one range: in 1[i = j] h_i the range of j is that of i. Learned after a whole chain was read, since
 * the range of i may stand to the right of the comparison.
 */
export function learnFromComparisons(
	trees: readonly Expr[],
	passage: Passage,
): void {
	for (let isNew = true; isNew; ) {
		isNew = false;
		for (const tree of trees)
			visitBinding(tree, new Map(), (e, bound) => {
				isNew = learn(e, bound, passage) || isNew;
			});
	}
}

type Ranges = ReadonlyMap<string, Dim>;

function visitBinding(
	e: Expr,
	bound: Ranges,
	see: (e: Indicator, bound: Ranges) => void,
): void {
	if (e.kind === "indicator") see(e, bound);
	const range =
		e.kind === "sum" || e.kind === "product" || e.kind === "maximum"
			? e.range
			: e.kind === "tabulate" && e.size !== unknownSize
				? e.size
				: null;
	const inside =
		range !== null && "index" in e ? new Map(bound).set(e.index, range) : bound;
	for (const child of children(e)) visitBinding(child, inside, see);
}

/** Whether one side told the range of the other. */
function learn(
	{ left, right }: Indicator,
	bound: Ranges,
	passage: Passage,
): boolean {
	const rangeOf = (e: Expr): Dim | null => {
		if (e.kind === "index")
			return bound.get(e.name) ?? passage.rangeOf(e.name) ?? null;
		if (e.kind === "symbol") return passage.symbol(e.name)?.labels ?? null;
		return e.kind === "size" ? e.name : null;
	};
	for (const [open, other] of [
		[left, right],
		[right, left],
	] as const) {
		const range = rangeOf(other);
		if (open.kind !== "index" || range === null || rangeOf(open) !== null)
			continue;
		passage.setRange(open.name, range);
		return true;
	}
	return false;
}
