import type Fraction from "fraction.js";
import type { Constant } from "../expr/tree.js";
import type { Arithmetic } from "./arithmetic.js";
import {
	condition,
	Estimate,
	powerScale,
	productError,
	productScale,
	refuseCancelled,
	relativeGap,
} from "./estimate.js";

/** Bare numbers of more digits than doubles have. Undefined results are not finite, never exceptions. */
export interface Numbers<V> {
	/** Significant decimal digits that an operation keeps. */
	readonly digits: number;
	fromNumber(x: number): V;
	fromFraction(x: Fraction): V;
	constant(name: Constant["name"]): V;
	add(a: V, b: V): V;
	sub(a: V, b: V): V;
	mul(a: V, b: V): V;
	div(a: V, b: V): V;
	pow(base: V, exponent: V): V;
	ln(a: V): V;
	exp(a: V): V;
	abs(a: V): V;
	isFinite(a: V): boolean;
	exceeds(a: V, bound: number): boolean;
	/** Nearest double. */
	toNumber(a: V): number;
	/** What a result may be wrong by besides the rounding that `digits` tells: numbers near underflow have fewer digits. */
	lost(result: number): number;
	/** A text that only equal numbers share. */
	text(a: V): string;
}

/** Bare numbers, with the arithmetic of estimates in them. */
export interface Precision<V> {
	readonly numbers: Numbers<V>;
	readonly arithmetic: Arithmetic<Estimate<V>>;
}

/** Estimates in numbers of many digits. */
export function estimates<V>(N: Numbers<V>): Arithmetic<Estimate<V>> {
	type E = Estimate<V>;
	const exact = (value: V): E =>
		new Estimate(value, Math.abs(N.toNumber(value)), 0);
	const number = (a: E): number => N.toNumber(a.value);
	const [zero, one] = [exact(N.fromNumber(0)), exact(N.fromNumber(1))];
	return {
		digits: N.digits,
		zero,
		one,
		fromNumber: (x) => exact(N.fromNumber(x)),
		fromFraction: (x) => exact(N.fromFraction(x)),
		constant: (name) => exact(N.constant(name)),
		add: (a, b) =>
			new Estimate(
				N.add(a.value, b.value),
				a.scale + b.scale,
				a.error + b.error,
			),
		sub: (a, b) =>
			new Estimate(
				N.sub(a.value, b.value),
				a.scale + b.scale,
				a.error + b.error,
			),
		mul(a, b) {
			const value = N.mul(a.value, b.value);
			const [x, y] = [number(a), number(b)];
			const lost = x === 0 || y === 0 ? 0 : N.lost(N.toNumber(value));
			return new Estimate(
				value,
				productScale(x, a.scale, y, b.scale),
				productError(x, a.error, y, b.error) + lost,
			);
		},
		div(a, b) {
			const value = N.div(a.value, b.value);
			const v = N.toNumber(value);
			const size = Math.abs(number(b));
			const lost = number(a) === 0 ? 0 : N.lost(v);
			return new Estimate(
				value,
				productScale(
					number(a),
					a.scale,
					1 / size,
					condition(size, b.scale) / size,
				),
				(a.error + Math.abs(v) * b.error) / size + lost,
			);
		},
		pow(base, exponent) {
			const value = N.pow(base.value, exponent.value);
			const v = N.toNumber(value);
			const scale = powerScale(v, number(base), base.scale, number(exponent));
			const byBase =
				base.error === 0
					? 0
					: Math.abs((v * number(exponent)) / number(base)) * base.error;
			const byExponent =
				exponent.error === 0
					? 0
					: Math.abs(v * Math.log(number(base))) * exponent.error;
			const lost = number(base) === 0 ? 0 : N.lost(v);
			return new Estimate(value, scale, byBase + byExponent + lost);
		},
		log(a) {
			const size = number(a);
			refuseCancelled(size, a.scale, N.digits);
			const value = N.ln(a.value);
			return new Estimate(
				value,
				Math.abs(N.toNumber(value)) + condition(size, a.scale),
				a.error === 0 ? 0 : a.error / Math.abs(size),
			);
		},
		exp(a) {
			const value = N.exp(a.value);
			const v = N.toNumber(value);
			return new Estimate(
				value,
				v * Math.max(1, a.scale),
				v * a.error + N.lost(v),
			);
		},
		abs: (a) => new Estimate(N.abs(a.value), a.scale, a.error),
		toNumber: number,
		gap: (coarse, fine) =>
			relativeGap(N.toNumber(N.sub(coarse.value, fine.value)), fine.scale),
		settle: (coarse, fine, share) =>
			new Estimate(
				fine.value,
				fine.scale,
				fine.error +
					share * Math.abs(N.toNumber(N.sub(coarse.value, fine.value))),
			),
		identity: (a) => `${N.text(a.value)} ${a.scale} ${a.error}`,
	};
}
