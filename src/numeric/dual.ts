import type { Arithmetic } from "./arithmetic.js";
import { Undecided } from "./undecided.js";

/** a + a′ε with ε² = 0: a value and its derivative by the one seeded number. */
export class Dual<T> {
	readonly value: T;
	readonly slope: T;

	constructor(value: T, slope: T) {
		this.value = value;
		this.slope = slope;
	}
}

export interface DualArithmetic<T> extends Arithmetic<Dual<T>> {
	readonly base: Arithmetic<T>;
	/** A constant. */
	lift(a: T): Dual<T>;
	/** A number whose derivative is 1. */
	seed(a: T): Dual<T>;
}

const made = new WeakMap<object, unknown>();

/** Forward-mode automatic differentiation over any arithmetic; over itself it gives second derivatives. */
export function dualArithmetic<T>(base: Arithmetic<T>): DualArithmetic<T> {
	const known = made.get(base) as DualArithmetic<T> | undefined;
	if (known) return known;
	const arithmetic = overBase(base);
	made.set(base, arithmetic);
	return arithmetic;
}

function overBase<T>(base: Arithmetic<T>): DualArithmetic<T> {
	const { zero } = base;
	const lift = (a: T): Dual<T> => new Dual(a, zero);
	/** Constants keep the one `zero` as their slope, so that no time is spent on them and 0·∞ cannot arise. */
	const scaled = (slope: T, by: T): T =>
		slope === zero ? zero : base.mul(slope, by);
	const sum = (a: T, b: T): T =>
		a === zero ? b : b === zero ? a : base.add(a, b);
	return {
		base,
		digits: base.digits,
		zero: lift(zero),
		one: lift(base.one),
		lift,
		seed: (a) => new Dual(a, base.one),
		fromNumber: (x) => lift(base.fromNumber(x)),
		fromFraction: (x) => lift(base.fromFraction(x)),
		constant: (name) => lift(base.constant(name)),
		add: (a, b) => new Dual(base.add(a.value, b.value), sum(a.slope, b.slope)),
		sub(a, b) {
			const slope = b.slope === zero ? a.slope : base.sub(a.slope, b.slope);
			return new Dual(base.sub(a.value, b.value), slope);
		},
		mul: (a, b) =>
			new Dual(
				base.mul(a.value, b.value),
				sum(scaled(a.slope, b.value), scaled(b.slope, a.value)),
			),
		div(a, b) {
			const value = base.div(a.value, b.value);
			if (a.slope === zero && b.slope === zero) return lift(value);
			const numerator =
				b.slope === zero
					? a.slope
					: base.sub(a.slope, base.mul(value, b.slope));
			return new Dual(value, base.div(numerator, b.value));
		},
		pow(b, e) {
			const value = base.pow(b.value, e.value);
			const byBase =
				b.slope === zero
					? zero
					: base.mul(
							b.slope,
							base.mul(e.value, base.pow(b.value, base.sub(e.value, base.one))),
						);
			const byExponent =
				e.slope === zero
					? zero
					: base.mul(e.slope, base.mul(value, base.log(b.value)));
			return new Dual(value, sum(byBase, byExponent));
		},
		log(a) {
			const value = base.log(a.value);
			return a.slope === zero
				? lift(value)
				: new Dual(value, base.div(a.slope, a.value));
		},
		exp(a) {
			const value = base.exp(a.value);
			return new Dual(value, scaled(a.slope, value));
		},
		abs(a) {
			const value = base.toNumber(a.value);
			if (value === 0 && a.slope !== zero)
				throw new Undecided("a derivative at a kink");
			return value < 0
				? new Dual(base.abs(a.value), base.sub(zero, a.slope))
				: a;
		},
		toNumber: (a) => base.toNumber(a.value),
		gap: (coarse, fine) =>
			Math.max(
				base.gap(coarse.value, fine.value),
				base.gap(coarse.slope, fine.slope),
			),
		settle: (coarse, fine, share) =>
			new Dual(
				base.settle(coarse.value, fine.value, share),
				base.settle(coarse.slope, fine.slope, share),
			),
		identity: (a) => (a.slope === zero ? base.identity(a.value) : null),
	};
}
