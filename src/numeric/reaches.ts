import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import { freeIndices, visit } from "../expr/walk.js";

/**
 * How far subscripts reach beyond a free index: `x_{t-1}` makes no claim at t = 1, nor `x_2` where there is one x alone. Worlds
 * keep to where all subscripts lie on their axes. Where a condition speaks of the index, its ends are what is meant.
 */
export interface Reaches {
	/** For each free index how many values must lie before and behind it. */
	readonly around: ReadonlyMap<string, Reach>;
	/** The greatest number that stands as a subscript along an axis. */
	readonly numbered: ReadonlyMap<string, number>;
}

export interface Reach {
	readonly before: number;
	readonly behind: number;
}

/** No world is made larger than this for the sake of a subscript. */
const farthest = 12;

export function reachesOf(trees: readonly Expr[], context: Context): Reaches {
	const around = new Map<string, Reach>();
	const numbered = new Map<string, number>();
	const conditioned = new Set<string>();
	for (const tree of trees) {
		const free = freeIndices(tree);
		visit(tree, (e) => {
			if (e.kind === "indicator")
				for (const name of freeIndices(e)) conditioned.add(name);
			if (e.kind !== "symbol") return;
			for (const { name, by } of shiftsOf(e))
				if (free.has(name)) around.set(name, widened(around.get(name), by));
			for (const [axis, value] of numbersOf(e, context))
				numbered.set(axis, Math.max(value, numbered.get(axis) ?? 1));
		});
	}
	for (const name of conditioned) around.delete(name);
	return { around, numbered };
}

function widened(known: Reach | undefined, by: number): Reach {
	return {
		before: Math.max(known?.before ?? 0, -by),
		behind: Math.max(known?.behind ?? 0, by),
	};
}

/** Subscripts such as t − 1: an index and a whole number. */
function shiftsOf({ indices }: Sym): { name: string; by: number }[] {
	return indices.flatMap((at) => {
		if (at.kind !== "add") return [];
		const names = at.terms.filter((t) => t.kind === "index");
		const numbers = at.terms.filter((t) => t.kind === "num");
		const [only] = names;
		if (!only || names.length + numbers.length < at.terms.length) return [];
		if (names.length > 1) return [];
		const by = numbers.reduce((sum, t) => sum + t.value.valueOf(), 0);
		const isNear = by !== 0 && Math.abs(by) <= farthest;
		return isNear ? [{ name: only.name, by }] : [];
	});
}

function numbersOf(
	{ name, indices }: Sym,
	context: Context,
): readonly (readonly [axis: string, value: number])[] {
	const dims = context.symbols.get(name)?.dims ?? [];
	return indices.flatMap((at, i) => {
		const axis = dims[i];
		const value = at.kind === "num" ? at.value.valueOf() : 0;
		const isNear = value > 1 && value <= farthest;
		return isNear && typeof axis === "string" ? [[axis, value] as const] : [];
	});
}
