import type { Arithmetic } from "./arithmetic.js";
import type { Node } from "./measure.js";

/** Gauss–Hermite quadrature for the standard normal: Σ w f(z) = E[f(z)] for polynomials of degree up to 2n − 1. */
export interface HermiteRule<T> {
	readonly nodes: readonly T[];
	readonly weights: readonly T[];
	/** Both together, for a variable that is standard normal itself. */
	readonly list: readonly Node<T>[];
}

const rules = new WeakMap<object, Map<number, HermiteRule<unknown>>>();

/** The rule of n points, to the digits of the arithmetic. */
export function hermiteRule<T>(A: Arithmetic<T>, n: number): HermiteRule<T> {
	const known = rules.get(A) ?? new Map<number, HermiteRule<unknown>>();
	rules.set(A, known);
	const found = known.get(n);
	if (found) return found as HermiteRule<T>;
	const nodes = roots(n).map((x) => polish(A, n, x));
	const weights = nodes.map((x) => {
		const { before } = hermite(A, n, x);
		return A.div(A.one, A.mul(A.fromNumber(n), A.mul(before, before)));
	});
	const settled = nodes.map((x, i) => ({
		value: constant(A, x),
		weight: constant(A, weights[i] as T),
	}));
	const rule = {
		nodes: settled.map((node) => node.value),
		weights: settled.map((node) => node.weight),
		list: settled,
	};
	known.set(n, rule);
	return rule;
}

/** Newton's iteration from a float doubles the digits each time. */
function polish<T>(A: Arithmetic<T>, n: number, start: number): T {
	let x = A.fromNumber(start);
	const root = A.pow(A.fromNumber(n), A.fromNumber(0.5));
	for (let digits = 15; digits < A.digits; digits *= 2) {
		const { value, before } = hermite(A, n, x);
		x = A.sub(x, A.div(value, A.mul(root, before)));
	}
	return x;
}

/** A settled number: the scales that built up while computing it say nothing of its precision. */
function constant<T>(A: Arithmetic<T>, x: T): T {
	return A.digits <= 16 ? A.fromNumber(A.toNumber(x)) : x;
}

/** The orthonormal Hermite polynomials of degree n and n − 1 at x: √(k+1) h_{k+1} = x h_k − √k h_{k−1}. */
function hermite<T>(
	A: Arithmetic<T>,
	n: number,
	x: T,
): { value: T; before: T } {
	const half = A.fromNumber(0.5);
	let before = A.zero;
	let value = A.one;
	let root = A.zero;
	for (let k = 0; k < n; k += 1) {
		const next = A.pow(A.fromNumber(k + 1), half);
		const up = A.div(A.sub(A.mul(x, value), A.mul(root, before)), next);
		before = value;
		value = up;
		root = next;
	}
	return { value, before };
}

const floatRoots: number[][] = [[]];

/** Roots of the polynomial of degree n, which lie between those of degree n − 1. */
function roots(n: number): readonly number[] {
	for (let degree = floatRoots.length; degree <= n; degree += 1) {
		const bound = 2 * Math.sqrt(degree);
		const walls = [-bound, ...(floatRoots[degree - 1] as number[]), bound];
		floatRoots.push(
			Array.from({ length: degree }, (_, i) =>
				bisect(degree, walls[i] as number, walls[i + 1] as number),
			),
		);
	}
	return floatRoots[n] as number[];
}

function floatHermite(n: number, x: number): number {
	let before = 0;
	let value = 1;
	for (let k = 0; k < n; k += 1) {
		const up = (x * value - Math.sqrt(k) * before) / Math.sqrt(k + 1);
		before = value;
		value = up;
	}
	return value;
}

function bisect(n: number, from: number, to: number): number {
	const sign = Math.sign(floatHermite(n, from));
	let low = from;
	let high = to;
	for (;;) {
		const middle = (low + high) / 2;
		if (middle === low || middle === high)
			return Math.abs(middle) < 1e-15 ? 0 : middle;
		if (Math.sign(floatHermite(n, middle)) === sign) low = middle;
		else high = middle;
	}
}
