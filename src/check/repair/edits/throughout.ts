import { apply } from "../../../expr/build.js";
import type { Context } from "../../../expr/context.js";
import type { Expr, FunctionName } from "../../../expr/tree.js";
import { mapChildren, replaceSymbols, some } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import type { Place } from "../place.js";
import { distinctNames } from "../placements.js";

/** One slip made wherever it could be made. Such an edit is of the whole side or of a summand. */

/** α for γ in every place, at whatever subscripts. */
export const anotherSymbolThroughout: Edit = {
	kind: "wrong symbol",
	cost: 1.4,
	candidates(place, { symbols, claim }) {
		const { node } = place;
		if (!isPart(place)) return [];
		const { context } = claim;
		const names = distinctNames(symbols).map((s) => s.name);
		const present = names.filter((name) => occursTwice(node, name));
		return present.flatMap((from) =>
			names
				.filter((to) => to !== from && isAlike(from, to, context))
				.map((to) =>
					replaceSymbols(node, (s) =>
						s.name === from ? { ...s, name: to } : s,
					),
				),
		);
	},
};

/** log γ_k − log Σ γ_j for ψ(γ_k) − ψ(Σ γ_j). */
export const logarithmOfMeanThroughout: Edit = {
	kind: "log E[x] for E[log x]: ψ, not log",
	cost: 1.15,
	candidates(place, { claim }) {
		if (!isPart(place) || !isOfMean(claim.left)) return [];
		const { node } = place;
		const [turned, swapped] = [
			replacedFunctions(node, { log: "digamma" }),
			replacedFunctions(node, { log: "digamma", digamma: "log" }),
		];
		return [turned, swapped];
	},
};

function isOfMean(left: Expr): boolean {
	return some(left, (e) => e.kind === "expectation");
}

/** The whole side, or a sum. */
function isPart({ node, parent }: Place): boolean {
	return parent === null || node.kind === "add";
}

function replacedFunctions(
	e: Expr,
	by: Partial<Record<FunctionName, FunctionName>>,
): Expr {
	const inner = mapChildren(e, (child) => replacedFunctions(child, by));
	const fn = inner.kind === "apply" ? by[inner.fn] : undefined;
	return inner.kind === "apply" && fn ? apply(fn, inner.argument) : inner;
}

function occursTwice(e: Expr, name: string): boolean {
	let count = 0;
	some(e, (node) => {
		if (node.kind === "symbol" && node.name === name) count += 1;
		return count > 1;
	});
	return count > 1;
}

function isAlike(a: string, b: string, { symbols }: Context): boolean {
	const [first, second] = [symbols.get(a), symbols.get(b)];
	return (
		first !== undefined &&
		first.dims.join() === second?.dims.join() &&
		first.labels === second.labels
	);
}
