import Fraction from "fraction.js";
import type { Environment } from "./environment.js";
import { type Exponent, exponentOf } from "./exponent.js";
import type { Factor, Form } from "./form.js";
import type { Instance } from "./moment.js";
import { powersAndLogs } from "./powers.js";
import { rational, times } from "./ring.js";

/** A product xᵖ (1 − x)ʳ (log x)ᵐ exp(…) of a random number x. */
export interface TiltedNumber {
	readonly exponent: Exponent;
	readonly power: Form;
	readonly restPower: Form;
	readonly logs: number;
}

/** Such a product with an exponential in it; null if it has none, or another factor. */
export function tiltedNumber(
	env: Environment,
	instance: Instance,
	factors: readonly Factor[],
): TiltedNumber | null {
	const found = exponentOf(env, instance, factors);
	if (!found || found.rest.length === factors.length) return null;
	const powers = powersAndLogs(instance, found.rest);
	if (!powers || powers.restLogs > 0) return null;
	const none = new Fraction(0);
	return {
		exponent: found.exponent,
		power: rational(powers.power ?? none),
		restPower: rational(powers.restPower ?? none),
		logs: powers.logs,
	};
}

/** A moment times what the exponential has besides the variable. */
export function withConstant(
	env: Environment,
	exponent: Exponent,
	moment: Form | null,
): Form | null {
	const constant = env.functions.apply(env, "exp", exponent.constant);
	return moment && times(env, constant, moment);
}
