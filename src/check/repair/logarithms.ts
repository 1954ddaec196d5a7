import type Fraction from "fraction.js";
import { assembled, type Notation } from "../../algebra/assemble.js";
import type { Environment } from "../../algebra/environment.js";
import type { Factor, Form, Term } from "../../algebra/form.js";
import { product } from "../../algebra/ring.js";
import { log, mul, num, pow } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";

/** c · log a: how one writes −D/2 log 2 − D/2 log π − D log σ. */
export interface Logarithm {
	readonly multiple: Form;
	/** Of which a is made. */
	readonly powers: readonly { base: Form; exponent: Fraction }[];
	/** Whether 2π is in it, as in the normaliser of a Normal. */
	readonly hasPi: boolean;
}

/** A form whose terms are multiples of logarithms by one common product, as a single logarithm; null if it is not so. */
export function asOneLogarithm(env: Environment, form: Form): Logarithm | null {
	const parts = [...form.terms.values()].map(splitLogarithm);
	const [first] = parts;
	if (!first || parts.some((p) => p === null || p.rest !== first.rest))
		return null;
	const all = parts as Part[];
	const least = all
		.map((p) => p.coefficient)
		.reduce((a, b) => (b.abs().compare(a.abs()) < 0 ? b : a));
	return {
		multiple: product(env, least, first.factors, []),
		powers: all.map((p) => ({
			base: p.argument,
			exponent: p.coefficient.div(least),
		})),
		hasPi: all.some((p) => p.argument.key.includes("'pi")),
	};
}

interface Part {
	readonly coefficient: Fraction;
	readonly argument: Form;
	readonly factors: readonly Factor[];
	/** Identifies the other factors. */
	readonly rest: string;
}

function splitLogarithm(term: Term): Part | null {
	const own = term.factors.filter(
		(f) => f.atom.kind === "function" && f.atom.name === "log",
	);
	const [only] = own;
	if (
		term.bound.length > 0 ||
		own.length !== 1 ||
		only?.atom.kind !== "function" ||
		!only.exponent.equals(1)
	)
		return null;
	const factors = term.factors.filter((f) => f !== only);
	const rest = factors
		.map((f) => `${f.atom.key}^${f.exponent.toFraction()}`)
		.join(" ");
	return {
		coefficient: term.coefficient,
		argument: only.atom.argument,
		factors,
		rest,
	};
}

/** The logarithm written out. */
export function written(notation: Notation, logarithm: Logarithm): Expr {
	const multiple = assembled(notation, logarithm.multiple);
	return mul(multiple, log(argumentOf(notation, logarithm)));
}

/** e to that logarithm: argument^multiple. */
export function exponentiated(notation: Notation, logarithm: Logarithm): Expr {
	const multiple = assembled(notation, logarithm.multiple);
	return pow(argumentOf(notation, logarithm), multiple);
}

function argumentOf(notation: Notation, { powers }: Logarithm): Expr {
	const factors = powers.map(({ base, exponent }) =>
		pow(assembled(notation, base), num(exponent)),
	);
	return mul(...factors);
}
