import { Undecided } from "./undecided.js";

/** Where an integrand is large: z = 0 is its peak, and in z it falls off about as a standard normal does. */
export interface Peak {
	/** From z to the variables, with the logarithm of the slope that is not in `volume`. */
	place(z: readonly number[]): {
		readonly t: readonly number[];
		readonly logStretch: number;
	};
	/** Along each axis of z, between which values the integrand is not negligible. */
	readonly reach: readonly (readonly [number, number])[];
	readonly volume: number;
}

type LogFunction = (t: readonly number[]) => number;

/** By how much the logarithm must have fallen for the rest to be negligible: e^{−33} is 5e−15. */
const negligible = 33;
const farthest = 60;

/**
 * The highest peak near the best of some starting points, by Newton's method on finite differences; null if the function
 * has no peak there that falls off in all directions.
 * @param f by which the peak is found: the integrand, or a part of it that is smoother
 * @param whole the integrand, which says how far it reaches: beside an exponential, a power may fall off much slower
 */
export function findPeak(
	f: LogFunction,
	whole: LogFunction,
	dimensions: number,
): Peak | null {
	const top = climb(f, startingPoint(f, dimensions));
	if (!top) return null;
	const { at, factor } = top;
	const linear = (z: readonly number[]) =>
		at.map((x, i) => x + dot(factor[i] as number[], z));
	const volume = factor.reduce((v, row, i) => v * (row[i] as number), 1);
	const along = (axis: number) => (z: number) =>
		whole(linear(at.map((_, j) => (j === axis ? z : 0))));
	const reach = at.map((_, axis) => reachOf(along(axis), farthest));
	if (reach.every((r) => r !== null))
		return {
			place: (z) => ({ t: linear(z), logStretch: 0 }),
			reach: reach as [number, number][],
			volume,
		};
	return dimensions === 1 ? stretched(along(0), linear, volume) : null;
}

/** Slow tails in one dimension: z = sinh v makes them fall off exponentially. */
function stretched(
	f: (z: number) => number,
	linear: (z: readonly number[]) => number[],
	volume: number,
): Peak | null {
	const reach = reachOf((v) => f(Math.sinh(v)) + logCosh(v), 300);
	if (!reach) return null;
	const place = ([v = 0]: readonly number[]) => ({
		t: linear([Math.sinh(v)]),
		logStretch: logCosh(v),
	});
	return { place, reach: [reach], volume };
}

function logCosh(v: number): number {
	return Math.abs(v) + Math.log1p(Math.exp(-2 * Math.abs(v))) - Math.LN2;
}

function dot(row: readonly number[], z: readonly number[]): number {
	return row.reduce((sum, x, j) => sum + x * (z[j] ?? 0), 0);
}

/**
 * How far to either side of 0 the function is above negligible, beside the largest value met on the way; null if it has not
 * fallen by `limit`, or cannot be computed before.
 */
function reachOf(
	f: (z: number) => number,
	limit: number,
): readonly [number, number] | null {
	let largest = Math.max(...[0, 0.5, -0.5].map((z) => orNothing(f(z))));
	const side = (sign: number): number | null => {
		let low = 0;
		for (let z = 1; z <= limit; z += 1) {
			const value = f(sign * z);
			if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY)
				return null;
			largest = Math.max(largest, value);
			low = value < largest - negligible ? low + 1 : 0;
			if (low === 2) return sign * (z - 1);
		}
		return null;
	};
	const from = side(-1);
	const to = side(1);
	return from === null || to === null ? null : [from, to];
}

function orNothing(value: number): number {
	return Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY;
}

const trials = [0, 1, -1, 0.3, -0.3, 3, -3, 10, -10, 30, -30, 100, -100];

/** The best of some round numbers, one coordinate after the other, twice. */
function startingPoint(f: LogFunction, dimensions: number): Point {
	const at = new Array<number>(dimensions).fill(0);
	const value = (): number => {
		const v = f(at);
		return Number.isNaN(v) ? Number.NEGATIVE_INFINITY : v;
	};
	let highest = value();
	for (let round = 0; round < Math.min(2, dimensions); round += 1)
		for (let j = 0; j < dimensions; j += 1) {
			const from = at[j] as number;
			let best = from;
			for (const trial of trials) {
				if (trial === from) continue;
				at[j] = trial;
				const here = value();
				if (here > highest) [best, highest] = [trial, here];
			}
			at[j] = best;
		}
	if (highest === Number.NEGATIVE_INFINITY)
		throw new Undecided("the integrand vanishes wherever it was tried");
	return { at, value: highest };
}

/** A place with the value of the function there, so that it is not computed again. */
interface Point {
	readonly at: readonly number[];
	readonly value: number;
}

interface Top {
	readonly at: readonly number[];
	/** Lower triangular, with factor·factorᵀ the inverse of minus the second derivatives. */
	readonly factor: readonly (readonly number[])[];
}

