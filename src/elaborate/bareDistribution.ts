import type { Chain, Link, Surface } from "../latex/surface.js";
import { isEquals } from "./comparison.js";
import { isDensityCall } from "./densityName.js";
import { distributionOf } from "./distributionCall.js";
import { namedFunction } from "./functions.js";

/**
 * A distribution without its variable on a side of its own, `q(μ_k) = \mathcal N(m_k, s_k²)`, is its density at the one
 * argument of the density at the head of the chain.
 */
export function withVariable(
	chain: Chain,
	head: Surface | null,
): { chain: Chain; completed: readonly Link[] } {
	const variable = head && soleArgument(head);
	const completed: Link[] = [];
	if (!variable) return { chain, completed };
	const links = chain.links.map((link): Link => {
		const { side } = link;
		if (side.kind !== "call" || !isBare(side)) return link;
		const full = { ...side, arguments: [variable], given: side.arguments };
		completed.push(link);
		return { ...link, side: full };
	});
	return { chain: { ...chain, links }, completed };
}

function soleArgument(head: Surface): Surface | null {
	if (!isDensityCall(head)) return null;
	const [only, ...more] = head.arguments;
	if (!only || more.length > 0 || isEquals(only)) return null;
	return only.kind === "name" ? only : null;
}

function isBare(side: Surface & { readonly kind: "call" }): boolean {
	const behind = side.given.length + side.parameters.length;
	const isFunction = namedFunction(side) !== null && side.arguments.length < 2;
	return distributionOf(side) !== null && behind === 0 && !isFunction;
}
