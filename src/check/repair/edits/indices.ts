import { index, isNumber, mul } from "../../../expr/build.js";
import type { Expr, Pow } from "../../../expr/tree.js";
import { freeIndices, mapChildren } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import type { Scope } from "../place.js";
import { dimsOf } from "../placements.js";
import { textOf, withIndex } from "../tree.js";

/** Wrong subscripts. */

/** One subscript in place of another over the same range, at one occurrence. */
export const subscript: Edit = {
	kind: "index",
	cost: 1.15,
	candidates({ node, scope }) {
		if (node.kind === "entry")
			return node.at.flatMap((at, n) =>
				renamed(at, scope).map((e) => ({
					...node,
					at: node.at.map((a, m) => (m === n ? e : a)),
				})),
			);
		if (node.kind === "pow") return ofTwoIndices(node, scope);
		if (node.kind === "symbol" || node.kind === "indicator")
			return inOneChild(node, (child) => renamed(child, scope));
		return [];
	},
};

/** x_i x_j for x_i²: the product of two entries that are not the same. */
function ofTwoIndices({ base, exponent }: Pow, scope: Scope): Expr[] {
	if (base.kind !== "symbol" || !isNumber(exponent, 2)) return [];
	return base.indices.flatMap((at, n) =>
		renamed(at, scope).map((other) =>
			mul(base, {
				...base,
				indices: base.indices.map((a, m) => (m === n ? other : a)),
			}),
		),
	);
}

/** One index for another throughout a part of the formula. */
export const renamedThroughout: Edit = {
	kind: "index",
	cost: 1.25,
	candidates({ node, parent, scope, standsAlone }) {
		const inside = parent?.kind === "sum" || parent?.kind === "product";
		if (node.kind === "symbol" || (!standsAlone && !inside)) return [];
		return [...freeIndices(node)].flatMap((from) =>
			others(from, scope).map((to) => withIndex(node, from, index(to))),
		);
	},
};

/** φ_ki for φ_ik. */
export const swappedSubscripts: Edit = {
	kind: "index (subscripts swapped)",
	cost: 1.15,
	candidates({ node, scope }, { claim }) {
		if (node.kind !== "symbol" || node.indices.length !== 2) return [];
		const [a, b] = node.indices as [Expr, Expr];
		const ranges = [b, a].map((i) => i.kind === "index" && scope.get(i.name));
		const fits = ranges.join() === dimsOf(node, claim.context).join();
		return fits && textOf(a) !== textOf(b)
			? [{ ...node, indices: [b, a] }]
			: [];
	},
};

function others(name: string, scope: Scope): string[] {
	const range = scope.get(name);
	return range === undefined
		? []
		: [...scope]
				.filter(([other, r]) => other !== name && r === range)
				.map(([other]) => other);
}

/** The subscript with one index in it replaced, in every way. */
function renamed(at: Expr, scope: Scope): Expr[] {
	if (at.kind === "index") return others(at.name, scope).map(index);
	return inOneChild(at, (child) => renamed(child, scope));
}

/** The node with one of its children replaced, for every child and every replacement. */
function inOneChild(node: Expr, replacements: (child: Expr) => Expr[]): Expr[] {
	const options: Expr[][] = [];
	mapChildren(node, (child) => {
		options.push(replacements(child));
		return child;
	});
	return options.flatMap((list, at) =>
		list.map((replacement) => {
			let n = -1;
			return mapChildren(node, (child) => {
				n += 1;
				return n === at ? replacement : child;
			});
		}),
	);
}
