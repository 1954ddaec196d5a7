import Fraction from "fraction.js";
import type { Environment } from "./environment.js";
import type { Form } from "./form.js";
import { orderedSymbol, product } from "./ring.js";
import { transform } from "./transform.js";

/** A form made under freer types, normalised again under those of the environment. */
export function settle(env: Environment, form: Form): Form {
	return transform(env, form, ({ atom, exponent }) => {
		if (atom.kind !== "symbol") return null;
		return product(
			env,
			new Fraction(1),
			[{ atom: orderedSymbol(env, atom.name, atom.ix), exponent }],
			[],
		);
	});
}
