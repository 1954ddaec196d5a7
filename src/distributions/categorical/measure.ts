import type { Measure } from "../../numeric/measure.js";

/** The labels 1 … K with their probabilities as they stand. */
export const measure: Measure = {
	distribution: "Categorical",
	exact: true,
	nodes({ A, parameters, labels }) {
		const probabilities = parameters.probabilities;
		const count = labels ?? probabilities?.rows ?? 0;
		return Array.from({ length: count }, (_, k) => ({
			value: A.fromNumber(k + 1),
			weight: probabilities?.entry(k + 1, 1) ?? A.zero,
		}));
	},
};
