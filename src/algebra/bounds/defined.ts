import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { nestedForms } from "../nestedForms.js";
import { logarithmOf } from "../powers.js";
import { signOf } from "../signs.js";
import { isShownPositive } from "./positive.js";

/**
 * Whether the declared types make every logarithm and every root in a form a real number. A bound between sides of which
 * one may be undefined is not shown by what holds where both are defined.
 */
export function isRealEverywhere(env: Environment, form: Form): boolean {
	return [...form.terms.values()].every((t) =>
		t.factors.every((f) => isRealFactor(env, f)),
	);
}

function isRealFactor(env: Environment, f: Factor): boolean {
	const log = logarithmOf(f.atom);
	if (log && !isShownPositive(env, log)) return false;
	if (f.atom.kind === "poly" && f.exponent.d !== 1n)
		if (signOf(env, f.atom.form) === "unknown") return false;
	return nestedForms(f.atom).every((form) => isRealEverywhere(env, form));
}
