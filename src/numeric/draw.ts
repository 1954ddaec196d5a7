import type { SymbolInfo, ValueType } from "../expr/context.js";
import { farCount, farNumber } from "./far.js";
import type { Random } from "./random.js";
import type { WorldValue } from "./world.js";

/** How values of a world are chosen: hunting worlds go to small and large scales and to the edges of what is allowed. */
export interface Style {
	readonly random: Random;
	readonly hunting: boolean;
	/** The sign of the first real number drawn for a symbol; it alternates, so that both signs occur. */
	readonly negative: boolean;
	/** Degrees of freedom of random matrices exceed what they must by 2 more, so that the mean of the inverse exists too. */
	readonly ample?: boolean;
	/** Where values are to be of other orders than usual, the numbers that stand in the trees. */
	readonly beside?: readonly number[] | undefined;
}

/** What must be known of a symbol to draw a value; `binary` is 0 or 1. */
export interface DrawInfo
	extends Pick<SymbolInfo, "dims" | "labels" | "above"> {
	readonly type: ValueType | "binary";
}

/** Types whose values may well be equal. */
const wholeTypes: ReadonlySet<DrawInfo["type"]> = new Set([
	"integer",
	"count",
	"binary",
	"label",
	"unnamed",
] as const);

/** A value of a type in an array of the given lengths: short decimals, unequal as far as that goes. */
export function drawValue(
	{ type }: DrawInfo,
	dims: readonly number[],
	labels: number,
	style: Style,
): WorldValue {
	if (type === "simplex")
		return nest(dims.slice(0, -1), () =>
			simplex(dims.at(-1) ?? 1, style.random),
		);
	if (type === "onehot")
		return nest(dims.slice(0, -1), () =>
			oneHot(dims.at(-1) ?? 1, style.random),
		);
	if (type === "symmetric" || type === "posdef")
		return nest(dims.slice(0, -2), () =>
			dims.length < 2
				? number("positive", labels, style, true)
				: symmetric(type, dims.at(-1) ?? 1, style),
		);
	const isWhole = wholeTypes.has(type);
	const used = new Set<number>();
	let first = true;
	return nest(dims, () => {
		let value = number(type, labels, style, first);
		for (let tries = 0; tries < 30 && !isWhole && used.has(value); tries += 1)
			value = number(type, labels, style, first);
		used.add(value);
		first = false;
		return value;
	});
}

function nest(dims: readonly number[], leaf: () => WorldValue): WorldValue {
	const [length, ...rest] = dims;
	return length === undefined
		? leaf()
		: Array.from({ length }, () => nest(rest, leaf));
}

/**
 * Positive numbers as degrees of freedom of matrices of so many rows: twice as far from the least ones, so that moments
 * of the inverse, which need two more, mostly exist.
 */
export function asDegrees(value: WorldValue, rows: number): WorldValue {
	return typeof value === "number"
		? tenths(Math.round(20 * value) + 10 * (rows - 1))
		: value.map((v) => asDegrees(v, rows));
}

/** Tenths, as the decimals that they print as. */
function tenths(n: number): number {
	return n / 10;
}

function number(
	type: DrawInfo["type"],
	labels: number,
	style: Style,
	first: boolean,
): number {
	const { random, hunting, beside } = style;
	switch (type) {
		case "real": {
			const size = beside
				? farNumber(random, beside)
				: tenths(
						hunting ? random.pick([1, 3, 7, 12, 25, 41]) : random.whole(2, 29),
					);
			const negative = first ? style.negative : random.next() < 0.5;
			return negative ? -size : size;
		}
		case "nonnegative":
			return hunting && first ? 0 : positive(style);
		case "probability":
			return beside
				? random.pick([0.001, 0.02, 0.48, 0.51, 0.97, 0.999])
				: tenths(random.whole(1, 9));
		case "integer":
			return beside
				? farCount(random, beside) * (random.next() < 0.5 ? -1 : 1)
				: random.whole(-3, 5);
		case "count":
			return beside ? farCount(random, beside) : random.whole(0, 5);
		case "binary":
			return random.whole(0, 1);
		case "label":
			// The last value is the one that a sum with a wrong bound leaves out.
			return first && style.negative ? labels : random.whole(1, labels);
		case "unnamed":
			return random.whole(1, labels);
		default:
			return positive(style);
	}
}

function positive({ random, hunting, beside }: Style): number {
	if (beside) return farNumber(random, beside);
	return tenths(
		hunting ? random.pick([1, 2, 4, 35, 60, 100]) : random.whole(3, 29),
	);
}

/** Different positive decimals that add up to 1. */
function simplex(length: number, random: Random): number[] {
	if (length < 2) return length === 1 ? [1] : [];
	if (length > 5) return partition(length, random);
	const whole = length <= 4 ? 10 : 100;
	for (;;) {
		const parts = Array.from({ length: length - 1 }, () =>
			random.whole(1, whole - 1),
		);
		const last = whole - parts.reduce((a, b) => a + b, 0);
		if (last > 0 && new Set([...parts, last]).size === length)
			return [...parts, last].map((p) => p / whole);
	}
}

/** Gaps between numbers drawn from 1 … 999, or from more where there are many: with so many parts few are equal. */
function partition(length: number, random: Random): number[] {
	const whole = length < 30 ? 1_000 : 100_000;
	const cuts = new Set([0, whole]);
	while (cuts.size < length + 1) cuts.add(random.whole(1, whole - 1));
	const sorted = [...cuts].sort((a, b) => a - b);
	return sorted.slice(1).map((cut, n) => (cut - (sorted[n] as number)) / whole);
}

function oneHot(length: number, random: Random): number[] {
	const at = random.whole(0, length - 1);
	return Array.from({ length }, (_, i) => (i === at ? 1 : 0));
}

/** Not diagonal; positive definite by a dominant diagonal. */
function symmetric(
	type: "symmetric" | "posdef",
	length: number,
	style: Style,
): number[][] {
	const { random } = style;
	const rows = Array.from({ length }, () => new Array<number>(length).fill(0));
	for (let r = 0; r < length; r += 1)
		for (let c = 0; c <= r; c += 1) {
			const sign = random.next() < 0.5 ? -1 : 1;
			const off =
				type === "posdef"
					? random.whole(1, Math.max(1, Math.floor(9 / length)))
					: random.whole(1, 19);
			const diagonal =
				type === "posdef" ? random.whole(10, 28) : sign * random.whole(1, 19);
			const value = tenths(r === c ? diagonal : sign * off);
			(rows[r] as number[])[c] = value;
			(rows[c] as number[])[r] = value;
		}
	return rows;
}
