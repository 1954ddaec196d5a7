import type { Measure, NodeRequest, Parameter } from "../../numeric/measure.js";
import { nodeList } from "../../numeric/nodeLists.js";
import { gammaNodes } from "../gamma/measure.js";

/** One over the nodes of a Gamma. */
export const measure: Measure = {
	distribution: "InverseGamma",
	exact: false,
	nodes<T>({ A, parameters, level }: NodeRequest<T>) {
		const shape = (parameters.shape as Parameter<T>).entry(1, 1);
		const scale = (parameters.scale as Parameter<T>).entry(1, 1);
		return nodeList(A, "InverseGamma", [shape, scale], level, () =>
			gammaNodes(A, shape, scale, level).map(({ value, weight }) => ({
				value: A.div(A.one, value),
				weight,
			})),
		);
	},
};
