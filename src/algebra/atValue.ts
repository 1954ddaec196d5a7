import Fraction from "fraction.js";
import type { Environment } from "./environment.js";
import type { Factor, Form } from "./form.js";
import type { Instance } from "./moment.js";
import { product, rational } from "./ring.js";
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
