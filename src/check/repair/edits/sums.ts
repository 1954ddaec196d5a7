import {
	add,
	index,
	isNumber,
	mul,
	num,
	one,
	pow,
	size,
	sum,
} from "../../../expr/build.js";
import type { Context } from "../../../expr/context.js";
import type {
	BigProduct,
	BigSum,
	Dim,
	Expr,
	Mul,
	Sym,
} from "../../../expr/tree.js";
import { freeIndices, mapChildren } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import type { Scope } from "../place.js";
import { distinctNames, placements } from "../placements.js";
import { textOf, withIndex } from "../tree.js";

/** Sums and products over an index: bounds, exceptions, and the sign itself. */

/** The whole range where a part of it is written. */
export const wholeRange: Edit = {
	kind: "sum bound",
	cost: 0.99,
	candidates({ node }) {
		if (node.kind !== "sum" && node.kind !== "product") return [];
		const upper = size(node.range);
		return [
			{ ...node, lower: one, upper, except: [] },
			{ ...node, lower: one },
			{ ...node, upper },
			{ ...node, except: [] },
		];
	},
};

/** A part of the range where another, or the whole, is written. */
export const partOfRange: Edit = {
	kind: "sum bound",
	cost: 1.15,
	candidates({ node, scope }) {
		if (node.kind !== "sum" && node.kind !== "product") return [];
		const upper = size(node.range);
		const whole = { ...node, lower: one, upper, except: [] };
		const shorter = [
			{ ...whole, lower: num(2) },
			{ ...whole, upper: add(upper, num(-1)) },
		];
		return [...shorter, ...besides(whole, scope)];
	},
};

/** Σ_{j ≠ i}, Σ_{j > i} and Σ_{j < i} for each index i around. */
function besides(whole: BigSum | BigProduct, scope: Scope): Expr[] {
	return [...scope]
		.filter(([name, range]) => range === whole.range && name !== whole.index)
		.map(([name]) => index(name))
		.flatMap((at) => [
			{ ...whole, except: [at] },
			{ ...whole, lower: at },
			{ ...whole, upper: at },
			{ ...whole, lower: add(at, one) },
			{ ...whole, upper: add(at, num(-1)) },
		]);
}

/** Σ where one value of the index is meant. */
export const surplusSum: Edit = {
	kind: "sum too many",
	cost: 1.25,
	candidates({ node, scope }) {
		if (node.kind !== "sum" && node.kind !== "product") return [];
		const outer = [...scope].filter(
			([name, range]) => range === node.range && name !== node.index,
		);
		const fixed = outer.map(([name]) =>
			withIndex(node.body, node.index, index(name)),
		);
		const isFreeOutside = scope.has(node.index);
		return freeIndices(node.body).has(node.index) && !isFreeOutside
			? fixed
			: [node.body, ...fixed];
	},
};

/** One value of the index where Σ is meant. */
export const lostSum: Edit = {
	kind: "missing sum",
	cost: 1.25,
	candidates({ node, standsAlone, scope }, { claim }) {
		if (!standsAlone && node.kind !== "symbol") return [];
		const summed = [...freeIndices(node)].flatMap((name) => {
			const range = scope.get(name);
			const bound = unusedIndex(node, scope, range, claim.context);
			return range === undefined || !bound
				? []
				: [sum(bound, range, withIndex(node, name, index(bound)))];
		});
		return [...summed, ...ofFirst(node, scope, claim.context)];
	},
};

/** Σ_i f_i for N f_1. */
function ofFirst(node: Expr, scope: Scope, context: Context): Expr[] {
	if (node.kind !== "mul") return [];
	return node.factors.flatMap((f, n) => {
		const bound =
			f.kind === "size" && unusedIndex(node, scope, f.name, context);
		if (f.kind !== "size" || !bound) return [];
		const others = mul(...node.factors.filter((_, m) => m !== n));
		return [sum(bound, f.name, atEach(others, f.name, index(bound), context))];
	});
}

/** The tree with the first entries along an axis replaced by those at an index. */
function atEach(e: Expr, axis: string, at: Expr, context: Context): Expr {
	if (e.kind !== "symbol")
		return mapChildren(e, (child) => atEach(child, axis, at, context));
	const dims = context.symbols.get(e.name)?.dims ?? [];
	return {
		...e,
		indices: e.indices.map((i, n) =>
			dims[n] === axis && isNumber(i, 1) ? at : i,
		),
	};
}

/** Σ_i w_ik for Σ_k w_ik, as in a row that is normalised over the wrong index. */
export const anotherIndexOfSum: Edit = {
	kind: "sum over the wrong index",
	cost: 1.2,
	candidates({ node, scope }, { claim }) {
		if (node.kind !== "sum") return [];
		const outer = [...scope].filter(
			([name, range]) => range === node.range && name !== node.index,
		);
		return outer.flatMap(([name]) => {
			const body = withIndex(node.body, node.index, index(name));
			return [...freeIndices(body)].flatMap((other) => {
				const range = scope.get(other);
				const bound = unusedIndex(body, scope, range, claim.context);
				return range === undefined || !bound || other === name
					? []
					: [sum(bound, range, withIndex(body, other, index(bound)))];
			});
		});
	},
};

