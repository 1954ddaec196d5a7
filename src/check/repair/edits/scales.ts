import { add, matmul, mul, pow, transpose } from "../../../expr/build.js";
import type { Context } from "../../../expr/context.js";
import { shapeOf } from "../../../expr/shape.js";
import type { Expr, Num } from "../../../expr/tree.js";
import type { Edit } from "../edit.js";
import type { Place } from "../place.js";
import { opened, raised } from "../tidy.js";
import { isSquare, neighbours } from "./matrices.js";

/** Precision against variance, and a scale against its square. */

/** β for 1/β in what a Gamma is made of: a rate taken for a scale. */
export const rate: Edit = {
	kind: "rate for scale",
	cost: 1.05,
	candidates({ node, parent }: Place, { claim }) {
		if (shapeOf(node).length > 0 || parent?.kind === "pow") return [];
		const rates = ratesOf(claim.context);
		const isRate = (e: Expr): boolean =>
			e.kind === "symbol"
				? rates.has(e.name)
				: e.kind === "pow" && isRate(e.base);
		if (isRate(node)) return [raised(node, -1)];
		return node.kind === "mul" && node.factors.some(isRate)
			? upsideDown(node)
			: [];
	},
};

/** Letters that stand for the rate of a variable of the family. */
function ratesOf({ family }: Context): ReadonlySet<string> {
	return new Set(
		(family?.factors ?? []).flatMap(({ parameters }) =>
			parameters.rate?.kind === "symbol" ? [parameters.rate.name] : [],
		),
	);
}

/** x for 1/x, Σ for Σ⁻¹, and a fraction upside down. */
export const inverse: Edit = {
	kind: "precision for variance (inverse)",
	cost: 1.1,
	candidates({ node, parent }: Place) {
		const shape = shapeOf(node);
		if (node.kind === "inverse") return [node.of];
		if (node.kind === "matmul" && shape.length === 1)
			return isSquare(node.left) ? [{ ...node, left: turned(node.left) }] : [];
		if (isSquare(node))
			return parent?.kind === "inverse" ||
				(parent?.kind === "matmul" && node.kind === "matmul")
				? []
				: [{ kind: "inverse", of: node }];
		if (shape.length > 0 || !mayBeInverted(node, parent)) return [];
		return [raised(node, -1), ...upsideDown(node)];
	},
};

function mayBeInverted(node: Expr, parent: Expr | null): boolean {
	if (parent?.kind === "pow" || node.kind === "num") return false;
	if (node.kind === "add") return parent === null;
	return node.kind !== "apply" || node.fn === "exp";
}

/** a/b as b/a, numbers left in their place. */
function upsideDown(node: Expr): Expr[] {
	if (node.kind !== "mul") return [];
	const factors = node.factors.flatMap(opened);
	const letters = factors.filter(
		(f) => shapeOf(f).length === 0 && isLetter(f.kind === "pow" ? f.base : f),
	);
	if (letters.length !== 2) return [];
	return [
		mul(...factors.map((f) => (letters.includes(f) ? raised(f, -1) : f))),
	];
}

/** A A⁻¹ turned: A for A⁻¹, A⁻¹ for A. */
function turned(matrix: Expr): Expr {
	return matrix.kind === "inverse"
		? matrix.of
		: { kind: "inverse", of: matrix };
}

function isLetter(e: Expr): boolean {
	return e.kind === "symbol" || e.kind === "size";
}

/** s for s², 1/s for 1/s², a root or a square too many. */
export const square: Edit = {
	kind: "s for s² (a square or a root)",
	cost: 1.1,
	candidates: (place) => squaresAndRoots(place).filter((e) => !isRoot(e)),
};

/** √s for s: seldom meant where a factor would do, as √N within a square for N before it. */
export const root: Edit = {
	kind: square.kind,
	cost: 1.16,
	candidates: (place) => squaresAndRoots(place).filter(isRoot),
};

/** a − b + c for (a − b)² + c: where its square is lost, nothing is left of a bracket. */
export const squareOfBracket: Edit = {
	kind: square.kind,
	cost: 1.2,
	candidates({ node }) {
		if (node.kind !== "add" || node.terms.length < 3) return [];
		if (shapeOf(node).length > 0) return [];
		const { terms } = node;
		return terms.slice(1).map((b, n) => {
			const bracket = add(terms[n] as Expr, b);
			return add(...terms.slice(0, n), pow(bracket, 2), ...terms.slice(n + 2));
		});
	},
};

function squaresAndRoots({ node, parent }: Place): Expr[] {
	if (shapeOf(node).length > 0 || node.kind === "num") return [];
	if (node.kind === "pow")
		return node.exponent.kind === "num"
			? [raised(node, 2), raised(node, 0.5)]
			: [];
	if (parent?.kind === "pow") return [];
	return node.kind === "symbol" || node.kind === "size"
		? [pow(node, 2), raised(node, 0.5)]
		: [pow(node, 2)];
}

function isRoot(e: Expr): boolean {
	return (
		e.kind === "pow" && e.exponent.kind === "num" && e.exponent.value.d !== 1n
	);
}

/** AᵀB for ABᵀ, A for Aᵀ. */
export const transposed: Edit = {
	kind: "transposed product",
	cost: 1.2,
	candidates: ({ node, parent }: Place) =>
		isSquare(node) &&
		parent?.kind !== "transpose" &&
		(node.kind !== "matmul" || parent?.kind !== "matmul")
			? [transpose(node)]
			: [],
};

/** BA for AB. */
export const orderOfMatrices: Edit = {
	kind: "order of matrices",
	cost: 1.15,
	candidates: ({ node }: Place) =>
		node.kind === "matmul"
			? neighbours(node).map(({ a, b, before }) => before(matmul(b, a)))
			: [],
};

/** x³ for x². */
export const exponent: Edit = {
	kind: "wrong exponent",
	cost: 1.15,
	candidates: ({ node }: Place) =>
		node.kind === "pow" && node.exponent.kind === "num"
			? [1, -1]
					.map((by) => (node.exponent as Num).value.add(by))
					.filter((by) => by.n !== 0n)
					.map((by) => raised(node.base, by))
			: [],
};
