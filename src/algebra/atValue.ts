import Fraction from "fraction.js";
import { type Environment, NoNormalForm } from "./environment.js";
import type { Factor, Form } from "./form.js";
import type { Ix } from "./ix.js";
import type { Instance } from "./moment.js";
import { nestedForms } from "./nestedForms.js";
import { product, rational } from "./ring.js";
import { slidesWith } from "./tables.js";
import { transform } from "./transform.js";

/** A product of factors with a value put in for the random number that they mention. */
export function atValue(
	env: Environment,
	{ variable }: Instance,
	factors: readonly Factor[],
	value: number,
): Form {
	const form = product(env, new Fraction(1), factors, []);
	return transform(env, form, ({ atom, exponent }) =>
		atom.kind === "symbol" && atom.name === variable
			? env.functions.power(env, rational(value), exponent)
			: null,
	);
}

/**
 * A form with a value put in for a symbol, entry by entry.
 * @throws NoNormalForm if it mentions the symbol where nothing can be put in
 */
export function withValue(
	env: Environment,
	form: Form,
	name: string,
	value: (ix: readonly Ix[]) => Form,
): Form {
	const isHidden = [...form.terms.values()].some((term) =>
		term.factors.some((factor) => hides(factor, name)),
	);
	if (isHidden)
		throw new NoNormalForm(`no value can be put in for ${name} here`);
	return transform(env, form, ({ atom, exponent }) =>
		atom.kind === "symbol" && atom.name === name
			? env.functions.power(env, value(atom.ix), exponent)
			: null,
	);
}

/** Whether a factor depends on a symbol otherwise than by its entries: as a label, or as what an unnamed density slides with. */
function hides({ atom }: Factor, name: string): boolean {
	if (atom.kind === "hot") return atom.name === name;
	if (atom.kind === "symbol")
		return atom.name !== name && slidesWith(atom.name, name);
	if (atom.kind === "opaque" && atom.binds.includes(name)) return false;
	return nestedForms(atom).some((inner) =>
		[...inner.terms.values()].some((term) =>
			term.factors.some((factor) => hides(factor, name)),
		),
	);
}
