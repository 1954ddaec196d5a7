import type { Dim } from "../expr/tree.js";
import {
	freeIndices,
	type IndexScalar,
	isOfMatrix,
	mapParts,
	parts,
	type Scalar,
} from "./scalar.js";
import type { OpenLoop } from "./scope.js";

/** Where a value is best computed: with `depth` loops open; for all values of `table`'s indices at once, if any. */
export interface Home {
	readonly depth: number;
	readonly table: readonly IndexScalar[];
	/** Equal for equal homes. */
	readonly key: string;
}

export interface Surroundings {
	/** The open loops, outermost first. */
	readonly loops: readonly OpenLoop[];
	/** The value may not leave this many loops. */
	readonly floor: number;
	/** Sizes too long for a table. */
	readonly long: ReadonlySet<Dim>;
}

/** Below this many operations a value is computed anew rather than kept in a table. */
const worthATable = 3;

/** Where outside of the innermost loop a value should be computed, or null if it should stay. */
export function homeOf(value: Scalar, around: Surroundings): Home | null {
	const cost = operations(value);
	return cost === 0 ? null : homeAt(value, cost, around);
}

/** Where the value would be computed if that took many operations. */
export function naturalHome(value: Scalar, around: Surroundings): Home | null {
	return homeAt(value, worthATable, around);
}

function homeAt(
	value: Scalar,
	cost: number,
	around: Surroundings,
): Home | null {
	const free = freeIndices(value);
	const uses = around.loops.map((l) => free.has(l.index.name));
	const gap = uses.indexOf(false);
	const deepest = uses.lastIndexOf(true) + 1;
	if (gap >= around.floor && gap >= 0 && gap < deepest && cost >= worthATable) {
		const inner = around.loops.slice(gap).filter((_, i) => uses[gap + i]);
		if (inner.every((l) => l.full && !around.long.has(l.index.size)))
			return home(
				gap,
				inner.map((l) => l.index),
			);
	}
	const depth = Math.max(deepest, around.floor);
	return depth < around.loops.length ? home(depth, []) : null;
}

function home(depth: number, table: readonly IndexScalar[]): Home {
	return { depth, table, key: [depth, ...table.map((i) => i.name)].join() };
}

/** How a value's home is found while statements are written to some block. */
export interface Homes {
	/** Where the value is computed, or null if in place. */
	of(value: Scalar): Home | null;
	/** The same if the value took many operations. */
	natural(value: Scalar): Home | null;
}

/**
 * Brings the terms of a sum, and the factors of a product, that have the same home together, so that they can leave as
 * one. Inside sums over an index nothing is arranged: that happens when their loop is open.
 */
export function arrange(value: Scalar, homes: Homes): Scalar {
	if (value.kind === "fold" || isOfMatrix(value) || homes.of(value))
		return value;
	const inner = mapParts(value, (part) => arrange(part, homes));
	if (inner.kind === "add")
		return { ...inner, terms: together(inner.terms, homes, sumOf) };
	if (inner.kind === "mul")
		return { ...inner, factors: together(inner.factors, homes, productOf) };
	return inner;
}

const sumOf = (terms: readonly Scalar[]): Scalar => ({ kind: "add", terms });
const productOf = (factors: readonly Scalar[]): Scalar => ({
	kind: "mul",
	factors,
});

/** The operands, those with the same natural home combined if together they are worth moving. */
function together(
	operands: readonly Scalar[],
	homes: Homes,
	combine: (group: readonly Scalar[]) => Scalar,
): Scalar[] {
	const groups = new Map<string, Scalar[]>();
	for (const operand of operands) {
		const key = homes.natural(operand)?.key ?? "stays";
		groups.set(key, [...(groups.get(key) ?? []), operand]);
	}
	return [...groups].flatMap(([key, group]) => {
		if (key === "stays" || group.length === 1) return group;
		const combined = combine(group);
		return homes.of(combined) ? [combined] : group;
	});
}

/** A rough count of the arithmetic in a value; functions and sums weigh more. */
function operations(s: Scalar): number {
	const inner = parts(s).reduce((n, part) => n + operations(part), 0);
	switch (s.kind) {
		case "add":
			return inner + s.terms.length - 1;
		case "mul":
			return inner + s.factors.length - 1;
		case "power":
			return inner + 1;
		case "call":
			return inner + (s.fn === "abs" ? 1 : 10);
		case "fold":
		case "inverse":
		case "logdet":
			return inner + 10;
		case "when":
			return inner + 1;
		default:
			return inner;
	}
}
