import Fraction from "fraction.js";
import {
	fromFactorialMoments,
	wholePower,
} from "../../algebra/factorialMoments.js";
import type { Moments } from "../../algebra/moment.js";

/** E[x (x−1) … (x−j+1)] = rateʲ. Johnson, Kemp and Kotz (2005), eq. (4.7). */
export const poissonMoments: Moments = {
	moment(env, instance, factors) {
		const power = wholePower(instance, factors);
		if (power === null) return null;
		const rate = instance.parameter("rate");
		return fromFactorialMoments(env, power, (_, order) =>
			env.functions.power(env, rate, new Fraction(order)),
		);
	},
};
