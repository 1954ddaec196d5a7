import type { Decimal } from "decimal.js";
import type Fraction from "fraction.js";
import type { Constant } from "../expr/tree.js";
import { estimates, type Numbers, type Precision } from "./extended.js";

/** Euler's constant, from OEIS A001620. */
const eulerGamma =
	"0.57721566490153286060651209008240243104215933593992359880576723488486772677766467";

const made = new Map<number, Precision<Decimal>>();

/** Decimals of a given number of significant digits, whose exponents do not end. Imported when the first one is made. */
export async function decimals(digits: number): Promise<Precision<Decimal>> {
	const known = made.get(digits);
	if (known) return known;
	const { Decimal } = await import("decimal.js");
	const numbers = overDecimals(Decimal.clone({ precision: digits }), digits);
	const precision = { numbers, arithmetic: estimates(numbers) };
	made.set(digits, precision);
	return precision;
}

/** Results that are kept at once; the number changes the time alone. */
const mostKept = 20_000;

/**
 * A function of a decimal whose results are kept: both sides and all repairs of a step are put to the same quadratures,
 * and in many digits a logarithm costs as much as hundreds of products.
 */
function remembering(f: (x: Decimal) => Decimal): (x: Decimal) => Decimal {
	const kept = new Map<string, Decimal>();
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
	Digits: Decimal.Constructor,
	digits: number,
): Numbers<Decimal> {
	const constants: Readonly<Record<Constant["name"], Decimal>> = {
		pi: Digits.acos(-1),
		eulerGamma: new Digits(eulerGamma),
		infinity: new Digits(Number.POSITIVE_INFINITY),
	};
	return {
		digits,
		fromNumber: (x) => new Digits(x),
		fromFraction: (x: Fraction) =>
			new Digits((x.s * x.n).toString()).div(x.d.toString()),
		constant: (name) => constants[name],
		add: (a, b) => a.plus(b),
		sub: (a, b) => a.minus(b),
		mul: (a, b) => a.times(b),
		div: (a, b) => a.div(b),
		pow: (base, exponent) => base.pow(exponent),
		ln: remembering((x) => x.ln()),
		exp: remembering((x) => x.exp()),
		abs: (a) => a.abs(),
		isFinite: (a) => a.isFinite(),
		exceeds: (a, bound) => a.gt(bound),
		toNumber: (a) => a.toNumber(),
		lost: () => 0,
		text: (a) => a.toString(),
	};
}
