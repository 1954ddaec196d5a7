import type { Expr } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import type { Random } from "./random.js";

/**
 * What worlds beyond the usual ones are like. A formula may change where a size or a value passes a number that stands in
 * it, as max(u, −1000) does, and what vanishes at 1, 2 and 3 need not vanish at 4.
 */

/** How far worlds reach: `large` ones have larger sizes than usual, `far` ones, from the ninth on, values of other orders too. */
export type Reach = "near" | "large" | "far";

/** The numbers that stand in trees, without signs, smallest first. */
export function numbersIn(trees: readonly Expr[]): readonly number[] {
	const found = new Set<number>();
	for (const tree of trees)
		visit(tree, (e) => {
			if (e.kind === "num") found.add(Math.abs(e.value.valueOf()));
		});
	found.delete(0);
	return [...found].sort((a, b) => a - b);
}

/** Beyond this no size goes: a sum over more is seldom meant, and costs. */
const largestSize = 120;

/** Sizes from 4 on, pairwise different, and in every third world from the largest whole number on that stands in the trees. */
export function largeSizes(
	names: readonly string[],
	count: number,
	least: ReadonlyMap<string, number>,
	numbers: readonly number[],
): ReadonlyMap<string, number>[] {
	const n = names.length;
	const largest = numbers
		.filter((x) => Number.isInteger(x) && x < largestSize)
		.at(-1);
	return Array.from({ length: count }, (_, world) => {
		const start =
			world % 3 === 2
				? Math.max(4, (largest ?? 0) + (world % 2))
				: 4 + (world % 3);
		return new Map(
			names.map((name, j) => [
				name,
				Math.max(least.get(name) ?? 1, start + ((j + world) % n)),
			]),
		);
	});
}

/** Orders of numbers that occur beside those in the trees. */
const orders = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

/** What usual values lie on both sides of, whatever the seed. */
const isPassedAnyway = (x: number) => x >= 0.25 && x <= 4;

/** None of these, nor a few of them at once, leads from one number that may stand in a formula to another. */
const parts = [0.31, 0.73, 0.93, 1.13, 1.37, 2.71];

/** A size of a number: somewhat less or more than one that stands in the trees, or of another order. */
export function farNumber(random: Random, numbers: readonly number[]): number {
	const known = numbers.filter((x) => !isPassedAnyway(x));
	const about =
		known.length > 0 && random.next() < 0.7
			? random.pick(known)
			: random.pick(orders);
	const value = about * random.pick(parts);
	return Number(value.toPrecision(3));
}

/** No larger counts: their factorials and sums cost. */
const largestCount = 40;

/** A count up to a dozen, or one that stands in the trees, or its neighbour. */
export function farCount(random: Random, numbers: readonly number[]): number {
	const known = numbers.filter(
		(x) => Number.isInteger(x) && x > 1 && x < largestCount,
	);
	return known.length > 0 && random.next() < 0.5
		? random.pick(known) + random.whole(-1, 1)
		: random.whole(0, 12);
}
