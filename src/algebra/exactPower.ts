import type Fraction from "fraction.js";
import { NoNormalForm } from "./environment.js";

/** Binary digits of the largest power that is written out. One number of a sheet may ask for more than there are atoms. */
const mostDigits = 20_000;

/**
 * A whole power of a rational number.
 * @throws NoNormalForm if the number is too long to be written out
 */
export function exactPower(base: Fraction, exponent: Fraction): Fraction {
	const longest = base.n > base.d ? base.n : base.d;
	const digits = longest.toString(2).length;
	if (longest > 1n && exponent.abs().mul(digits).compare(mostDigits) > 0)
		throw new NoNormalForm("a power of a number that is too long");
	return base.pow(exponent) as Fraction;
}
