import { add, matmul, mul, num, transpose } from "../../../expr/build.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Dim, Expr, MatMul, Sym } from "../../../expr/tree.js";
import type { Edit, Surroundings } from "../edit.js";
import type { Scope } from "../place.js";
import { distinctNames, placements } from "../placements.js";
import { scaled } from "../tidy.js";

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
		if (isVectorAlone(node)) return ofVector(node, around);
		if (node.kind !== "matmul") return [];
		const order = shapeOf(node.right)[0];
		return [
			...matricesOf(around)
				.filter((a) => a.shape[0] === order)
				.flatMap((a) => [a, { kind: "inverse", of: a } as Expr]),
			...squaresOf(around, order),
		].map((a) => ({
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
			...(isSquare(left) ? [right] : []),
			...(isSquare(right) ? [left] : []),
		];
	},
};

/** Aᵀ A for each matrix A of the claim with so many columns. */
function squaresOf(
	{ symbols }: Surroundings,
	columns: Dim | undefined,
): Expr[] {
	return distinctNames(
		symbols.filter((s) => s.shape.length === 2 && s.shape[1] === columns),
	).map((a) => matmul(transpose(a), a));
}

/** 2 A for A + Aᵀ: 2 y zᵀ in (y + z)(y + z)ᵀ, 2 A y for the gradient of yᵀAy. */
export const notSymmetric: Edit = {
	kind: "taken for symmetric; A + Aᵀ ≠ 2 A",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind !== "mul") return [];
		return node.factors.flatMap((f, at) => {
			const both = withTransposed(f);
			const others = node.factors.filter((_, n) => n !== at);
			return both ? [scaled(mul(...others, both), num("1/2"))] : [];
		});
	},
};

/** A + Aᵀ for A, u wᵀ + w uᵀ for u wᵀ, (A + Aᵀ) w for A w, uᵀ(A + Aᵀ)w for uᵀAw. */
function withTransposed(e: Expr): Expr | null {
	if (isSquare(e)) return add(e, transposeOf(e));
	if (e.kind !== "matmul") return null;
	const left = withTransposed(e.left);
	if (left) return matmul(left, e.right);
	const right = withTransposed(e.right);
	return right && matmul(e.left, right);
}

/** (A B)ᵀ as Bᵀ Aᵀ. */
function transposeOf(e: Expr): Expr {
	return e.kind === "matmul"
		? matmul(transposeOf(e.right), transposeOf(e.left))
		: transpose(e);
}

/** tr(A Σ x xᵀ) for tr(A Σ xᵀx), x xᵀ m for xᵀx m: an inner product where the outer one belongs. */
export const innerForOuter: Edit = {
	kind: "inner for outer product",
	cost: 1.1,
	candidates({ node }) {
		if (node.kind !== "mul") return [];
		const beside = node.factors.find((f) => isSquare(f) || isColumn(f));
		if (!beside) return [];
		return node.factors.flatMap((f) => {
			const outer = asOuter(f);
			if (!outer || shapeOf(outer)[0] !== shapeOf(beside)[0]) return [];
			const others = node.factors.filter((g) => g !== f && g !== beside);
			const [left, right] = isColumn(beside)
				? [outer, beside]
				: [beside, outer];
			return [mul(...others, matmul(left, right))];
		});
	},
};

/** w uᵀ for uᵀw, also under Σ. */
function asOuter(e: Expr): Expr | null {
	if (e.kind === "sum") {
		const body = asOuter(e.body);
		return body && { ...e, body };
	}
	return e.kind === "matmul" && e.left.kind === "transpose"
		? matmul(e.right, transpose(e.left.of))
		: null;
}

/** Two square matrices side by side in a product, and what stands before them. */
interface Neighbours {
	readonly a: Expr;
	readonly b: Expr;
	/** The product with something else in their place. */
	before(replacement: Expr): Expr;
}

/** The last two square matrices of a product, which is read from the left. */
export function neighbours({ left, right }: MatMul): Neighbours[] {
	if (!isSquare(right)) return [];
	if (isSquare(left)) return [{ a: left, b: right, before: (e) => e }];
	return left.kind === "matmul" && isSquare(left.right)
		? [{ a: left.right, b: right, before: (e) => matmul(left.left, e) }]
		: [];
}

/** Whether it is a matrix with as many rows as columns. */
export function isSquare(e: Expr): boolean {
	const shape = shapeOf(e);
	return shape.length === 2 && shape[0] === shape[1] && shape[0] !== 1;
}

function isColumn(e: Expr): boolean {
	const shape = shapeOf(e);
	return shape.length === 1 && shape[0] !== 1;
}

/** A vector that is no product with a matrix: y − m. */
function isVectorAlone(node: Expr): boolean {
	return isColumn(node) && (node.kind === "add" || node.kind === "symbol");
}

/** A v and A⁻¹ v for v. */
function ofVector(node: Expr, around: Surroundings): Expr[] {
	return matricesOf(around)
		.filter((a) => a.shape[1] === shapeOf(node)[0])
		.flatMap((a) => [
			matmul(a, node),
			matmul({ kind: "inverse", of: a }, node),
		]);
}

function matricesOf({ symbols }: Surroundings): Sym[] {
	return distinctNames(
		symbols.filter((s) => s.indices.length === 0 && isSquare(s)),
	);
}

function vectorsAt(scope: Scope, { symbols, claim }: Surroundings): Sym[] {
	return distinctNames(symbols.filter((s) => s.shape.length === 1)).flatMap(
		(s) => placements(s, scope, claim.context),
	);
}
