import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { gammaNodes } from "../gamma/measure.js";

/** One over the nodes of a Gamma. */
export const measure: Measure = {
	distribution: "InverseGamma",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		return gammaNodes(
			A,
			(parameters.shape as Parameter<T>).entry(1, 1),
			(parameters.scale as Parameter<T>).entry(1, 1),
			level,
		).map(({ value, weight }) => ({ value: A.div(A.one, value), weight }));
	},
};
