import Fraction from "fraction.js";
import type { Moments } from "../../algebra/moment.js";
import { powersAndLogs } from "../../algebra/powers.js";
import { plus, unit } from "../../algebra/ring.js";
import { tiltedNumber, withConstant } from "../../algebra/tilt.js";
import { gammaMoment, tiltedGammaMoment } from "../gamma/moments.js";

/** An exponential distribution is a Gamma of shape 1, which has no moments of order −1 and below. */
export const exponentialMoments: Moments = {
	moment(env, instance, factors) {
		const tilted = tiltedNumber(env, instance, factors);
		if (tilted?.exponent.isOf("x", "log x"))
			return withConstant(
				env,
				tilted.exponent,
				tiltedGammaMoment(
					env,
					unit,
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
		const power = found.power ?? new Fraction(0);
		if (power.compare(-1) <= 0) return null;
		return gammaMoment(
			env,
			unit,
			instance.parameter("rate"),
			power,
			found.logs,
		);
	},
};
