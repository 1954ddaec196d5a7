import type { Expr, Integral } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import type { Arithmetic } from "./arithmetic.js";
import type { Estimate } from "./estimate.js";
import { Undecided } from "./undecided.js";

/** Whether a tree integrates over numbers, and not over labels and tables alone. */
export function integrates(e: Expr): boolean {
	return takesMeasure(e, ["labels", "unnamed"]);
}

/** The same, but for sums over counts: they follow terms of whatever size, as a quadrature does not. */
export function needsQuadrature(e: Expr): boolean {
	return takesMeasure(e, ["labels", "unnamed", "counts"]);
}

function takesMeasure(
	e: Expr,
	exempt: readonly Integral["domain"]["kind"][],
): boolean {
	return some(
		e,
		(x) =>
			(x.kind === "integral" && !exempt.includes(x.domain.kind)) ||
			(x.kind === "expectation" &&
				x.over.some((b) => b.factor.labels === null)),
	);
}

/** Whether a tree takes functions of numbers, so that a difference of what it comes to may be 0 by rounding alone. */
export function rounds(e: Expr): boolean {
	return some(
		e,
		(x) =>
			x.kind === "apply" ||
			x.kind === "pdf" ||
			(x.kind === "pow" && !isWhole(x.exponent)),
	);
}

function isWhole(e: Expr): boolean {
	return e.kind === "num" && e.value.d === 1n;
}

/**
 * The arithmetic for integrands and functions: at nodes close to the end of an interval a denominator such as 1 − x² rounds to
 * 0, as 1 − 1/(1 + e^{−93}) does, which does not make the whole undefined. Elsewhere a difference that is 0 is one of exact
 * decimals.
 */
export function careful<V>(
	A: Arithmetic<Estimate<V>>,
): Arithmetic<Estimate<V>> {
	const known = carefulOnes.get(A);
	if (known) return known as Arithmetic<Estimate<V>>;
	const refuse = (divisor: Estimate<V>): void => {
		if (A.toNumber(divisor) === 0 && divisor.scale > 0)
			throw new Undecided("a quotient by terms that cancel to nothing");
	};
	const made: Arithmetic<Estimate<V>> = {
		...A,
		div(a, b) {
			refuse(b);
			return A.div(a, b);
		},
		pow(base, exponent) {
			if (A.toNumber(exponent) < 0) refuse(base);
			return A.pow(base, exponent);
		},
	};
	carefulOnes.set(A, made);
	return made;
}

const carefulOnes = new WeakMap<object, unknown>();
