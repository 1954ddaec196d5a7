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

type Float = Estimate<number>;

const constants: Readonly<Record<Constant["name"], number>> = {
	pi: Math.PI,
	eulerGamma: 0.5772156649015329,
	infinity: Number.POSITIVE_INFINITY,
};

function exact(value: number): Float {
	return new Estimate(value, Math.abs(value), 0);
}

/** Doubles with scale and error. */
export const float64: Arithmetic<Float> = {
	digits: 16,
	zero: exact(0),
	one: exact(1),
	fromNumber: exact,
	fromFraction: (x: Fraction) => exact(x.valueOf()),
	constant: (name) => exact(constants[name]),
	add: (a, b) =>
		new Estimate(a.value + b.value, a.scale + b.scale, a.error + b.error),
	sub: (a, b) =>
		new Estimate(a.value - b.value, a.scale + b.scale, a.error + b.error),
	mul: (a, b) =>
		new Estimate(
			a.value * b.value,
			productScale(a.value, a.scale, b.value, b.scale),
			productError(a.value, a.error, b.value, b.error),
		),
	div(a, b) {
		const v = a.value / b.value;
		const inverse = 1 / b.value;
		const inverseScale = condition(b.value, b.scale) * Math.abs(inverse);
		return new Estimate(
			v,
			productScale(a.value, a.scale, inverse, inverseScale),
			(a.error + Math.abs(v) * b.error) / Math.abs(b.value),
		);
	},
	pow(base, exponent) {
		// A fraction of 1/0 raises to no number, although 0.5^∞ is 0 in doubles.
		if (!Number.isFinite(exponent.value))
			return new Estimate(Number.NaN, exponent.scale, 0);
		const v = base.value ** exponent.value;
		const scale = powerScale(v, base.value, base.scale, exponent.value);
		if (base.error === 0 && exponent.error === 0)
			return new Estimate(v, scale, 0);
		const byBase = Math.abs((v * exponent.value) / base.value) * base.error;
		const byExponent =
			exponent.error === 0
				? 0
				: Math.abs(v * Math.log(base.value)) * exponent.error;
		return new Estimate(v, scale, byBase + byExponent);
	},
	log(a) {
		refuseCancelled(a.value, a.scale, 16);
		const v = Math.log(a.value);
		return new Estimate(
			v,
			Math.abs(v) + condition(a.value, a.scale),
			a.error === 0 ? 0 : a.error / Math.abs(a.value),
		);
	},
	exp(a) {
		const v = Math.exp(a.value);
		const scale = Math.max(v * Math.max(1, a.scale), Number.MIN_VALUE);
		return new Estimate(v, scale, v * a.error);
	},
	abs: (a) => (a.value < 0 ? new Estimate(-a.value, a.scale, a.error) : a),
	toNumber: (a) => a.value,
	gap: (coarse, fine) => relativeGap(coarse.value - fine.value, fine.scale),
	settle: (coarse, fine, share) =>
		new Estimate(
			fine.value,
			fine.scale,
			fine.error + share * Math.abs(coarse.value - fine.value),
		),
	identity: (a) => `${a.value} ${a.scale} ${a.error}`,
};
