import {
	add,
	apply,
	exp,
	isNumber,
	log,
	mul,
	pow,
	size,
} from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Dim, Expr } from "../../../expr/tree.js";
import { freeIndices } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import { raised } from "../tidy.js";

/** What was done term by term, or factor by factor, and may not be. */

/** log a · log b for log a + log b. */
export const logarithmOfProduct: Edit = {
	kind: "the logarithm of a product is a sum",
	cost: 1.05,
	candidates({ node }) {
		if (node.kind === "product" && isLogarithm(node.body))
			return [{ ...node, kind: "sum" }];
		if (node.kind !== "mul") return [];
		const logs = node.factors.filter(isLogarithm);
		const others = node.factors.filter((f) => !isLogarithm(f));
		return logs.length > 1 ? [mul(...others, add(...logs))] : [];
	},
};

/** log a + log b for log(a + b), Σ log f for log Σ f. */
export const logarithmOfSum: Edit = {
	kind: "the logarithm of a sum does not split",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind === "sum" && isLogarithm(node.body))
			return [log({ ...node, body: node.body.argument })];
		if (node.kind !== "add") return [];
		const logs = node.terms.filter(isLogarithm);
		const others = node.terms.filter((t) => !isLogarithm(t));
		return logs.length > 1
			? [add(log(add(...logs.map((l) => l.argument))), ...others)]
			: [];
	},
};

function isLogarithm(e: Expr): e is Expr & { kind: "apply"; fn: "log" } {
	return e.kind === "apply" && e.fn === "log";
}

/** Σ ψ(γ_j) for ψ(Σ γ_j). */
export const functionOfSum: Edit = {
	kind: "a function of a sum is not taken term by term",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind !== "sum" || node.body.kind !== "apply") return [];
		const { fn, argument } = node.body;
		return fn === "log" || fn === "exp"
			? []
			: [apply(fn, { ...node, body: argument })];
	},
};

/** eᵃ + eᵇ for eᵃ⁺ᵇ. */
export const exponentialOfSum: Edit = {
	kind: "the exponential of a sum is a product",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind === "sum" && isExponential(node.body))
			return [exp({ ...node, body: node.body.argument })];
		if (node.kind !== "add") return [];
		const powers = node.terms.filter(isExponential);
		const others = node.terms.filter((t) => !isExponential(t));
		if (powers.length === 1 && others.length === 1)
			return [mul(...others, ...powers)];
		return powers.length > 1 ? [add(mul(...powers), ...others)] : [];
	},
};

function isExponential(e: Expr): e is Expr & { kind: "apply"; fn: "exp" } {
	return e.kind === "apply" && e.fn === "exp";
}

/** 1/a + 1/b for 1/(a + b), and the other way round; a + b for 1/(1/a + 1/b). */
export const inverseOfSum: Edit = {
	kind: "the inverse of a sum is not taken term by term",
	cost: 1.1,
	candidates({ node }) {
		if (shapeOf(node).length > 0) return [];
		if (node.kind === "pow" && node.base.kind === "add")
			return isNumber(node.exponent, -1)
				? [add(...node.base.terms.map((t) => raised(t, -1)))]
				: [];
		return node.kind === "add"
			? [pow(add(...node.terms.map((t) => raised(t, -1))), -1)]
			: [];
	},
};

/** Σ a² for (Σ a)², and the other way round. */
export const squareOfSum: Edit = {
	kind: "cross terms lost: the square of a sum is not the sum of the squares",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind === "sum") {
			const root = rootOf(node.body);
			return root ? [pow({ ...node, body: root }, 2)] : [];
		}
		return node.kind === "pow" &&
			isNumber(node.exponent, 2) &&
			node.base.kind === "sum"
			? [{ ...node.base, body: pow(node.base.body, 2) }]
			: [];
	},
};

/** a b for a² b²; null where a factor is no square. */
function rootOf(e: Expr): Expr | null {
	const factors = e.kind === "mul" ? e.factors : [e];
	const roots = factors.flatMap((f) =>
		f.kind === "pow" && isNumber(f.exponent, 2) ? [f.base] : [],
	);
	return roots.length === factors.length ? mul(...roots) : null;
}

/** c |A| for |c A| = c^D |A|. */
export const determinantOfMultiple: Edit = {
	kind: "a factor leaves a determinant once for each row",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind !== "mul") return [];
		const order = orderOf(node.factors);
		if (order === null) return [];
		return node.factors.flatMap((f, at) =>
			hasDeterminant(f)
				? []
				: [
						mul(
							...node.factors.map((g, n) =>
								n === at ? pow(g, size(order)) : g,
							),
						),
					],
		);
	},
};

/** The number of rows of the first determinant among the factors. */
function orderOf(factors: readonly Expr[]): Dim | null {
	for (const f of factors) {
		const inner = f.kind === "pow" ? f.base : f;
		if (inner.kind === "determinant") return shapeOf(inner.of)[0] ?? null;
	}
	return null;
}

function hasDeterminant(f: Expr): boolean {
	return (f.kind === "pow" ? f.base : f).kind === "determinant";
}

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

/** a + b for a b under a function or in a denominator, and the other way round. */
export const productForPlus: Edit = {
	kind: "sum for product",
	cost: 1.25,
	candidates({ node, linear }) {
		if (linear || shapeOf(node).length > 0) return [];
		if (node.kind === "add") return [mul(...node.terms)];
		return node.kind === "mul" && node.factors.every((f) => f.kind === "symbol")
			? [add(...node.factors)]
			: [];
	},
};

/** tr A tr B for tr(A B). */
export const traceOfProduct: Edit = {
	kind: "the trace of a product is not the product of the traces",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind !== "mul") return [];
		const traces = node.factors.filter((f) => f.kind === "trace");
		const others = node.factors.filter((f) => f.kind !== "trace");
		const [a, b] = traces;
		return a && b && traces.length === 2
			? [
					mul(...others, {
						kind: "trace",
						of: { kind: "matmul", left: a.of, right: b.of },
					}),
				]
			: [];
	},
};

/** Σ a + b for Σ (a + b): a sum that ends too early. */
export const scopeOfSum: Edit = {
	kind: "the scope of Σ: set brackets around what it reaches over",
	cost: 1.12,
	candidates({ node }) {
		if (node.kind !== "add") return [];
		return node.terms.flatMap((t, at) =>
			t.kind === "sum" && node.terms.length > 1
				? [
						{
							...t,
							body: add(t.body, ...node.terms.filter((_, n) => n !== at)),
						},
					]
				: [],
		);
	},
};
