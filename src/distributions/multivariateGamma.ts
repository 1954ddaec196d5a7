import {
	add,
	apply,
	div,
	index,
	log,
	mul,
	neg,
	num,
	one,
	pi,
	size,
	sub,
	sum,
	two,
} from "../expr/build.js";
import type { Dim, Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";

/** Functions of a number and a dimension that come with random matrices. */

/** log Γ_D(x) = D(D−1)/4 log π + Σ_d log Γ(x + (1 − d)/2). Bishop (2006), (B.79); DLMF 35.3.4. */
export function logMultivariateGamma(x: Expr, dim: Dim): Expr {
	const D = size(dim);
	return add(
		mul(num("1/4"), D, sub(D, one), log(pi)),
		overSteps("lgamma", x, dim),
	);
}

/** ψ_D(x) = Σ_d ψ(x + (1 − d)/2), the derivative of log Γ_D. Bishop (2006), (B.81). */
export function multivariateDigamma(x: Expr, dim: Dim): Expr {
	return overSteps("digamma", x, dim);
}

function overSteps(fn: "lgamma" | "digamma", x: Expr, dim: Dim): Expr {
	const d = freshName("d");
	const step = mul(num("1/2"), sub(one, index(d)));
	return sum(d, dim, apply(fn, add(x, step)));
}

/** log B(W, ν) = −ν/2 log|W| − νD/2 log 2 − log Γ_D(ν/2), the normaliser of a Wishart. Bishop (2006), (B.79). */
export function logWishartNormaliser(
	scale: Expr,
	degrees: Expr,
	dim: Dim,
): Expr {
	return neg(
		add(
			mul(num("1/2"), degrees, log({ kind: "determinant", of: scale })),
			mul(num("1/2"), degrees, size(dim), log(two)),
			logMultivariateGamma(div(degrees, two), dim),
		),
	);
}
