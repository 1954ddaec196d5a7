import { log } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Edit } from "../edit.js";

/** A logarithm or another function lost, or one too many. */

export const surplusFunction: Edit = {
	kind: "logarithm or other function too many",
	cost: 1.3,
	candidates: ({ node }) => (node.kind === "apply" ? [node.argument] : []),
};

export const lostLogarithm: Edit = {
	kind: "missing logarithm",
	cost: 1.3,
	candidates({ node, parent }) {
		if (shapeOf(node).length > 0 || parent?.kind === "pow") return [];
		if (parent?.kind === "apply" && parent.fn === "log") return [];
		return [
			"symbol",
			"size",
			"pow",
			"pdf",
			"table",
			"integral",
			"sum",
		].includes(node.kind)
			? [log(node)]
			: [];
	},
};
