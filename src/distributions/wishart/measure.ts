import { bartlett, bartlettNodes } from "../../numeric/bartlett.js";
import type { Measure } from "../../numeric/measure.js";

/** By Bartlett's decomposition. */
export const measure: Measure = {
	distribution: "Wishart",
	exact: false,
	independent: true,
	nodes: bartlettNodes,
	compose: (parts) => bartlett(parts, parts.parameter("scale")),
};
