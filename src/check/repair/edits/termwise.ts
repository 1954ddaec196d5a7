import {
	add,
	apply,
	exp,
	isNumber,
	log,
	matmul,
	mul,
	neg,
	pow,
	size,
} from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Dim, Expr } from "../../../expr/tree.js";
import type { Edit } from "../edit.js";
import { raised } from "../tidy.js";
import { textOf } from "../tree.js";
import { isSquare, neighbours } from "./matrices.js";

/** What was done term by term, or factor by factor, and may not be. */

/** log a · log b for log a + log b. */
export const logarithmOfProduct: Edit = {
	kind: "the logarithm of a product is a sum",
	cost: 1.05,
	candidates({ node }) {
		if (node.kind === "product" && isLogarithm(node.body))
			return [{ ...node, kind: "sum" }];
		if (node.kind === "apply") return ofLogarithms(node);
		if (node.kind !== "mul") return [];
		const logs = node.factors.filter(isLogarithm);
		const others = node.factors.filter((f) => !isLogarithm(f));
		return logs.length > 1 ? [mul(...others, add(...logs))] : [];
	},
};

/** log a + log b for log a log b, which is read as log(a log b). */
function ofLogarithms(node: Expr): Expr[] {
	if (!isLogarithm(node) || node.argument.kind !== "mul") return [];
	const { factors } = node.argument;
	const inner = factors.filter(isLogarithm);
	const others = factors.filter((f) => !isLogarithm(f));
	return inner.length === 1 ? [add(log(mul(...others)), ...inner)] : [];
}

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
		const isRepeated = new Set(logs.map(textOf)).size < logs.length;
		return logs.length > 1 && !isRepeated
			? [add(log(add(...logs.map((l) => l.argument))), ...others)]
			: [];
	},
};

function isLogarithm(e: Expr): e is Expr & { kind: "apply"; fn: "log" } {
	return e.kind === "apply" && e.fn === "log";
}

/** 1 / log a for log(1/a). */
export const logarithmOfInverse: Edit = {
	kind: "the logarithm of an inverse is minus the logarithm",
	cost: 1.1,
	candidates: ({ node }) =>
		node.kind === "pow" && isNumber(node.exponent, -1) && isLogarithm(node.base)
			? [neg(node.base)]
			: [],
};

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

/** a + b for a b under a function or in a denominator, and the other way round. */
export const productForPlus: Edit = {
	kind: "sum for product",
	cost: 1.25,
	candidates({ node, linear }) {
		if (node.kind === "matmul" || shapeOf(node).length > 0)
			return ofMatrices(node);
		if (linear) return [];
		if (node.kind === "add") return [mul(...node.terms)];
		const isLetter = (f: Expr) =>
			f.kind === "symbol" || (f.kind === "pow" && f.base.kind === "symbol");
		return node.kind === "mul" && node.factors.every(isLetter)
			? [add(...node.factors)]
			: [];
	},
};

/** A B for A + B. */
function ofMatrices(node: Expr): Expr[] {
	if (node.kind === "matmul")
		return neighbours(node).map(({ a, b, before }) => before(add(a, b)));
	return node.kind === "add" && node.terms.length === 2 && isSquare(node)
		? [matmul(node.terms[0] as Expr, node.terms[1] as Expr)]
		: [];
}

/** tr A tr B, or tr A + tr B, for tr(A B); tr A uᵀw for uᵀAw. */
export const traceOfProduct: Edit = {
	kind: "the trace of a product is not the product of the traces",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind !== "mul" && node.kind !== "add") return [];
		const parts = node.kind === "mul" ? node.factors : node.terms;
		const joined = node.kind === "mul" ? mul : add;
		const traces = parts.filter((f) => f.kind === "trace");
		const others = parts.filter((f) => f.kind !== "trace");
		const [a, b] = traces;
		if (!a) return [];
		if (b)
			return traces.length === 2
				? [joined(...others, { kind: "trace", of: matmul(a.of, b.of) })]
				: [];
		return node.kind === "mul" ? withInnerProduct(a.of, others) : [];
	},
};

/** uᵀAw, where tr A stands beside uᵀw. */
function withInnerProduct(matrix: Expr, others: readonly Expr[]): Expr[] {
	return others.flatMap((f) => {
		if (f.kind !== "matmul" || shapeOf(f.right)[0] !== shapeOf(matrix)[0])
			return [];
		const quadratic = matmul(matmul(f.left, matrix), f.right);
		return [mul(...others.filter((g) => g !== f), quadratic)];
	});
}
