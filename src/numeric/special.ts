import Fraction from "fraction.js";
import type { Arithmetic } from "./arithmetic.js";

/**
 * Γ and its logarithmic derivatives in any arithmetic: the argument is shifted up by the recurrence, then Stirling's
 * series is summed. DLMF 5.11.1 (ln Γ), 5.11.2 (ψ) and the derivative of the latter (ψ′). Dual numbers and long
 * decimals pass through, as nothing but arithmetic is used.
 */

const half = new Fraction(1, 2);

/** From where on, and with how many terms, Stirling's series reaches the digits. */
function reach(digits: number): { from: number; terms: number } {
	return digits <= 16
		? { from: 10, terms: 10 }
		: { from: digits, terms: Math.ceil(digits / 2) };
}

const bernoulliNumbers: Fraction[] = [new Fraction(1)];

/** B_n with B_1 = −½, exactly, by Σ_j C(n+1, j) B_j = 0. */
function bernoulli(n: number): Fraction {
	for (let m = bernoulliNumbers.length; m <= n; m += 1) {
		let choose = new Fraction(1);
		let total = new Fraction(0);
		for (let j = 0; j < m; j += 1) {
			total = total.add(choose.mul(bernoulliNumbers[j] as Fraction));
			choose = choose.mul(m + 1 - j).div(j + 1);
		}
		bernoulliNumbers.push(total.neg().div(m + 1));
	}
	return bernoulliNumbers[n] as Fraction;
}

interface Shifted<T> {
	readonly steps: readonly T[];
	readonly top: T;
}

/** Whether Γ has a pole here: at 0, −1, −2, … */
export function isPole(x: number): boolean {
	return x <= 0 && Number.isInteger(x);
}

/** x, x+1, …, up to where the series holds; null at a pole, and for arguments too far below 0 to be worth it. */
function shifts<T>(A: Arithmetic<T>, x: T): Shifted<T> | null {
	return isPole(A.toNumber(x)) ? null : shiftsFrom(A, x);
}

function shiftsFrom<T>(A: Arithmetic<T>, x: T): Shifted<T> | null {
	const start = A.toNumber(x);
	if (!(start > -200)) return null;
	const steps: T[] = [];
	let top = x;
	for (let at = start; at < reach(A.digits).from; at += 1) {
		steps.push(top);
		top = A.add(top, A.one);
	}
	return { steps, top };
}

const series = new WeakMap<object, Map<string, readonly unknown[]>>();

/** Σ_n coefficient(n) z^n by Horner's rule, the coefficients converted once per arithmetic. */
function powerSeries<T>(
	A: Arithmetic<T>,
	name: string,
	coefficient: (n: number) => Fraction,
	z: T,
): T {
	const known = series.get(A) ?? new Map<string, readonly unknown[]>();
	series.set(A, known);
	const count = reach(A.digits).terms;
	const coefficients =
		(known.get(name) as readonly T[] | undefined) ??
		Array.from({ length: count }, (_, n) => A.fromFraction(coefficient(n + 1)));
	known.set(name, coefficients);
	return coefficients.reduceRight((sum, c) => A.add(c, A.mul(z, sum)), A.zero);
}

/** ln Γ(x) ≈ (x − ½) ln x − x + ½ ln 2π + Σ B_2n / (2n (2n−1) x^{2n−1}). */
function stirling<T>(A: Arithmetic<T>, x: T): T {
	const z = A.div(A.one, A.mul(x, x));
	const tail = A.div(
		powerSeries(
			A,
			"lgamma",
			(n) => bernoulli(2 * n).div(2 * n * (2 * n - 1)),
			z,
		),
		x,
	);
	const main = A.sub(A.mul(A.sub(x, A.fromFraction(half)), A.log(x)), x);
	const logTwoPi = A.log(A.mul(A.fromNumber(2), A.constant("pi")));
	return A.add(A.add(main, A.mul(A.fromFraction(half), logTwoPi)), tail);
}

/** Γ(x). */
export function gamma<T>(A: Arithmetic<T>, x: T): T {
	const shifted = shifts(A, x);
	if (!shifted) return A.fromNumber(Number.NaN);
	return A.div(
		A.exp(stirling(A, shifted.top)),
		shifted.steps.reduce((p, s) => A.mul(p, s), A.one),
	);
}

/** 1/Γ(x), which is 0 where Γ has a pole. DLMF 5.2(i). */
export function reciprocalGamma<T>(A: Arithmetic<T>, x: T): T {
	const shifted = shiftsFrom(A, x);
	if (!shifted) return A.fromNumber(Number.NaN);
	return A.div(
		shifted.steps.reduce((p, s) => A.mul(p, s), A.one),
		A.exp(stirling(A, shifted.top)),
	);
}

/** ln Γ(x), undefined where Γ is negative. */
export function lgamma<T>(A: Arithmetic<T>, x: T): T {
	const shifted = shifts(A, x);
	if (!shifted) return A.fromNumber(Number.NaN);
	const product = shifted.steps.reduce((p, s) => A.mul(p, s), A.one);
	return A.sub(stirling(A, shifted.top), A.log(product));
}

/** ψ(x) = d ln Γ / dx. */
export function digamma<T>(A: Arithmetic<T>, x: T): T {
	const shifted = shifts(A, x);
	if (!shifted) return A.fromNumber(Number.NaN);
	const { top, steps } = shifted;
	const z = A.div(A.one, A.mul(top, top));
	const tail = A.mul(
		z,
		powerSeries(A, "digamma", (n) => bernoulli(2 * n).div(2 * n), z),
	);
	const main = A.sub(A.sub(A.log(top), A.div(A.fromFraction(half), top)), tail);
	return steps.reduce((sum, s) => A.sub(sum, A.div(A.one, s)), main);
}

/** ψ′(x). */
export function trigamma<T>(A: Arithmetic<T>, x: T): T {
	const shifted = shifts(A, x);
	if (!shifted) return A.fromNumber(Number.NaN);
	const { top, steps } = shifted;
	const inverse = A.div(A.one, top);
	const z = A.mul(inverse, inverse);
	const tail = A.mul(
		A.mul(z, inverse),
		powerSeries(A, "trigamma", (n) => bernoulli(2 * n), z),
	);
	const main = A.add(A.add(inverse, A.mul(A.fromFraction(half), z)), tail);
	return steps.reduce((sum, s) => A.add(sum, A.div(A.one, A.mul(s, s))), main);
}
