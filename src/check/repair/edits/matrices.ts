import { transpose } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr, Sym } from "../../../expr/tree.js";
import type { Edit, Surroundings } from "../edit.js";
import type { Scope } from "../place.js";
import { distinctNames, placements } from "../placements.js";

/** Traces, determinants and matrices in products. */

/** |A| for tr A. */
export const traceForDeterminant: Edit = {
	kind: "determinant for trace",
	cost: 1.1,
	candidates: ({ node }) => {
		if (node.kind === "determinant") return [{ ...node, kind: "trace" }];
		return node.kind === "trace" ? [{ ...node, kind: "determinant" }] : [];
	},
};

/** uᵀw for uᵀAw, tr A for xᵀAx. */
export const lostMatrix: Edit = {
	kind: "missing factor",
	cost: 1.35,
	candidates({ node, scope }, around) {
		if (node.kind === "trace")
			return vectorsAt(scope, around)
				.filter((v) => v.shape.join() === shapeOf(node.of)[0])
				.map((v) => ({
					kind: "matmul",
					left: { kind: "matmul", left: transpose(v), right: node.of },
					right: v,
				}));
		if (node.kind !== "matmul") return [];
		return matricesOf(around)
			.filter((a) => a.shape[0] === shapeOf(node.right)[0])
			.flatMap((a) => [a, { kind: "inverse", of: a } as Expr])
			.map((a) => ({
				...node,
				right: { kind: "matmul", left: a, right: node.right },
			}));
	},
};

/** uᵀAw for uᵀw. */
export const surplusMatrix: Edit = {
	kind: "factor too many",
	cost: 1.2,
	candidates({ node }) {
		if (node.kind !== "matmul") return [];
		const { left, right } = node;
		return [
			...(isMatrix(left) ? [right] : []),
			...(isMatrix(right) ? [left] : []),
		];
	},
};

function isMatrix(e: Expr): boolean {
	const shape = shapeOf(e);
	return shape.length === 2 && shape[0] === shape[1] && shape[0] !== 1;
}

function matricesOf({ symbols }: Surroundings): Sym[] {
	return distinctNames(symbols).filter(
		(s) => s.indices.length === 0 && isMatrix(s),
	);
}

function vectorsAt(scope: Scope, { symbols, claim }: Surroundings): Sym[] {
	return distinctNames(symbols)
		.filter((s) => s.shape.length === 1)
		.flatMap((s) => placements(s, scope, claim.context));
}
