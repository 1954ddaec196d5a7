import { apply, pow, transpose } from "../../../expr/build.js";
import type { Expectation, Expr } from "../../../expr/tree.js";
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
