import type { Ix } from "../../algebra/ix.js";
import type { Moments } from "../../algebra/moment.js";

/** E[c_k] = π_k; products of one-hot entries have been reduced to one entry before. */
export const categoricalMoments: Moments = {
	moment(_env, instance, factors) {
		const [only] = factors;
		if (
			factors.length !== 1 ||
			!only ||
			only.atom.kind !== "hot" ||
			only.exponent.s < 0n
		)
			return null;
		return instance.parameter("probabilities", only.atom.ix.at(-1) as Ix);
	},
};
