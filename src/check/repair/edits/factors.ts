import type Fraction from "fraction.js";
import {
	add,
	dot,
	index,
	mul,
	neg,
	num,
	one,
	pow,
	size,
} from "../../../expr/build.js";
import type { Context } from "../../../expr/context.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr } from "../../../expr/tree.js";
import { freeIndices, some, visit } from "../../../expr/walk.js";
import type { Claim } from "../../claim.js";
import type { Edit, Surroundings } from "../edit.js";
import type { Place, Scope } from "../place.js";
import { dimsOf, distinctNames, placements } from "../placements.js";
import { nameOfNumber } from "../proportion.js";
import { scaled } from "../tidy.js";
import { textOf, withIndex } from "../tree.js";
import { totals } from "./sums.js";

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
	named: (after, { node }) => `factor ${sizeBetween(node, after)}`,
	cost: 1.1,
	candidates: (place, { sizes }) =>
		takesFactor(place)
			? sizes
					.flatMap((name) => [size(name), pow(size(name), -1)])
					.map((factor) => scaled(place.node, factor))
			: [],
};

/** The size that is in one tree more often than in another. */
function sizeBetween(a: Expr, b: Expr): string {
	const count = (e: Expr) => {
		const found = new Map<string, number>();
		visit(e, (x) => {
			if (x.kind === "size") found.set(x.name, (found.get(x.name) ?? 0) + 1);
		});
		return found;
	};
	const [before, after] = [count(a), count(b)];
	const names = [...new Set([...before.keys(), ...after.keys()])];
	return names.find((n) => before.get(n) !== after.get(n)) ?? "of a size";
}

/** Numbers stand for themselves in exponents, and a variable or a mean that is one letter is seldom off by a factor. */
export function takesFactor({ node, parent, standsAlone }: Place): boolean {
	if (!standsAlone || (node.kind === "num" && parent?.kind === "pow"))
		return false;
	return parent?.kind !== "pdf" || node.kind !== "symbol";
}

export const surplusFactor: Edit = {
	kind: "factor too many",
	named(after, { node }) {
		const [before, now] = [numberOf(node), numberOf(after)];
		return before.equals(now)
			? "factor too many"
			: nameOfNumber(now.div(before)).kind;
	},
	cost: 1.2,
	candidates: ({ node }) =>
		node.kind === "mul"
			? node.factors.flatMap((f, n) => without(node.factors, f, n))
			: [],
};

/** The numbers among the factors as one. */
function numberOf(e: Expr): Fraction {
	const factors = e.kind === "mul" ? e.factors : [e];
	return factors.reduce(
		(product, f) =>
			f.kind === "num" && f.value.n !== 0n ? product.mul(f.value) : product,
		one.value,
	);
}

function without(factors: readonly Expr[], factor: Expr, at: number): Expr[] {
	const isScalar = shapeOf(factor).length === 0;
	return isScalar ? [mul(...factors.filter((_, n) => n !== at))] : [];
}

/** A factor that depends on the index of a sum, lost inside that sum; or any factor, where no residual tells it. */
export const lostFactor: Edit = {
	kind: "missing factor",
	cost: 1.5,
	candidates(place, around) {
		const { node, parent, standsAlone, linear } = place;
		const inside =
			parent?.kind === "sum" ||
			parent?.kind === "product" ||
			parent?.kind === "integral";
		if (shapeOf(node).length > 0 && !inside) return [];
		const others =
			inside || standsAlone
				? [
						...around.tables,
						...around.tables.map((t) => pow(t, -1)),
						...squaresAt(place, around),
					]
				: [];
		const letters =
			inside || (standsAlone && (!linear || hidesFactors(node)))
				? lettersAt(place, around)
				: [];
		return [...letters, ...others].map((f) => scaled(node, f));
	},
};

/** Whether a sum stands in a denominator, as one does in σ(x), in which no residual sees a factor. */
function hidesFactors(node: Expr): boolean {
	const factors = node.kind === "mul" ? node.factors : [node];
	return factors.some(
		(f) =>
			(f.kind === "apply" && f.fn === "sigmoid") ||
			(f.kind === "pow" &&
				(f.base.kind === "add" || f.base.kind === "sum") &&
				f.exponent.kind === "num" &&
				f.exponent.value.s < 0n),
	);
}

