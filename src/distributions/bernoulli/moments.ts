import { atValue } from "../../algebra/atValue.js";
import type { Moments } from "../../algebra/moment.js";
import { minus, plus, times, unit } from "../../algebra/ring.js";

/** E[f(x)] = p f(1) + (1 − p) f(0), so that x² = x. Bishop (2006), (B.1) to (B.3). */
export const bernoulliMoments: Moments = {
	moment(env, instance, factors) {
		const p = instance.parameter("probability");
		const at = (value: number) => atValue(env, instance, factors, value);
		return plus(times(env, p, at(1)), times(env, minus(unit, p), at(0)));
	},
};
