import Fraction from "fraction.js";
import type { Environment } from "./environment.js";
import type { Form } from "./form.js";
import { minus, plus, rational, timesAll, unit } from "./ring.js";

/** Γ(x + shift) / Γ(x): x (x+1) … for a whole shift upwards, 1 / ((x−1) (x−2) …) downwards. DLMF 5.2.5, 5.5.1. */
export function gammaRatio(
	env: Environment,
	x: Form,
	shift: Fraction,
): Form | null {
	if (shift.d !== 1n) {
		const logGamma = (at: Form) => env.functions.apply(env, "lgamma", at);
		const ratio = minus(logGamma(plus(x, rational(shift))), logGamma(x));
		return env.functions.apply(env, "exp", ratio);
	}
	if (shift.n > mostSteps) return null;
	const steps = Array.from({ length: Number(shift.n) }, (_, j) =>
		plus(x, rational(shift.s > 0n ? j : -j - 1)),
	);
	const product = timesAll(env, steps);
	if (shift.n === 0n) return unit;
	return shift.s > 0n
		? product
		: env.functions.power(env, product, new Fraction(-1));
}

const mostSteps = 12n;

/** ψ(x + shift) and ψ′(x + shift). */
export function polygamma(
	env: Environment,
	name: "digamma" | "trigamma",
	x: Form,
	shift: Fraction,
): Form {
	return env.functions.apply(env, name, plus(x, rational(shift)));
}
