import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import { wholePower } from "../../algebra/factorialMoments.js";
import type { Form } from "../../algebra/form.js";
import type { Moments } from "../../algebra/moment.js";
import {
	nought,
	plus,
	rational,
	scale,
	times,
	timesAll,
} from "../../algebra/ring.js";

/**
 * E[(x − m)ʲ] = s^j ν^{j/2} 1·3⋯(j−1) / ((ν−2)(ν−4)⋯(ν−j)) for an even j < ν, 0 for an odd one. Johnson, Kotz and
 * Balakrishnan (1995), eq. (28.7); Bishop (2006), (B.64) to (B.66) for j ≤ 2. Where ν ≤ j the moment does not exist.
 */
export const studentTMoments: Moments = {
	moment(env, instance, factors) {
		const power = wholePower(instance, factors);
		if (power === null) return null;
		const [m, s2, nu] = [
			instance.parameter("location"),
			instance.parameter("scaleSquared"),
			instance.parameter("degrees"),
		];
		env.rules.add(
			power < 2
				? "mean of a Student t, where ν > 1"
				: `moments of a Student t, where ν > ${power}: Var[x] = s² ν/(ν − 2)`,
		);
		const parts = Array.from({ length: power + 1 }, (_, j) =>
			j % 2 === 1
				? nought
				: scale(
						times(
							env,
							env.functions.power(env, m, new Fraction(power - j)),
							evenMoment(env, s2, nu, j / 2),
						),
						choose(power, j),
					),
		);
		return plus(...parts);
	},
};

/** E[(x − m)^{2n}] = Π_{i=1}^n s² ν (2i − 1) / (ν − 2i). */
function evenMoment(env: Environment, s2: Form, nu: Form, n: number): Form {
	const steps = Array.from({ length: n }, (_, i) => {
		const below = plus(nu, rational(-2 * (i + 1)));
		const ratio = times(
			env,
			times(env, s2, nu),
			env.functions.power(env, below, new Fraction(-1)),
		);
		return scale(ratio, 2 * i + 1);
	});
	return timesAll(env, steps);
}

function choose(n: number, k: number): number {
	return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}
