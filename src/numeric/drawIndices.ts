import type { Context } from "../expr/context.js";
import type { Dim } from "../expr/tree.js";
import type { Mentions } from "./mentions.js";
import type { Random } from "./random.js";
import type { Reaches } from "./reaches.js";

/**
 * Values for the free indices. Those over one axis coincide in every third world and differ in the others as far as
 * the axis is long; those that the sheet calls different always differ.
 */
export function drawIndices(
	mentions: Mentions,
	context: Context,
	sizes: ReadonlyMap<string, number>,
	number: number,
	random: Random,
): ReadonlyMap<string, number> {
	const indices = new Map<string, number>();
	for (const [range, names] of byRange(mentions)) {
		const length =
			typeof range === "number" ? range : (sizes.get(range) as number);
		const start = random.whole(0, length - 1);
		const together = number % 3 === 2;
		names.forEach((name, position) => {
			const wanted = ((start + (together ? 0 : position)) % length) + 1;
			const value = separate(name, wanted, length, indices, context);
			indices.set(name, within(value, length, mentions.reaches, name));
		});
	}
	return indices;
}

/** The nearest value at which the subscripts that reach beyond the index lie on their axes. */
function within(
	value: number,
	length: number,
	{ around }: Reaches,
	name: string,
): number {
	const { before, behind } = around.get(name) ?? { before: 0, behind: 0 };
	return Math.max(1 + before, Math.min(value, length - behind));
}

function byRange(mentions: Mentions): ReadonlyMap<Dim, readonly string[]> {
	const groups = new Map<Dim, string[]>();
	for (const [name, range] of mentions.indices)
		groups.set(range, [...(groups.get(range) ?? []), name]);
	return groups;
}

/** The next value that no index declared different has taken. */
function separate(
	name: string,
	wanted: number,
	length: number,
	taken: ReadonlyMap<string, number>,
	context: Context,
): number {
	const partners = partnersOf(name, context);
	for (let shift = 0; shift < length; shift += 1) {
		const value = ((wanted - 1 + shift) % length) + 1;
		if (!partners.some((p) => taken.get(p) === value)) return value;
	}
	return wanted;
}

function partnersOf(name: string, context: Context): readonly string[] {
	return context.distinct.flatMap(([a, b]) =>
		a === name ? [b] : b === name ? [a] : [],
	);
}

/** An axis over which indices must differ is long enough for that, and for what subscripts reach. */
export function leastSizes(
	mentions: Mentions,
	context: Context,
): ReadonlyMap<string, number> {
	const { around, numbered } = mentions.reaches;
	const least = new Map<string, number>(numbered);
	const atLeast = (range: Dim, size: number) => {
		if (typeof range === "string" && size > 1)
			least.set(range, Math.max(size, least.get(range) ?? 1));
	};
	for (const [range, names] of byRange(mentions)) {
		const constrained = names.filter((n) =>
			partnersOf(n, context).some((p) => names.includes(p)),
		);
		atLeast(range, constrained.length);
		for (const name of names) {
			const { before, behind } = around.get(name) ?? { before: 0, behind: 0 };
			atLeast(range, 1 + before + behind);
		}
	}
	return least;
}
