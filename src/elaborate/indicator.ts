import { apply, one, sub } from "../expr/build.js";
import type { Expr } from "../expr/tree.js";
import type {
	Surface,
	SurfaceIndicator,
	SurfaceRelation,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { readComparison } from "./cases.js";
import { comparisonOf } from "./comparison.js";
import { findSymbol } from "./lookup.js";
import { keyOf } from "./names.js";
import type { Scope } from "./scope.js";
import { isScalar } from "./shapes.js";
import { someSurface } from "./surfaceWalk.js";
import { readWhole } from "./symbols.js";

/** `1[c_i = k]`, `1[i < j]` of places, and `1[a \le x]` of numbers. */
export function readIndicator(scope: Scope, s: SurfaceIndicator): Expr {
	const { condition } = s;
	const oneHot = oneHotEntry(scope, condition);
	if (oneHot) return oneHot;
	const comparison = comparisonOf(condition);
	const isOrder =
		comparison !== null && comparison !== "=" && comparison !== "≠";
	const isOfQuantities = [condition.left, condition.right].some((side) =>
		isQuantity(scope, side),
	);
	return isOrder && isOfQuantities
		? orderIndicator(scope, s, comparison)
		: readComparison(scope, condition);
}

/** `1[z_{nk} = 1]` is z_nk itself, and `1[z_{nk} = 0]` the rest; null for another condition. */
function oneHotEntry(scope: Scope, { relation, left, right }: SurfaceRelation) {
	if (relation !== "=" || left.kind !== "name" || right.kind !== "number")
		return null;
	const found = findSymbol(scope.passage, left);
	const isEntry =
		(found?.what.type === "onehot" &&
			found.subscripts.length === found.what.dims.length) ||
		(found?.what.type === "label" &&
			found.subscripts.length === found.what.dims.length + 1);
	if (!isEntry || !["0", "1"].includes(right.text)) return null;
	const value = scope.read(left);
	return right.text === "1" ? value : sub(one, value);
}

/** Whether a side is made of numbers that need not be whole. */
function isQuantity(scope: Scope, s: Surface): boolean {
	return someSurface(s, (n) => {
		const type =
			n.kind === "name" ? scope.passage.symbol(keyOf(n))?.type : null;
		return type != null && !["label", "integer", "count"].includes(type);
	});
}

/** `1[a ≤ x]` is step(x − a), and `1[x < b]` is 1 − step(x − b). */
function orderIndicator(
	scope: Scope,
	s: SurfaceIndicator,
	comparison: "<" | "≤" | ">" | "≥",
): Expr {
	const [left, right] = [s.condition.left, s.condition.right].map((side) =>
		readWhole(scope, side),
	) as [Expr, Expr];
	if (!isScalar(left) || !isScalar(right))
		throw new Problem("an order of vectors", s.span, "numbers");
	if (comparison === "≤") return apply("step", sub(right, left));
	if (comparison === "≥") return apply("step", sub(left, right));
	return comparison === "<"
		? sub(one, apply("step", sub(left, right)))
		: sub(one, apply("step", sub(right, left)));
}
