import { Undecided } from "./undecided.js";

/**
 * A number with a bound on what may be wrong with it: every arithmetic for results carries these three.
 * `scale` is the sum of the sizes of what was added up to get `value`, so rounding errs by about `scale` times the
 * precision, however much cancelled. `error` is the error of quadrature so far.
 */
export class Estimate<V> {
	readonly value: V;
	readonly scale: number;
	readonly error: number;

	constructor(value: V, scale: number, error: number) {
		this.value = value;
		this.scale = scale;
		this.error = error;
	}
}

/** How scales and errors propagate, with v the float of the result and a, b the floats of the operands. */

/** Of a product. */
export function productError(
	a: number,
	aError: number,
	b: number,
	bError: number,
): number {
	if (aError === 0 && bError === 0) return 0;
	return Math.abs(a) * bError + Math.abs(b) * aError + aError * bError;
}

/**
 * Refuses to call a logarithm undefined where rounding may have made its argument 0 or negative.
 * @param digits of the arithmetic
 * @throws Undecided
 */
export function refuseCancelled(
	a: number,
	scale: number,
	digits: number,
): void {
	const isCancelled = a <= 0 && scale > 0 && -a <= 10 ** (3 - digits) * scale;
	if (isCancelled)
		throw new Undecided("a logarithm of terms that cancel to nothing");
}

/** By how much an operand is larger before cancellation than after: at least 1, infinite at 0. */
export function condition(a: number, scale: number): number {
	const size = Math.abs(a);
	return scale <= size ? 1 : scale / size;
}

/** Up to here a number counts as one that kept most of its digits. */
const mildCondition = 1e3;

/**
 * Scale of the product of two numbers, from floats of both. Multiplied out, it is the product of their scales; but
 * relative errors of rounding only add up, so that many factors that each kept most of their digits keep most of theirs.
 * Never 0 by underflow: a scale of 0 says that nothing was added up, not that it was small.
 */
export function productScale(
	a: number,
	aScale: number,
	b: number,
	bScale: number,
): number {
	const first = condition(a, aScale);
	const second = condition(b, bScale);
	const isMild = first < mildCondition && second < mildCondition;
	const scale = isMild
		? Math.abs(a) * Math.abs(b) * (first + second - 1)
		: aScale * bScale;
	return scale === 0 && aScale !== 0 && bScale !== 0 ? Number.MIN_VALUE : scale;
}

/** Scale of base^exponent, whose float is v; for a whole exponent that of the product of so many bases. */
export function powerScale(
	v: number,
	base: number,
	scale: number,
	exponent: number,
): number {
	const cancelled = condition(base, scale);
	if (cancelled === 1 || exponent === 0) return Math.abs(v);
	if (exponent >= 1)
		return cancelled < mildCondition
			? Math.max(
					Math.abs(v) * (1 + exponent * (cancelled - 1)),
					Number.MIN_VALUE,
				)
			: scale ** exponent;
	return Math.abs(v) * Math.max(1, Math.abs(exponent)) * cancelled;
}

/** Relative distance of two estimates, from their floats; 0 where both are undefined. */
export function relativeGap(difference: number, scale: number): number {
	if (difference === 0 || Number.isNaN(difference)) return 0;
	return Math.abs(difference) / Math.max(scale, Number.MIN_VALUE);
}
