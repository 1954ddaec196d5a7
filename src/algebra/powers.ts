import type Fraction from "fraction.js";
import type { Atom, Factor, Form } from "./form.js";
import type { Instance } from "./moment.js";
import { soleAtom } from "./ring.js";

/** A product xᵖ (log x)ᵐ (1 − x)ʳ (log(1 − x))ⁿ of a random number x, by its exponents. */
export interface PowersAndLogs {
	readonly power: Fraction | null;
	readonly logs: number;
	readonly restPower: Fraction | null;
	readonly restLogs: number;
}

/** The exponents of such a product; null if it has any other factor. */
export function powersAndLogs(
	{ variable }: Instance,
	factors: readonly Factor[],
): PowersAndLogs | null {
	let found: PowersAndLogs = {
		power: null,
		logs: 0,
		restPower: null,
		restLogs: 0,
	};
	for (const { atom, exponent } of factors) {
		const isCount = exponent.d === 1n && exponent.s > 0n;
		const logged = isCount ? logarithmOf(atom) : null;
		const inner = logged && soleAtom(logged);
		if (isVariable(atom, variable)) found = { ...found, power: exponent };
		else if (inner && isVariable(inner, variable))
			found = { ...found, logs: Number(exponent.n) };
		else if (atom.kind === "poly" && isComplement(atom.form, variable))
			found = { ...found, restPower: exponent };
		else if (logged && isComplement(logged, variable))
			found = { ...found, restLogs: Number(exponent.n) };
		else return null;
	}
	return found;
}

/** The form whose logarithm an atom is, or null. */
export function logarithmOf(atom: Atom): Form | null {
	return atom.kind === "function" && atom.name === "log" ? atom.argument : null;
}

export function isVariable(atom: Atom, name: string): boolean {
	return atom.kind === "symbol" && atom.name === name;
}

/** Whether a form is 1 − x. */
export function isComplement(form: Form, name: string): boolean {
	if (form.terms.size !== 2) return false;
	return [...form.terms.values()].every((t) => {
		const [factor, more] = t.factors;
		if (!factor) return t.coefficient.equals(1);
		return (
			!more &&
			isVariable(factor.atom, name) &&
			factor.exponent.equals(1) &&
			t.coefficient.equals(-1)
		);
	});
}
