import Fraction from "fraction.js";
import type { Moments } from "../../algebra/moment.js";
import { powersAndLogs } from "../../algebra/powers.js";
import { plus, scale } from "../../algebra/ring.js";
import { tiltedNumber, withConstant } from "../../algebra/tilt.js";
import { gammaMoment, tiltedGammaMoment } from "../gamma/moments.js";

/** x = 1/y with y ∼ Gamma(a, rate b): E[xᵖ (log x)ᵐ] = (−1)ᵐ E[y^{−p} (log y)ᵐ]. */
export const inverseGammaMoments: Moments = {
	moment(env, instance, factors) {
		const tilted = tiltedNumber(env, instance, factors);
		if (tilted?.exponent.isOf("1/x", "log x") && tilted.logs === 0)
			return withConstant(
				env,
				tilted.exponent,
				tiltedGammaMoment(
					env,
					instance.parameter("shape"),
					instance.parameter("scale"),
					{
						power: scale(plus(tilted.exponent.at("log x"), tilted.power), -1),
						slope: tilted.exponent.at("1/x"),
					},
					0,
				),
			);
		const found = powersAndLogs(instance, factors);
		if (!found || found.restPower || found.restLogs > 0) return null;
		const moment = gammaMoment(
			env,
			instance.parameter("shape"),
			instance.parameter("scale"),
			(found.power ?? new Fraction(0)).neg(),
			found.logs,
		);
		return moment && scale(moment, found.logs % 2 === 1 ? -1 : 1);
	},
};