/** Newton's method with halved steps, from differences over about a thousandth of the width. */
function climb(f: LogFunction, start: Point): Top | null {
	let point = start;
	let widths = start.at.map(() => 1);
	for (let round = 0; round < 60; round += 1) {
		const { gradient, curvature } = differences(f, point, widths);
		const factor = spread(curvature) ?? diagonalSpread(curvature, widths);
		const next = halved(f, point, applyTwice(factor, gradient));
		const moved = next.at.reduce(
			(m, x, i) =>
				Math.max(
					m,
					Math.abs(x - (point.at[i] as number)) / norm(factor[i] as number[]),
				),
			0,
		);
		widths = factor.map((row) => norm(row));
		point = next;
		if (moved < 1e-3)
			return {
				at: point.at,
				factor: spread(differences(f, point, widths).curvature) ?? factor,
			};
	}
	return null;
}

function norm(row: readonly number[]): number {
	return Math.hypot(...row);
}

function halved(f: LogFunction, from: Point, step: readonly number[]): Point {
	for (let share = 1; share > 1e-6; share /= 2) {
		const at = from.at.map((x, i) => x + share * (step[i] as number));
		const value = f(at);
		if (value >= from.value) return { at, value };
	}
	return from;
}

function differences(
	f: LogFunction,
	{ at, value: here }: Point,
	widths: readonly number[],
) {
	const h = widths.map((w) => 1e-3 * w);
	const shifted = (
		...moves: readonly (readonly [number, number])[]
	): number => {
		const t = [...at];
		for (const [axis, sign] of moves)
			t[axis] = (t[axis] as number) + sign * (h[axis] as number);
		return f(t);
	};
	const ahead = at.map((_, i) => shifted([i, 1]));
	const behind = at.map((_, i) => shifted([i, -1]));
	const gradient = at.map(
		(_, i) =>
			((ahead[i] as number) - (behind[i] as number)) / (2 * (h[i] as number)),
	);
	const curvature = at.map((_, i) =>
		at.map((__, j) => {
			const cell = (h[i] as number) * (h[j] as number);
			if (i === j)
				return ((ahead[i] as number) - 2 * here + (behind[i] as number)) / cell;
			const same = shifted([i, 1], [j, 1]) + shifted([i, -1], [j, -1]);
			return (
				(same - shifted([i, 1], [j, -1]) - shifted([i, -1], [j, 1])) /
				(4 * cell)
			);
		}),
	);
	return { gradient, curvature };
}

/** L with L Lᵀ = (−curvature)⁻¹; null where the function does not curve down in every direction. */
function spread(curvature: readonly (readonly number[])[]): number[][] | null {
	const n = curvature.length;
	// Cholesky from the last row up gives −curvature = Uᵀ… with U upper; its inverse transposed is lower triangular.
	const u = Array.from({ length: n }, () => new Array<number>(n).fill(0));
	for (let j = n - 1; j >= 0; j -= 1)
		for (let i = j; i >= 0; i -= 1) {
			let rest = -(curvature[i]?.[j] as number);
			for (let k = j + 1; k < n; k += 1)
				rest -= (u[i]?.[k] as number) * (u[j]?.[k] as number);
			if (i === j && !(rest > 1e-12)) return null;
			(u[i] as number[])[j] =
				i === j ? Math.sqrt(rest) : rest / (u[j]?.[j] as number);
		}
	return inverseTransposed(u);
}

/** For −curvature = U Uᵀ with U upper triangular: U⁻ᵀ, which is lower triangular. */
function inverseTransposed(u: readonly (readonly number[])[]): number[][] {
	const n = u.length;
	const inverse = Array.from({ length: n }, () => new Array<number>(n).fill(0));
	for (let c = 0; c < n; c += 1)
		for (let r = c; r >= 0; r -= 1) {
			let rest = r === c ? 1 : 0;
			for (let k = r + 1; k <= c; k += 1)
				rest -= (u[r]?.[k] as number) * (inverse[k]?.[c] as number);
			(inverse[r] as number[])[c] = rest / (u[r]?.[r] as number);
		}
	return inverse.map((_, r) => inverse.map((row) => row[r] as number));
}

/** Where the function does not curve down, steps of the old width, doubled. */
function diagonalSpread(
	curvature: readonly (readonly number[])[],
	widths: readonly number[],
): number[][] {
	return curvature.map((row, i) => {
		const down = -(row[i] as number);
		const width =
			down > 1e-12
				? 1 / Math.sqrt(down)
				: 2 * Math.min(1e6, widths[i] as number);
		return row.map((_, j) => (i === j ? width : 0));
	});
}

function applyTwice(
	factor: readonly (readonly number[])[],
	gradient: readonly number[],
): number[] {
	const across = gradient.map((_, j) =>
		factor.reduce(
			(sum, row, i) => sum + (row[j] as number) * (gradient[i] as number),
			0,
		),
	);
	return factor.map((row) => dot(row, across));
}
