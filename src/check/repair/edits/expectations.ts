import {
	add,
	apply,
	log,
	mul,
	one,
	pow,
	transpose,
} from "../../../expr/build.js";
import type { Expectation, Expr } from "../../../expr/tree.js";
import { some } from "../../../expr/walk.js";
import type { Edit } from "../edit.js";
import { textOf } from "../tree.js";

/** An expectation and a function that do not commute. */

/** E[x]² for E[x²], E[x]ᵀE[x] for E[xᵀx], and the other way round. */
export const squareOfMean: Edit = {
	kind: "E[x²] for E[x]²",
	cost: 1,
	candidates({ node }) {
		if (node.kind === "pow" && node.base.kind === "expectation")
			return [inside(node.base, (body) => pow(body, node.exponent))];
		if (node.kind === "matmul") return productOfMeans(node.left, node.right);
		if (node.kind === "expectation" && node.body.kind === "pow")
			return [pow({ ...node, body: node.body.base }, node.body.exponent)];
		if (node.kind === "expectation" && node.body.kind === "matmul") {
			const { left, right } = node.body;
			return [
				{
					kind: "matmul",
					left: { ...node, body: left },
					right: { ...node, body: right },
				},
			];
		}
		return [];
	},
};

function productOfMeans(left: Expr, right: Expr): Expr[] {
	const mean = left.kind === "transpose" ? left.of : left;
	if (mean.kind !== "expectation" || right.kind !== "expectation") return [];
	if (textOf(mean.over) !== textOf(right.over)) return [];
	const first = left.kind === "transpose" ? transpose(mean.body) : mean.body;
	return [
		{ ...right, body: { kind: "matmul", left: first, right: right.body } },
	];
}

/** a² for the a (a + 1) of a Gamma's or a Beta's second moment. */
export const squareOfParameter: Edit = {
	kind: "E[x²] for E[x]²",
	cost: 1.1,
	candidates({ node }, { claim }) {
		if (node.kind !== "pow" || node.exponent.kind !== "num") return [];
		if (!node.exponent.value.abs().equals(2) || !isOfMean(claim.left))
			return [];
		const { base } = node;
		const power = node.exponent.value.s < 0n ? -1 : 1;
		return [mul(pow(base, power), pow(add(base, one), power))];
	},
};

function isOfMean(left: Expr): boolean {
	return some(left, (e) => e.kind === "expectation");
}

/** log a − log b for the E[log τ] = ψ(a) − log b of a Gamma: the logarithm of the mean. */
export const logarithmOfMean: Edit = {
	kind: "log E[x] for E[log x]: ψ, not log",
	cost: 1.05,
	candidates({ node }) {
		if (node.kind !== "apply") return [];
		if (node.fn === "log")
			return [apply("digamma", node.argument), ...ofQuotient(node.argument)];
		return node.fn === "digamma" ? [apply("log", node.argument)] : [];
	},
};

/** ψ(a) − log b for log(a/b). */
function ofQuotient(quotient: Expr): Expr[] {
	if (quotient.kind !== "mul") return [];
	return quotient.factors
		.filter((f) => f.kind === "symbol")
		.map((shape) =>
			add(
				apply("digamma", shape),
				...quotient.factors
					.filter((f) => f !== shape)
					.map((f) =>
						f.kind === "pow" ? mul(f.exponent, log(f.base)) : log(f),
					),
			),
		);
}

/** ψ(b) for the ψ(a + b) of a Beta: the digamma of one parameter where that of their sum belongs. */
export const digammaOfSum: Edit = {
	kind: "ψ of one parameter for ψ of their sum",
	cost: 1.1,
	candidates({ node, parent }, { symbols }) {
		if (node.kind !== "apply" || node.fn !== "digamma") return [];
		const { argument } = node;
		if (argument.kind === "add" || parent?.kind === "pow") return [];
		return symbols
			.filter((s) => s.shape.length === 0 && textOf(s) !== textOf(argument))
			.map((s) => apply("digamma", add(s, argument)));
	},
};

/** f(E[x]) for E[f(x)]: the logarithm or exponential on the wrong side. */
export const functionOfMean: Edit = {
	kind: "E[f(x)] for f(E[x])",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind === "apply" && node.argument.kind === "expectation")
			return [inside(node.argument, (body) => apply(node.fn, body))];
		if (node.kind === "expectation" && node.body.kind === "apply")
			return [apply(node.body.fn, { ...node, body: node.body.argument })];
		return [];
	},
};

function inside(mean: Expectation, f: (body: Expr) => Expr): Expectation {
	return { ...mean, body: f(mean.body) };
}
