import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import { exponentOf, type Tilted } from "../../algebra/exponent.js";
import {
	fromFactorialMoments,
	wholePower,
} from "../../algebra/factorialMoments.js";
import type { Form } from "../../algebra/form.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import { minus, times } from "../../algebra/ring.js";
import { withConstant } from "../../algebra/tilt.js";

/** E[x (x−1) … (x−j+1)] = rateʲ. Johnson, Kemp and Kotz (2005), eq. (4.7). */
export const poissonMoments: Moments = {
	moment(env, instance, factors) {
		const tilted = exponentOf(env, instance, factors);
		if (tilted && tilted.rest.length < factors.length)
			return tiltedMoment(env, instance, tilted);
		const power = factors.length === 0 ? 0 : wholePower(instance, factors);
		if (power === null) return null;
		const rate = instance.parameter("rate");
		return fromFactorialMoments(env, power, (_, order) =>
			env.functions.power(env, rate, new Fraction(order)),
		);
	},
};

/** E[f(x) e^{ux}] = exp(r(eᵘ − 1)) E[f(x)] under the rate r eᵘ. Johnson, Kemp and Kotz (2005), eq. (4.4). */
function tiltedMoment(
	env: Environment,
	instance: Instance,
	{ exponent, rest }: Tilted,
): Form | null {
	if (!exponent.isOf("x")) return null;
	const rate = instance.parameter("rate");
	const tilt = env.functions.apply(env, "exp", exponent.at("x"));
	const tilted = times(env, rate, tilt);
	const moved: Instance = { ...instance, parameter: () => tilted };
	const moment = poissonMoments.moment(env, moved, rest);
	env.rules.add("generating function of a Poisson");
	const mass = env.functions.apply(env, "exp", minus(tilted, rate));
	return moment && withConstant(env, exponent, times(env, mass, moment));
}
