import type Fraction from "fraction.js";
import type { Constant } from "../expr/tree.js";

/**
 * Numbers that trees are evaluated in: floats with a running error bound, decimals of many digits, dual numbers over
 * either. Undefined results are NaN or infinite numbers, never exceptions.
 */
export interface Arithmetic<T> {
	/** Significant decimal digits carried. */
	readonly digits: number;
	readonly zero: T;
	readonly one: T;
	/** The decimal that the float prints as: 0.1 is one tenth in every arithmetic. */
	fromNumber(x: number): T;
	fromFraction(x: Fraction): T;
	constant(name: Constant["name"]): T;
	add(a: T, b: T): T;
	sub(a: T, b: T): T;
	mul(a: T, b: T): T;
	div(a: T, b: T): T;
	pow(base: T, exponent: T): T;
	log(a: T): T;
	exp(a: T): T;
	abs(a: T): T;
	/** Nearest float; of a dual number the value without its derivative. */
	toNumber(a: T): number;
	/** Largest relative distance, over value and derivatives, between two estimates of one quantity. */
	gap(coarse: T, fine: T): number;
	/** The finer of two estimates, with their distance times `share` as its own error. */
	settle(coarse: T, fine: T, share: number): T;
	/** A text that only equal numbers share, precision included; null for one that varies with the seed of a derivative. */
	identity(a: T): string | null;
}
