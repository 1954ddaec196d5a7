import { mul, num, zero } from "../expr/build.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type { Dim, Expr, Shape } from "../expr/tree.js";
import { mapChildren, some } from "../expr/walk.js";
import { Problem, type Span } from "../problem.js";

/**
 * A size that is not written and not yet known: of a bare `I`, of a vector of ones. `settle` replaces it as soon as a
 * neighbour decides; no finished tree has it.
 */
export const unknownSize = "?";

export function isScalar(e: Expr): boolean {
	return shapeOf(e).length === 0;
}

/** Rows and columns; a number is 1 × 1 and a column D × 1. */
export function extents(shape: Shape): readonly [Dim, Dim] {
	return [shape[0] ?? 1, shape[1] ?? 1];
}

/** A shape in words, for messages. */
export function describe(shape: Shape): string {
	if (shape.length === 0) return "a number";
	if (shape.length === 1) return `a vector in ℝ^${shape[0]}`;
	if (shape[0] === 1) return `a row of length ${shape[1]}`;
	return `a ${shape.join(" × ")} matrix`;
}

/** The tree with its unknown size made `dim`. */
export function settle(e: Expr, dim: Dim): Expr {
	if (dim === unknownSize) return e;
	if (
		(e.kind === "identity" || e.kind === "tabulate") &&
		e.size === unknownSize
	)
		return { ...e, size: dim };
	return mapChildren(e, (child) => settle(child, dim));
}

export function isUnsettled(e: Expr): boolean {
	return some(
		e,
		(n) =>
			(n.kind === "identity" || n.kind === "tabulate") &&
			n.size === unknownSize,
	);
}

export function zeroOf(shape: Shape): Expr {
	if (shape.length === 0) return zero;
	if (shape.length === 1)
		return { kind: "tabulate", index: "d", size: shape[0] as Dim, body: zero };
	if (shape[0] === shape[1])
		return mul(zero, { kind: "identity", size: shape[0] as Dim });
	return { kind: "transpose", of: zeroOf([shape[1] as Dim]) };
}

/** Vector of ones. */
export function onesOf(size: Dim): Expr {
	return { kind: "tabulate", index: "d", size, body: num(1) };
}

/** Whether the tree is the numeral 0, which stands for the zero of any shape. */
export function isZero(e: Expr): boolean {
	return e.kind === "num" && e.value.equals(0);
}

/** The one shape that both can have, with unknown sizes decided by the other; null if there is none. */
export function unify(a: Shape, b: Shape): Shape | null {
	if (a.length !== b.length) return null;
	const dims = a.map((d, i) => (d === unknownSize ? (b[i] as Dim) : d));
	return dims.every((d, i) => b[i] === unknownSize || d === b[i]) ? dims : null;
}

/** The tree as one of that shape: 0 becomes the zero vector, an unknown size is decided. Null if it does not fit. */
export function conform(e: Expr, shape: Shape): Expr | null {
	if (isZero(e)) return zeroOf(shape);
	const own = shapeOf(e);
	const joint = unify(own, shape);
	if (!joint) return null;
	const settled = own.includes(unknownSize)
		? settle(e, joint.find((d) => d !== unknownSize) ?? unknownSize)
		: e;
	return sameShape(shapeOf(settled), joint) ? settled : null;
}

/**
 * The shape that all trees share once zeros and unknown sizes are made to fit.
 * @throws Problem where two of them differ.
 */
export function commonShape(trees: readonly Expr[], span: Span): Shape {
	let common: Shape | null = null;
	for (const e of trees) {
		if (isZero(e)) continue;
		const shape = shapeOf(e);
		const joint: Shape | null = common === null ? shape : unify(common, shape);
		if (!joint) throw mismatch(common as Shape, shape, span);
		common = joint;
	}
	return common ?? [];
}

export function mismatch(a: Shape, b: Shape, span: Span): Problem {
	const scalarWithVector = a.length === 0 || b.length === 0;
	return new Problem(
		`shape mismatch: ${describe(a)} and ${describe(b)} are put together`,
		span,
		scalarWithVector
			? "two of one shape; a number joins a matrix as c I"
			: "two of one shape, with transposes written out",
	);
}
