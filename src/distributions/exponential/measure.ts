import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { gammaNodes } from "../gamma/measure.js";

/** A Gamma of shape 1. */
export const measure: Measure = {
	distribution: "Exponential",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		return gammaNodes(
			A,
			A.one,
			(parameters.rate as Parameter<T>).entry(1, 1),
			level,
		);
	},
};
