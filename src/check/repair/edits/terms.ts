import { add, neg, num } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Edit } from "../edit.js";

/** A term too many, where no residual tells it. */
export const surplusTerm: Edit = {
	kind: "term too many",
	cost: 1.2,
	candidates: ({ node }) =>
		node.kind === "add"
			? node.terms.map((_, at) =>
					add(...node.terms.filter((_t, n) => n !== at)),
				)
			: [],
};

/** x for 1 − x: the weight of the other outcome. */
export const complement: Edit = {
	kind: "1 − x for x",
	cost: 1.2,
	candidates: ({ node, parent }) =>
		node.kind === "symbol" &&
		node.shape.length === 0 &&
		parent?.kind !== "add" &&
		parent?.kind !== "pow"
			? [add(num(1), neg(node))]
			: [],
};

/** The 1 of log(1 + e^x) or 1 + N/σ². */
export const one: Edit = {
	kind: "missing 1",
	cost: 1.4,
	candidates: ({ node, standsAlone, linear, parent }) =>
		standsAlone &&
		!linear &&
		parent?.kind !== "add" &&
		shapeOf(node).length === 0
			? [add(num(1), node), add(node, num(-1))]
			: [],
};
