import Fraction from "fraction.js";
import type { Environment } from "../../algebra/environment.js";
import type { Form } from "../../algebra/form.js";
import { gammaRatio, polygamma } from "../../algebra/gammaRatio.js";
import type { Instance, Moments } from "../../algebra/moment.js";
import { type PowersAndLogs, powersAndLogs } from "../../algebra/powers.js";
import { minus, plus, times, timesAll } from "../../algebra/ring.js";
import { isPositive } from "../../algebra/signs.js";
import {
	type TiltedNumber,
	tiltedNumber,
	withConstant,
} from "../../algebra/tilt.js";

/** With a, b and a + b, and how far the powers in a product move each of them. */
interface Shifted {
	readonly a: Form;
	readonly b: Form;
	readonly sum: Form;
	readonly up: Fraction;
	readonly down: Fraction;
}

/**
 * E[xᵖ (1−x)ʳ] = B(a+p, b+r) / B(a, b), and with logarithms its derivatives by p and r, up to two of them. Bishop (2006),
 * (B.6) and (B.7) for the first moments; Johnson, Kotz and Balakrishnan (1995), section 25.3.
 */
export const betaMoments: Moments = {
	moment(env, instance, factors) {
		const tilted = tiltedNumber(env, instance, factors);
		if (tilted) return tiltedMoment(env, instance, tilted);
		const found = powersAndLogs(instance, factors);
		if (!found) return null;
		const [a, b] = [instance.parameter("a"), instance.parameter("b")];
		const up = found.power ?? new Fraction(0);
		const down = found.restPower ?? new Fraction(0);
		const shifted = { a, b, sum: plus(a, b), up, down };
		const ratios = [
			gammaRatio(env, a, up),
			gammaRatio(env, b, down),
			gammaRatio(env, shifted.sum, up.add(down)),
		];
		const [first, second, both] = ratios;
		if (!first || !second || !both) return null;
		const moment = timesAll(env, [
			first,
			second,
			env.functions.power(env, both, new Fraction(-1)),
		]);
		const logs = logarithms(env, found, shifted);
		return logs && times(env, moment, logs);
	},
};

/** E[xˢ (1−x)ᵗ] = B(a+s, b+t) / B(a, b) with forms for s and t, where a + s and b + t are positive. DLMF 5.12.1. */
function tiltedMoment(
	env: Environment,
	instance: Instance,
	{ exponent, power, restPower, logs }: TiltedNumber,
): Form | null {
	if (logs > 0 || !exponent.isOf("log x", "log(1 − x)")) return null;
	const [a, b] = [instance.parameter("a"), instance.parameter("b")];
	const up = plus(a, exponent.at("log x"), power);
	const down = plus(b, exponent.at("log(1 − x)"), restPower);
	if (!isPositive(env, up) || !isPositive(env, down)) return null;
	const lgamma = (x: Form) => env.functions.apply(env, "lgamma", x);
	const logBeta = (x: Form, y: Form) =>
		minus(plus(lgamma(x), lgamma(y)), lgamma(plus(x, y)));
	const ratio = minus(logBeta(up, down), logBeta(a, b));
	env.rules.add("integral of a Beta");
	return withConstant(env, exponent, env.functions.apply(env, "exp", ratio));
}

/** What the logarithms multiply the moment by: derivatives of log B, and one more by another for two of them. */
function logarithms(
	env: Environment,
	{ logs, restLogs }: PowersAndLogs,
	{ a, b, sum, up, down }: Shifted,
): Form | null {
	if (logs + restLogs > 2) return null;
	if (logs + restLogs > 0)
		env.rules.add("E[log x] = ψ(a) − ψ(a + b) of a Beta");
	const all = up.add(down);
	const digamma = (x: Form, shift: Fraction) =>
		minus(
			polygamma(env, "digamma", x, shift),
			polygamma(env, "digamma", sum, all),
		);
	const slopes = [
		...Array.from({ length: logs }, () => digamma(a, up)),
		...Array.from({ length: restLogs }, () => digamma(b, down)),
	];
	const product = timesAll(env, slopes);
	if (slopes.length < 2) return product;
	const common = polygamma(env, "trigamma", sum, all);
	if (logs === 1) return minus(product, common);
	const own = polygamma(
		env,
		"trigamma",
		logs === 2 ? a : b,
		logs === 2 ? up : down,
	);
	return plus(product, minus(own, common));
}
