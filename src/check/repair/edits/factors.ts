import { mul, num, pow, size } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr } from "../../../expr/tree.js";
import type { Edit } from "../edit.js";
import { scaled } from "../tidy.js";

/** Signs and factors. Where the side depends linearly on a place, the residual tells the factor: see proportion.ts. */

export const sign: Edit = {
	kind: "sign",
	cost: 1,
	candidates: ({ node, standsAlone }) =>
		standsAlone && node.kind !== "num" ? [scaled(node, num(-1))] : [],
};

export const two: Edit = {
	kind: "factor 2",
	cost: 1.05,
	candidates: ({ node, standsAlone }) =>
		standsAlone && node.kind !== "num"
			? [scaled(node, num(2)), scaled(node, num("1/2"))]
			: [],
};

export const count: Edit = {
	kind: "factor of a size",
	cost: 1.1,
	candidates: ({ node, parent, standsAlone }, { sizes }) =>
		standsAlone && (node.kind !== "num" || parent?.kind !== "pow")
			? sizes.flatMap((name) => [
					scaled(node, size(name)),
					scaled(node, pow(size(name), -1)),
				])
			: [],
};

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
		if (!inside && (!standsAlone || linear)) return [];
		const scalars = symbols.filter(
			(s) =>
				s.shape.length === 0 &&
				s.indices.every((i) => i.kind !== "index" || scope.has(i.name)),
		);
		const factors = [
			...scalars.flatMap((s) => [s, pow(s, -1), pow(s, 2), pow(s, -2)]),
			...tables,
		];
		return factors.map((f) => scaled(node, f));
	},
};
