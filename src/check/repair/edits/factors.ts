import { mul, num, pow, size } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr } from "../../../expr/tree.js";
import type { Edit } from "../edit.js";
import type { Place } from "../place.js";
import { scaled } from "../tidy.js";

/** Signs and factors. Where the side depends linearly on a place, the residual tells the factor: see proportion.ts. */

export const sign: Edit = {
	kind: "sign",
	cost: 1,
	candidates: (place) =>
		takesFactor(place) ? [scaled(place.node, num(-1))] : [],
};

export const two: Edit = {
	kind: "factor 2",
	cost: 1.05,
	candidates: (place) =>
		takesFactor(place)
			? [num(2), num("1/2")].map((factor) => scaled(place.node, factor))
			: [],
};

export const count: Edit = {
	kind: "factor of a size",
	cost: 1.1,
	candidates: (place, { sizes }) =>
		takesFactor(place)
			? sizes
					.flatMap((name) => [size(name), pow(size(name), -1)])
					.map((factor) => scaled(place.node, factor))
			: [],
};

/** Numbers stand for themselves in exponents, and a variable or a mean that is one letter is seldom off by a factor. */
function takesFactor({ node, parent, standsAlone }: Place): boolean {
	if (!standsAlone || (node.kind === "num" && parent?.kind === "pow"))
		return false;
	return parent?.kind !== "pdf" || node.kind !== "symbol";
}

export const surplusFactor: Edit = {
	kind: "factor too many",
	cost: 1.2,
	candidates: ({ node }) =>
		node.kind === "mul"
			? node.factors.flatMap((f, n) => without(node.factors, f, n))
			: [],
};

function without(factors: readonly Expr[], factor: Expr, at: number): Expr[] {
	const isScalar = shapeOf(factor).length === 0;
	return isScalar ? [mul(...factors.filter((_, n) => n !== at))] : [];
}

/** A factor that depends on the index of a sum, lost inside that sum; or any factor, where no residual tells it. */
export const lostFactor: Edit = {
	kind: "missing factor",
	cost: 1.5,
	candidates(
		{ node, parent, standsAlone, linear, scope },
		{ symbols, tables },
	) {
		const inside =
			parent?.kind === "sum" ||
			parent?.kind === "product" ||
			parent?.kind === "integral";
		const densities = inside || standsAlone ? tables : [];
		if (!inside && (!standsAlone || linear))
			return densities.map((f) => scaled(node, f));
		const scalars = symbols.filter(
			(s) =>
				s.shape.length === 0 &&
				s.indices.every((i) => i.kind !== "index" || scope.has(i.name)),
		);
		const factors = [
			...scalars.flatMap((s) => [s, pow(s, -1), pow(s, 2), pow(s, -2)]),
			...densities,
		];
		return factors.map((f) => scaled(node, f));
	},
};
