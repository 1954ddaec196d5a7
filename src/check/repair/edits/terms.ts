import { add, neg, num, pow } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Edit } from "../edit.js";
import type { Place } from "../place.js";
import { distinctNames, placements } from "../placements.js";
import { textOf } from "../tree.js";
import { isShare } from "./factors.js";

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
	candidates: ({ node, parent }, { claim }) =>
		node.kind === "symbol" &&
		node.shape.length === 0 &&
		parent?.kind !== "add" &&
		(parent?.kind !== "pow" || isShare(claim.context, node.name))
			? [add(num(1), neg(node))]
			: [],
};

/** The 1 of log(1 + e^x) or 1 + N/σ². */
export const one: Edit = {
	kind: "missing 1",
	cost: 1.4,
	candidates: (place) =>
		mayLackTerm(place)
			? [add(num(1), place.node), add(place.node, num(-1))]
			: [],
};

/** A term that is missing where no residual tells it: the b of a/(a + b). */
export const lostTerm: Edit = {
	kind: "missing term",
	cost: 1.4,
	candidates: (place, { symbols, claim }) =>
		mayLackTerm(place)
			? distinctNames(symbols)
					.filter((s) => s.shape.length === 0)
					.flatMap((s) => placements(s, place.scope, claim.context))
					.filter((s) => textOf(s) !== textOf(place.node))
					.flatMap((s) => (isVariance(place) ? [s, pow(s, 2)] : [s]))
					.flatMap((s) => [add(place.node, s), add(place.node, neg(s))])
			: [],
};

/** A parameter of a density that is no mean: variances add up where variables do. */
function isVariance({ node, parent }: Place): boolean {
	return (
		parent?.kind === "pdf" && textOf(parent.parameters.mean) !== textOf(node)
	);
}

/**
 * A number under a function, in a denominator, under a power or in a density, where the residual says nothing of terms.
 */
function mayLackTerm(place: Place): boolean {
	const { node, linear, parent } = place;
	if (linear || !parent || shapeOf(node).length > 0) return false;
	if (node.kind === "num") return false;
	return (
		parent.kind === "apply" ||
		parent.kind === "pow" ||
		(parent.kind === "pdf" && isVariance(place)) ||
		node.kind === "add"
	);
}
