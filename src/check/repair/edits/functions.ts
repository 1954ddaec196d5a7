import {
	add,
	apply,
	exp,
	log,
	mul,
	one,
	pow,
	size,
} from "../../../expr/build.js";
import type { Context } from "../../../expr/context.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr } from "../../../expr/tree.js";
import { some } from "../../../expr/walk.js";
import type { Claim } from "../../claim.js";
import type { Edit } from "../edit.js";

/** A logarithm or another function lost, or one too many. */

export const surplusFunction: Edit = {
	kind: "logarithm or other function too many",
	cost: 1.3,
	candidates: ({ node }) => (node.kind === "apply" ? [node.argument] : []),
};

export const lostLogarithm: Edit = {
	kind: "missing logarithm",
	cost: 1.3,
	candidates({ node, parent }) {
		if (shapeOf(node).length > 0 || parent?.kind === "pow") return [];
		if (parent?.kind === "apply" && parent.fn === "log") return [];
		if (node.kind === "apply" && node.fn === "gamma")
			return [apply("lgamma", node.argument)];
		return [
			"symbol",
			"determinant",
			"size",
			"pow",
			"pdf",
			"table",
			"integral",
			"sum",
		].includes(node.kind)
			? [log(node)]
			: [];
	},
};

/** φ where φ log φ is meant. */
export const lostLogFactor: Edit = {
	kind: "missing logarithm",
	cost: 1.3,
	candidates({ node, standsAlone, parent }, { claim }) {
		if (!standsAlone && parent?.kind !== "sum") return [];
		const factors = node.kind === "mul" ? node.factors : [node];
		const positive = factors.filter(
			(f) =>
				f.kind === "symbol" &&
				f.shape.length === 0 &&
				hasLogarithm(claim.context, f.name),
		);
		return positive.map((f) => mul(node, log(f)));
	},
};

function hasLogarithm(context: Context, name: string): boolean {
	const type = context.symbols.get(name)?.type;
	return type === "simplex" || type === "probability" || type === "positive";
}

/** a for ψ(a) or ln Γ(a), in what a Gamma, a Beta or a Dirichlet is part of. */
export const lostGamma: Edit = {
	kind: "missing ψ or ln Γ",
	named: (after) =>
		after.kind === "apply" && after.fn === "digamma"
			? "missing ψ"
			: "missing ln Γ",
	cost: 1.3,
	candidates({ node, parent }, { claim }) {
		if (shapeOf(node).length > 0 || parent?.kind === "pow") return [];
		if (node.kind === "num" || node.kind === "apply") return [];
		return isOfGamma(claim)
			? [apply("digamma", node), apply("lgamma", node)]
			: [];
	},
};

/** n for n!, and log n for log n!. */
export const lostFactorial: Edit = {
	kind: "missing factorial",
	cost: 1.2,
	candidates({ node }, { claim }) {
		const { symbols } = claim.context;
		const isCount = (e: Expr) =>
			e.kind === "size" ||
			(e.kind === "symbol" &&
				["count", "integer"].includes(symbols.get(e.name)?.type ?? ""));
		if (isCount(node)) return [apply("gamma", add(node, one))];
		return node.kind === "apply" && node.fn === "log" && isCount(node.argument)
			? [apply("lgamma", add(node.argument, one))]
			: [];
	},
};

const laws = new Set(["Gamma", "InverseGamma", "Beta", "Dirichlet"]);

function isOfGamma({ left, right }: Claim): boolean {
	return [left, right].some((side) =>
		some(side, (e) => {
			if (e.kind === "pdf") return laws.has(e.distribution);
			if (e.kind === "expectation")
				return e.over.some(({ factor }) => laws.has(factor.distribution));
			return e.kind === "apply" && (e.fn === "digamma" || e.fn === "lgamma");
		}),
	);
}

/** l where e^l is meant, as in weights that are given by their logarithm. */
export const lostExponential: Edit = {
	kind: "missing exponential",
	cost: 1.3,
	candidates: ({ node, parent }) =>
		shapeOf(node).length > 0 ||
		node.kind === "num" ||
		parent?.kind === "apply" ||
		parent?.kind === "add"
			? []
			: [exp(node)],
};

/** c for the c^N of a product of N equal factors. */
export const lostPower: Edit = {
	kind: "missing exponent: once for each factor",
	cost: 1.2,
	candidates: ({ node, parent }, { sizes }) =>
		shapeOf(node).length > 0 || node.kind === "num" || parent?.kind === "add"
			? []
			: sizes.map((name) => pow(node, size(name))),
};
