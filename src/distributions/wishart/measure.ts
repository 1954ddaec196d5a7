import { bartlett, bartlettNodes } from "../../numeric/bartlett.js";
import type { Measure } from "../../numeric/measure.js";

/** By Bartlett's decomposition. */
export const measure: Measure = {
	distribution: "Wishart",
	exact: false,
	nodes: bartlettNodes,
	drawnBy: ["degrees"],
	compose: (parts) => bartlett(parts, parts.matrix(parts.parameter("scale"))),
};