/** The 1 − x of a coin that shows tails, lost inside a sum. */
export const lostComplement: Edit = {
	kind: "missing factor",
	cost: 1.2,
	candidates({ node, parent, scope }, { symbols, claim }) {
		if (parent?.kind !== "sum" || shapeOf(node).length > 0) return [];
		const { context } = claim;
		return distinctNames(symbols)
			.filter((s) => s.shape.length === 0 && isShare(context, s.name))
			.flatMap((s) => placements(s, scope, context))
			.map((s) => scaled(node, add(one, neg(s))));
	},
};

/** The e^{f(x)} of a chain rule, or another function that stands in the claim. */
export const lostFunction: Edit = {
	kind: "missing factor",
	named: (_after, _place, { claim }) =>
		claim.left.kind === "derivative"
			? "chain rule: the inner derivative is lost"
			: "missing factor",
	cost: 1.3,
	candidates({ node, parent, standsAlone, linear, scope }, { claim }) {
		if (shapeOf(node).length > 0) return [];
		const isSummed = parent?.kind === "sum";
		if (!(standsAlone || parent === null || isSummed)) return [];
		if (linear && !isSummed && parent !== null && parent.kind !== "add")
			return [];
		return functionsIn(claim, scope).map((f) => scaled(node, f));
	},
};

/** Functions of numbers in the sides, at indices in scope. */
function functionsIn({ left, right, context }: Claim, scope: Scope): Expr[] {
	const found = new Map<string, Expr>();
	const names = new Set(scope.keys());
	for (const side of [left, right])
		visit(side, (e) => {
			if (e.kind !== "apply" || e.fn === "log") return;
			for (const f of [e, ...atIndices(e, names)])
				if (fits(f, scope, context)) found.set(textOf(f), f);
		});
	return [...found.values()];
}

/** Whether all indices are in scope, and run over what they stand at. */
function fits(e: Expr, scope: Scope, context: Context): boolean {
	return (
		[...freeIndices(e)].every((i) => scope.has(i)) &&
		!some(
			e,
			(s) =>
				s.kind === "symbol" &&
				dimsOf(s, context).some((dim, n) => {
					const at = s.indices[n];
					const range = at?.kind === "index" ? scope.get(at.name) : undefined;
					return range !== undefined && range !== dim;
				}),
		)
	);
}

/** e^{f_k} for the e^{f_j} of a sum over j. */
function atIndices(e: Expr, free: ReadonlySet<string>): Expr[] {
	const [own, ...more] = [...freeIndices(e)].filter((i) => !free.has(i));
	return own === undefined || more.length > 0
		? []
		: [...free].map((k) => withIndex(e, own, index(k)));
}

/** vᵀv for each vector of the claim at the indices in scope. */
function squaresAt({ scope }: Place, { symbols, claim }: Surroundings): Expr[] {
	return distinctNames(symbols.filter((s) => s.shape.length === 1))
		.flatMap((s) => placements(s, scope, claim.context))
		.map((v) => dot(v, v));
}

/** The numbers of the claim at the indices in scope, with what one makes of them: s, 1/s, s², 1 − s, Σ_i s_ik. */
function lettersAt({ scope }: Place, { symbols, claim }: Surroundings): Expr[] {
	const { context } = claim;
	return distinctNames(symbols.filter((s) => s.shape.length === 0)).flatMap(
		(s) => [
			...placements(s, scope, context).flatMap((at) => [
				at,
				pow(at, -1),
				pow(at, 2),
				pow(at, -2),
				...(isShare(context, s.name) ? [add(one, neg(at))] : []),
			]),
			...totals(s, scope, context),
		],
	);
}

/** Whether 1 − s makes sense: a probability, a weight, or the outcome of a coin. */
export function isShare({ symbols, model }: Context, name: string): boolean {
	const type = symbols.get(name)?.type;
	const law = model?.statements.find((s) => s.variable === name)?.distribution;
	return (
		type === "simplex" ||
		type === "probability" ||
		law === "Bernoulli" ||
		law === "Beta"
	);
}
