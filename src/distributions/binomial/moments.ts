import Fraction from "fraction.js";
import {
	fromFactorialMoments,
	wholePower,
} from "../../algebra/factorialMoments.js";
import type { Moments } from "../../algebra/moment.js";
import { plus, rational, times, timesAll } from "../../algebra/ring.js";

/** E[x (x−1) … (x−j+1)] = n (n−1) … (n−j+1) pʲ. Johnson, Kemp and Kotz (2005), eq. (3.10). */
export const binomialMoments: Moments = {
	moment(env, instance, factors) {
		const power = wholePower(instance, factors);
		if (power === null) return null;
		const [n, p] = [
			instance.parameter("trials"),
			instance.parameter("probability"),
		];
		return fromFactorialMoments(env, power, (_, order) => {
			const falling = Array.from({ length: order }, (_step, j) =>
				plus(n, rational(-j)),
			);
			return times(
				env,
				timesAll(env, falling),
				env.functions.power(env, p, new Fraction(order)),
			);
		});
	},
};