/** A letter for an index over the range that means nothing yet in the node or around it. */
function unusedIndex(
	node: Expr,
	scope: Scope,
	range: Dim | undefined,
	context: Context,
): string | undefined {
	const own = [...context.ranges]
		.filter(([, r]) => r === range)
		.map(([name]) => name);
	const others = ["j", "l", "n", "r", "t"].filter(
		(l) =>
			!context.symbols.has(l) &&
			!context.sizes.has(l) &&
			!context.ranges.has(l),
	);
	const text = textOf(node);
	return [...own, ...others].find(
		(l) => !scope.has(l) && !text.includes(`"index":"${l}"`),
	);
}

/** Σ for Π, Π for Σ. */
export const productForSum: Edit = {
	kind: "sum for product",
	cost: 1.2,
	candidates({ node }) {
		if (node.kind === "sum" && node.body.kind !== "sum")
			return [{ ...node, kind: "product" }];
		return node.kind === "product" ? [{ ...node, kind: "sum" }] : [];
	},
};

/** The number N of terms where the sum of their weights, such as N_k = Σ_i φ_ik, is meant. */
export const countForWeights: Edit = {
	kind: "count for a sum of weights",
	cost: 1.2,
	candidates({ node, scope }, { symbols, claim }) {
		const weights = distinctNames(symbols).filter((s) => s.shape.length === 0);
		if (node.kind === "mul")
			return weights.flatMap((s) => ofSum(node, s, scope, claim.context));
		if (node.kind !== "size") return [];
		const bound = unusedIndex(node, scope, node.name, claim.context);
		return bound
			? weights.flatMap((s) =>
					sumsOf(s, node.name, bound, scope, claim.context),
				)
			: [];
	},
};

/** N Σ_k f_k for Σ_i Σ_k φ_ik f_k. */
function ofSum(node: Mul, weight: Sym, scope: Scope, context: Context): Expr[] {
	const inner = node.factors.find((f) => f.kind === "sum");
	if (inner?.kind !== "sum") return [];
	const within = new Map(scope).set(inner.index, inner.range);
	return node.factors.flatMap((f) => {
		if (f.kind !== "size") return [];
		const bound = unusedIndex(node, within, f.name, context);
		if (!bound) return [];
		const others = node.factors.filter((g) => g !== f && g !== inner);
		return placements(weight, within.set(bound, f.name), context)
			.filter((s) => freeIndices(s).has(bound))
			.map((s) =>
				sum(bound, f.name, {
					...inner,
					body: mul(...others, s, inner.body),
				}),
			);
	});
}

/** Σ_i s_ik: a number of two subscripts added up over the one, the other at an index in scope. */
export function totals(s: Sym, scope: Scope, context: Context): Expr[] {
	const dims = context.symbols.get(s.name)?.dims ?? [];
	if (dims.length !== 2 || s.indices.length !== 2) return [];
	return dims.flatMap((range, n) => {
		const bound = unusedIndex(s, scope, range, context);
		const kept = [...scope].filter(([, r]) => r === dims[1 - n]);
		return bound === undefined
			? []
			: kept.map(([name]) => {
					const at = [index(bound), index(name)];
					return sum(bound, range, {
						...s,
						indices: n === 0 ? at : at.reverse(),
					});
				});
	});
}

/** Σ of a symbol over the one subscript that has the range; the others are at indices in scope. */
function sumsOf(
	weight: Sym,
	range: string,
	bound: string,
	scope: Scope,
	context: Context,
): Expr[] {
	const at = (context.symbols.get(weight.name)?.dims ?? []).indexOf(range);
	if (at < 0) return [];
	const inside = new Map([...scope].filter(([, r]) => r !== range));
	return placements(weight, inside.set(bound, range), context).map((s) =>
		sum(bound, range, s),
	);
}

/** Σ f / Σ g for Σ f/g, and Σ f Σ g for Σ f g. */
export const productOfSums: Edit = {
	kind: "a product or quotient of sums is not the sum of products or quotients",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind === "sum") return ofNested(node);
		if (node.kind !== "mul") return [];
		return node.factors.flatMap((f, a) =>
			node.factors.slice(a + 1).flatMap((g, b) => {
				const joined = jointSum(f, g);
				const others = node.factors.filter(
					(_, n) => n !== a && n !== a + 1 + b,
				);
				return joined ? [mul(...others, joined)] : [];
			}),
		);
	},
};

/** Σ_i x_i y_i for Σ_i x_i Σ_i y_i, which is a sum within a sum. */
function ofNested(node: BigSum): Expr[] {
	const factors = node.body.kind === "mul" ? node.body.factors : [node.body];
	return factors.flatMap((f, n) => {
		if (f.kind !== "sum" || f.range !== node.range) return [];
		const inner = withIndex(f.body, f.index, index(node.index));
		const others = factors.filter((_, m) => m !== n);
		return [{ ...node, body: mul(...others, inner) }];
	});
}

/** Σ_k f_k g_k from Σ_k f_k and (Σ_k g_k)^{±1}. */
function jointSum(a: Expr, b: Expr): Expr | null {
	const first = sumIn(a);
	const second = sumIn(b);
	if (!first || !second || first.range !== second.range) return null;
	const power = (e: Expr, body: Expr) =>
		e.kind === "pow" ? pow(body, e.exponent) : body;
	const body = withIndex(second.body, second.index, index(first.index));
	return { ...first, body: mul(power(a, first.body), power(b, body)) };
}

function sumIn(e: Expr): BigSum | null {
	const inner = e.kind === "pow" ? e.base : e;
	return inner.kind === "sum" ? inner : null;
}
