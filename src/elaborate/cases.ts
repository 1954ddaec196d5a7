import { distributionNamed } from "../distributions/index.js";
import { add, mul } from "../expr/build.js";
import type { Expr, Indicator } from "../expr/tree.js";
import { sameTree } from "../expr/walk.js";
import type { SurfaceCases, SurfaceRelation } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { comparisonOf, flipped } from "./comparison.js";
import { readIndex } from "./indices.js";
import type { Scope } from "./scope.js";
import { commonShape, conform } from "./shapes.js";

/** Conditions on indices, labels and whole numbers: indicators, and cases as sums of values times indicators. */

/** 1 where a comparison holds, else 0. */
export function readComparison(
	scope: Scope,
	condition: SurfaceRelation,
): Indicator {
	const comparison = comparisonOf(condition);
	if (!comparison)
		throw new Problem(
			"an indicator of this",
			condition.span,
			"a comparison such as c_i = k",
		);
	const left = readIndex(scope, condition.left);
	const right = readIndex(scope, condition.right);
	if (comparison === ">" || comparison === "≥")
		return {
			kind: "indicator",
			comparison: flipped(comparison) as "<" | "≤",
			left: right,
			right: left,
		};
	return { kind: "indicator", comparison, left, right };
}

/**
 * The value of the case that holds. No two conditions may hold at once, and one always must.
 * @throws Problem where that is not so.
 */
export function readCases(scope: Scope, s: SurfaceCases): Expr {
	const conditions: Indicator[] = [];
	const values = s.rows.map((row) => scope.read(row.value));
	const shape = commonShape(values, s.span);
	const terms = s.rows.map(({ condition }, i) => {
		const holds = condition
			? [readComparison(scope, condition)]
			: conditions.map(negated);
		if (condition)
			for (const other of conditions)
				if (!areDisjoint(other, holds[0] as Indicator))
					throw new Problem(
						"two cases that may hold at once",
						condition.span,
						"conditions that exclude each other, or \\text{otherwise}",
					);
		if (condition) conditions.push(...holds);
		const value = values[i] as Expr;
		return mul(...holds, conform(value, shape) ?? value);
	});
	if (s.rows.at(-1)?.condition && !coverAll(scope, conditions))
		throw new Problem(
			"cases that leave something out",
			s.span,
			"a last case \\text{otherwise}",
		);
	return add(...terms);
}

function negated(i: Indicator): Indicator {
	const opposite = { "=": "≠", "≠": "=", "<": "≤", "≤": "<" } as const;
	const comparison = opposite[i.comparison];
	return i.comparison === "=" || i.comparison === "≠"
		? { ...i, comparison }
		: { kind: "indicator", comparison, left: i.right, right: i.left };
}

/** How the left of a comparison may lie to its right. */
type Order = "below" | "equal" | "above";

const orders: Readonly<Record<Indicator["comparison"], readonly Order[]>> = {
	"=": ["equal"],
	"≠": ["below", "above"],
	"<": ["below"],
	"≤": ["below", "equal"],
};

const reversed = { below: "above", equal: "equal", above: "below" } as const;

/** What the second allows, said of the sides of the first; null if it compares others. */
function ordersAs(
	first: Indicator,
	second: Indicator,
): readonly Order[] | null {
	const allowed = orders[second.comparison];
	if (sameTree(first.left, second.left) && sameTree(first.right, second.right))
		return allowed;
	return sameTree(first.left, second.right) &&
		sameTree(first.right, second.left)
		? allowed.map((order) => reversed[order])
		: null;
}

function areDisjoint(first: Indicator, second: Indicator): boolean {
	const other = ordersAs(first, second);
	if (other) return !orders[first.comparison].some((o) => other.includes(o));
	const [a, b] = [pinned(first), pinned(second)];
	return (
		a !== null && b !== null && sameTree(a.of, b.of) && a.value !== b.value
	);
}

/** Of `x = 1` what it is about, and the numeral. */
function pinned(i: Indicator): { of: Expr; value: number } | null {
	return i.comparison === "=" && i.right.kind === "num"
		? { of: i.left, value: i.right.value.valueOf() }
		: null;
}

function coverAll(scope: Scope, conditions: readonly Indicator[]): boolean {
	const [first] = conditions;
	if (!first) return false;
	const allowed = new Set<Order>();
	for (const condition of conditions)
		for (const order of ordersAs(first, condition) ?? []) allowed.add(order);
	if (allowed.size === 3) return true;
	const values = conditions.map((c) => pinned(c)?.value);
	const all = valuesOf(scope, first.left);
	return all?.every((value) => values.includes(value)) ?? false;
}

/** All values that a random variable of the model takes, if these are few whole numbers. */
function valuesOf(scope: Scope, e: Expr): readonly number[] | null {
	if (e.kind !== "symbol") return null;
	const { model } = scope.passage.state.context;
	const statement = model?.statements.find((s) => s.variable === e.name);
	if (!statement) return null;
	const support = distributionNamed(statement.distribution).support(
		statement.shape,
		statement.labels,
	);
	if (support.kind === "counts" && support.upTo !== null)
		return Array.from({ length: support.upTo + 1 }, (_, n) => n);
	return support.kind === "labels" && typeof support.size === "number"
		? Array.from({ length: support.size }, (_, n) => n + 1)
		: null;
}
