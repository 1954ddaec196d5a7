import {
	add,
	apply,
	div,
	log,
	mul,
	neg,
	one,
	pow,
	two,
} from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** 1/y for y ∼ Gamma(a, rate b): bᵃ x^{−a−1} e^{−b/x} / Γ(a). Gelman et al. (2013), table A.1. */
export const inverseGamma: Distribution = {
	name: "InverseGamma",
	aliases: [
		"InverseGamma",
		"InvGamma",
		"Inv-Gamma",
		"Inverse-Gamma",
		"IG",
		"IGamma",
		"InvGam",
	],
	parameters: ["shape", "scale"],
	readParameters: (args) =>
		numbersByPlace(
			"inverse Gamma",
			inverseGamma.parameters,
			args,
			"IG(x | shape, scale)",
		),
	support: () => ({ kind: "positive" }),
	logDensity(x, { shape, scale }) {
		const [a, b] = [shape as Expr, scale as Expr];
		return add(
			mul(a, log(b)),
			neg(apply("lgamma", a)),
			neg(mul(add(a, one), log(x))),
			neg(div(b, x)),
		);
	},
	// f = −(a + 1) log x − b/x: f' = −(a + 1)/x + b/x² and f'' = (a + 1)/x² − 2b/x³.
	fromSlopes: (x, gradient, hessian) => ({
		shape: neg(add(one, mul(two, x, gradient), mul(pow(x, 2), hessian))),
		scale: neg(add(mul(pow(x, 2), gradient), mul(pow(x, 3), hessian))),
	}),
};
