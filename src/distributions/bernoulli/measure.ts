import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";

/** 0 and 1 with their probabilities. */
export const measure: Measure = {
	distribution: "Bernoulli",
	exact: true,
	nodes<T>({ A, parameters }: NodeRequest<T>) {
		const p = (parameters.probability as Parameter<T>).entry(1, 1);
		return [
			{ value: A.zero, weight: A.sub(A.one, p) },
			{ value: A.one, weight: p },
		];
	},
};
