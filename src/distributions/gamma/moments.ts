import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Form } from "../../algebra/form.js";
import { gammaRatio, polygamma } from "../../algebra/gammaRatio.js";
import type { Moments } from "../../algebra/moment.js";
import { powersAndLogs } from "../../algebra/powers.js";
import { minus, plus, times } from "../../algebra/ring.js";
import { isPositive } from "../../algebra/signs.js";
import { tiltedNumber, withConstant } from "../../algebra/tilt.js";

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

/** What a Gamma is tilted by: xˢ e^{ux} with forms for s and u. */
export interface Tilt {
	readonly power: Form;
	readonly slope: Form;
}

/**
 * E[xˢ e^{ux} (log x)ᵐ] = bᵃ Γ(a+s) / (Γ(a) (b−u)^{a+s}) · E[(log x)ᵐ] under Gamma(a+s, b−u), where a + s and b − u are
 * positive: the integral of a Gamma. DLMF 5.2.1.
 */
export function tiltedGammaMoment(
	env: Environment,
	shape: Form,
	rate: Form,
	{ power, slope }: Tilt,
	logs: number,
): Form | null {
	const [newShape, newRate] = [plus(shape, power), minus(rate, slope)];
	if (!isPositive(env, newShape) || !isPositive(env, newRate)) return null;
	const apply = (name: string, x: Form) => env.functions.apply(env, name, x);
	const ratio = minus(apply("lgamma", newShape), apply("lgamma", shape));
	const scales = minus(
		times(env, shape, apply("log", rate)),
		times(env, newShape, apply("log", newRate)),
	);
	const rest = gammaMoment(env, newShape, newRate, new Fraction(0), logs);
	env.rules.add("integral of a Gamma");
	return rest && times(env, apply("exp", plus(ratio, scales)), rest);
}

export const gammaMoments: Moments = {
	moment(env, instance, factors) {
		const tilted = tiltedNumber(env, instance, factors);
		if (tilted?.exponent.isOf("x", "log x"))
			return withConstant(
				env,
				tilted.exponent,
				tiltedGammaMoment(
					env,
					instance.parameter("shape"),
					instance.parameter("rate"),
					{
						power: plus(tilted.exponent.at("log x"), tilted.power),
						slope: tilted.exponent.at("x"),
					},
					tilted.logs,
				),
			);
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
