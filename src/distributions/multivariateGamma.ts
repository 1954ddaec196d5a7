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
	pow,
	product,
	size,
	sub,
	sum,
	two,
} from "../expr/build.js";
import type { Dim, Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";

/** Functions of a number and a dimension that come with random matrices. */

/** Γ_D(x) = π^{D(D−1)/4} Π_d Γ(x + (1 − d)/2). Muirhead (1982), theorem 2.1.12; DLMF 35.3.4. */
export function multivariateGamma(x: Expr, dim: Dim): Expr {
	const d = freshName("d");
	return mul(
		pow(pi, powerOfPi(dim)),
		product(d, dim, apply("gamma", step(x, d))),
	);
}

/** log Γ_D(x), for x > (D − 1)/2. */
export function logMultivariateGamma(x: Expr, dim: Dim): Expr {
	const d = freshName("d");
	return add(
		mul(powerOfPi(dim), log(pi)),
		sum(d, dim, apply("lgamma", step(x, d))),
	);
}

/** ψ_D(x) = Σ_d ψ(x + (1 − d)/2), the derivative of log Γ_D. Bishop (2006), (B.81). */
export function multivariateDigamma(x: Expr, dim: Dim): Expr {
	const d = freshName("d");
	return sum(d, dim, apply("digamma", step(x, d)));
}

function powerOfPi(dim: Dim): Expr {
	return mul(num("1/4"), size(dim), sub(size(dim), one));
}

function step(x: Expr, d: string): Expr {
	return add(x, mul(num("1/2"), sub(one, index(d))));
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
