import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Form } from "../../algebra/form.js";
import { gammaRatio, polygamma } from "../../algebra/gammaRatio.js";
import type { Moments } from "../../algebra/moment.js";
import { powersAndLogs } from "../../algebra/powers.js";
import { minus, plus, times } from "../../algebra/ring.js";

/**
 * E[xᵖ (log x)ᵐ] under Gamma(shape, rate), up to m = 2: Γ(a+p)/Γ(a) · b^{−p} and its derivatives by p. Bishop (2006), (B.27)
 * to (B.30), for p = 1 and m = 1.
 */
export function gammaMoment(
	env: Environment,
	shape: Form,
	rate: Form,
	power: Fraction,
	logs: number,
): Form | null {
	const ratio = gammaRatio(env, shape, power);
	if (!ratio || logs > 2) return null;
	const moment = times(env, ratio, env.functions.power(env, rate, power.neg()));
	const slope = minus(
		polygamma(env, "digamma", shape, power),
		env.functions.apply(env, "log", rate),
	);
	if (logs > 0) env.rules.add("E[log x] = ψ(a) − log b of a Gamma");
	if (logs === 0) return moment;
	if (logs === 1) return times(env, moment, slope);
	const curvature = polygamma(env, "trigamma", shape, power);
	return times(env, moment, plus(times(env, slope, slope), curvature));
}

export const gammaMoments: Moments = {
	moment(env, instance, factors) {
		const found = powersAndLogs(instance, factors);
		if (!found || found.restPower || found.restLogs > 0) return null;
		return gammaMoment(
			env,
			instance.parameter("shape"),
			instance.parameter("rate"),
			found.power ?? new Fraction(0),
			found.logs,
		);
	},
};
