import { add, index, matmul, mul, neg } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { BigSum, Expr } from "../../../expr/tree.js";
import { freeIndices } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import { withIndex } from "../tree.js";

/** How far a factor, Σ or Π reaches. */

/** Π (f g) for (Π f) g: a product that reaches over a factor which belongs to the whole. */
export const scopeOfProduct: Edit = {
	kind: "the scope of Π: set brackets around what it reaches over",
	cost: 1.12,
	candidates({ node }) {
		if (node.kind !== "product" || node.body.kind !== "mul") return [];
		const { factors } = node.body;
		const inside = factors.filter((f) => freeIndices(f).has(node.index));
		const outside = factors.filter((f) => !inside.includes(f));
		return inside.length > 0 && outside.length > 0
			? [mul({ ...node, body: mul(...inside) }, ...outside)]
			: [];
	},
};

/** c a + b for c (a + b), and the other way round. */
export const brackets: Edit = {
	kind: "lost brackets",
	named: (_after, { node }) =>
		node.kind === "add" ? "lost brackets" : "brackets around too much",
	cost: 1.15,
	candidates({ node }) {
		if (shapeOf(node).length > 0) return [];
		if (node.kind === "add")
			return node.terms.flatMap((t, n) =>
				bracketed(t, node.terms.slice(0, n), node.terms.slice(n + 1)),
			);
		if (node.kind !== "mul") return [];
		return node.factors
			.flatMap((f, n) => {
				if (f.kind !== "add") return [];
				const others = node.factors.filter((_, m) => m !== n);
				return f.terms.map((_, at) =>
					add(...f.terms.map((t, m) => (m <= at ? mul(...others, t) : t))),
				);
			})
			.filter((e) => e.kind === "add");
	},
};

/** a + c b + d as a + c (b + d), for every beginning c of the product. */
function bracketed(
	term: Expr,
	before: readonly Expr[],
	after: readonly Expr[],
): Expr[] {
	if (term.kind !== "mul" || after.length === 0) return [];
	const { factors } = term;
	return factors
		.slice(1)
		.map((_, n) =>
			add(
				...before,
				mul(
					...factors.slice(0, n + 1),
					add(mul(...factors.slice(n + 1)), ...after),
				),
			),
		);
}

/** Terms after a sum that it may have been meant to reach over. */
const mostReached = 3;

/** Σ a + b for Σ (a + b), Σ c a + b for Σ c (a + b): a sum that ends too early. */
export const scopeOfSum: Edit = {
	kind: "the scope of Σ: set brackets around what it reaches over",
	cost: 1.12,
	candidates({ node }) {
		if (node.kind !== "add") return [];
		const { terms } = node;
		return terms.flatMap((t, at) => {
			const big = sumIn(t);
			if (!big) return [];
			const others = terms.filter((_, n) => n !== at);
			const following = [1, 2, mostReached]
				.map((count) => terms.slice(at + 1, at + 1 + count))
				.filter((some, n) => some.length === n + 1);
			return [
				...reaching(big, others, []),
				...following
					.filter((some) => some.length < others.length)
					.flatMap((some) =>
						reaching(
							big,
							some,
							others.filter((o) => !some.includes(o)),
						),
					),
			];
		});
	},
};

/** A sum, and what it stands in. */
interface Summed {
	readonly sum: BigSum;
	around(sum: Expr): Expr;
	/** Whether the sum is subtracted. */
	readonly isNegative: boolean;
}

/** The sum that a term ends with. */
function sumIn(term: Expr): Summed | null {
	if (term.kind === "sum")
		return { sum: term, around: (e) => e, isNegative: false };
	if (term.kind === "matmul") {
		const inner = sumIn(term.right);
		return (
			inner && {
				...inner,
				around: (e) => matmul(term.left, inner.around(e)),
			}
		);
	}
	if (term.kind !== "mul") return null;
	const [last, ...others] = [...term.factors].reverse();
	const inner = last && sumIn(last);
	if (!inner) return null;
	const before = others.reverse();
	const [sign, ...more] = before;
	const isSign = sign?.kind === "num" && sign.value.equals(-1);
	return {
		...inner,
		around: (e) => mul(...before, inner.around(e)),
		isNegative: isSign && more.length === 0,
	};
}

/** A term that means the index of the sum, which goes by a name of its own where the same letter stands outside. */
function withIndexOf(sum: BigSum, term: Expr): Expr {
	const [letter] = sum.index.split("#");
	return letter === undefined || letter === sum.index
		? term
		: withIndex(term, letter, index(sum.index));
}

/** The sum over its body and these terms, the terms beside the body or within a product of which it is the last factor. */
function reaching(
	{ sum, around, isNegative }: Summed,
	terms: readonly Expr[],
	outside: readonly Expr[],
): Expr[] {
	const own = terms.map((t) => withIndexOf(sum, t));
	const readings = isNegative ? [own.map(neg), own] : [own];
	return readings
		.flatMap((inside) => bodiesOver(sum.body, inside))
		.map((body) => add(around({ ...sum, body }), ...outside));
}

/** The body with these terms beside it, or beside the end of its product. */
function bodiesOver(body: Expr, inside: readonly Expr[]): Expr[] {
	const bodies = [add(body, ...inside)];
	if (body.kind === "mul")
		body.factors.slice(1).forEach((_, n) => {
			const [before, after] = [
				body.factors.slice(0, n + 1),
				body.factors.slice(n + 1),
			];
			if (shapeOf(mul(...after)).length === 0)
				bodies.push(mul(...before, add(mul(...after), ...inside)));
		});
	return bodies;
}
