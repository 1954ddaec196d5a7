import type Fraction from "fraction.js";
import type { BigNumber, FactoryFunctionMap } from "mathjs";
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

export type Big = Estimate<BigNumber>;

/** Euler's constant, from OEIS A001620. */
const eulerGamma =
	"0.57721566490153286060651209008240243104215933593992359880576723488486772677766467";

/**
 * Decimals of a given number of significant digits, from mathjs. mathjs takes most of a second to load, so it is
 * imported when the first one is made.
 */
export async function bigArithmetic(digits: number): Promise<Arithmetic<Big>> {
	const known = made.get(digits);
	if (known) return known;
	const { create, BigNumberDependencies } = await import("mathjs");
	const math = create({ BigNumberDependencies } as FactoryFunctionMap, {
		number: "BigNumber",
		precision: digits,
	}) as unknown as {
		readonly BigNumber: BigNumberClass;
	};
	const arithmetic = overDecimals(math.BigNumber, digits);
	made.set(digits, arithmetic);
	return arithmetic;
}

const made = new Map<number, Arithmetic<Big>>();

/** Differences and products of decimals as text, for comparing two precise evaluations. */
export async function bigNumbers(digits: number) {
	const { zero } = await bigArithmetic(digits);
	const Decimal = zero.value.constructor as unknown as BigNumberClass;
	return {
		read: (decimal: string): BigNumber => new Decimal(decimal),
		sub: (a: BigNumber, b: BigNumber): BigNumber => a.minus(b),
		mul: (a: BigNumber, b: BigNumber): BigNumber => a.times(b),
	};
}

interface BigNumberClass {
	new (value: string | number): BigNumber;
	acos(x: number): BigNumber;
}

/** Results that are kept at once; the number changes the time alone. */
const mostKept = 20_000;

/**
 * A function of a decimal whose results are kept: both sides and all repairs of a step are put to the same quadratures,
 * and in many digits a logarithm costs as much as hundreds of products.
 */
function remembering(
	f: (x: BigNumber) => BigNumber,
): (x: BigNumber) => BigNumber {
	const kept = new Map<string, BigNumber>();
	return (x) => {
		const key = x.toString();
		const known = kept.get(key);
		if (known) return known;
		if (kept.size >= mostKept) kept.clear();
		const value = f(x);
		kept.set(key, value);
		return value;
	};
}

function overDecimals(
	Decimal: BigNumberClass,
	digits: number,
): Arithmetic<Big> {
	const constants: Readonly<Record<Constant["name"], BigNumber>> = {
		pi: Decimal.acos(-1),
		eulerGamma: new Decimal(eulerGamma),
		infinity: new Decimal(Number.POSITIVE_INFINITY),
	};
	const exact = (value: BigNumber): Big =>
		new Estimate(value, Math.abs(value.toNumber()), 0);
	const number = (a: Big): number => a.value.toNumber();
	const ln = remembering((x) => x.ln());
	const exponential = remembering((x) => x.exp());
	return {
		digits,
		zero: exact(new Decimal(0)),
		one: exact(new Decimal(1)),
		fromNumber: (x) => exact(new Decimal(x)),
		fromFraction: (x: Fraction) =>
			exact(new Decimal((x.s * x.n).toString()).div(x.d.toString())),
		constant: (name) => exact(constants[name]),
		add: (a, b) =>
			new Estimate(a.value.plus(b.value), a.scale + b.scale, a.error + b.error),
		sub: (a, b) =>
			new Estimate(
				a.value.minus(b.value),
				a.scale + b.scale,
				a.error + b.error,
			),
		mul: (a, b) =>
			new Estimate(
				a.value.times(b.value),
				productScale(number(a), a.scale, number(b), b.scale),
				productError(number(a), a.error, number(b), b.error),
			),
		div(a, b) {
			const value = a.value.div(b.value);
			const size = Math.abs(number(b));
			const error = (a.error + Math.abs(value.toNumber()) * b.error) / size;
			return new Estimate(
				value,
				productScale(
					number(a),
					a.scale,
					1 / size,
					condition(size, b.scale) / size,
				),
				error,
			);
		},
		pow(base, exponent) {
			const value = base.value.pow(exponent.value);
			const v = value.toNumber();
			const scale = powerScale(v, number(base), base.scale, number(exponent));
			const byBase =
				base.error === 0
					? 0
					: Math.abs((v * number(exponent)) / number(base)) * base.error;
			const byExponent =
				exponent.error === 0
					? 0
					: Math.abs(v * Math.log(number(base))) * exponent.error;
			return new Estimate(value, scale, byBase + byExponent);
		},
		log(a) {
			refuseCancelled(number(a), a.scale, digits);
			const value = ln(a.value);
			const size = number(a);
			return new Estimate(
				value,
				Math.abs(value.toNumber()) + condition(size, a.scale),
				a.error === 0 ? 0 : a.error / Math.abs(size),
			);
		},
		exp(a) {
			const value = exponential(a.value);
			const v = value.toNumber();
			return new Estimate(value, v * Math.max(1, a.scale), v * a.error);
		},
		abs: (a) =>
			a.value.isNegative()
				? new Estimate(a.value.negated(), a.scale, a.error)
				: a,
		toNumber: number,
		gap: (coarse, fine) =>
			relativeGap(coarse.value.minus(fine.value).toNumber(), fine.scale),
		settle: (coarse, fine, share) =>
			new Estimate(
				fine.value,
				fine.scale,
				fine.error +
					share * Math.abs(coarse.value.minus(fine.value).toNumber()),
			),
	};
}
