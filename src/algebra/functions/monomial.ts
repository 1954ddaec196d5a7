import type Fraction from "fraction.js";
import type { Form, Term } from "../form.js";
import { singleTerm } from "../ring.js";

export const mostFactors = 12;

/** The only term of a form, if it binds nothing. */
export function monomial(form: Form): Term | null {
	const only = singleTerm(form);
	return only && only.bound.length === 0 ? only : null;
}

export function isWhole(e: Fraction): boolean {
	return e.d === 1n;
}
