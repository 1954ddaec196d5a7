import { bartlett, bartlettNodes } from "../../numeric/bartlett.js";
import { inverted } from "../../numeric/inverted.js";
import type { Measure } from "../../numeric/measure.js";

/** The inverse of a Wishart matrix whose scale is the inverse of the parameter. */
export const measure: Measure = {
	distribution: "InverseWishart",
	exact: false,
	nodes: bartlettNodes,
	drawnBy: ["degrees"],
	compose(parts) {
		const of = parts.matrix(parts.parameter("scale"));
		const scale = parts.matrix((row, column) => ({
			op: "inverse",
			of,
			row,
			column,
		}));
		return inverted(bartlett(parts, scale));
	},
};
