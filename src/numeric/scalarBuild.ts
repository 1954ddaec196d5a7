import Fraction from "fraction.js";
import type { Scalar } from "./scalar.js";

/** Scalar nodes for laws that are put together from independent numbers, and for the charts of domains. */

export const number = (n: number | Fraction): Scalar => ({
	op: "number",
	value: new Fraction(n),
});

export const times = (...factors: readonly Scalar[]): Scalar => ({
	op: "mul",
	factors,
});

export const plus = (...terms: readonly Scalar[]): Scalar => ({
	op: "add",
	terms,
});
