import { add, apply, log, mul, neg, one, pow, sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** A positive number with shape a and rate b: bᵃ xᵃ⁻¹ e^{−bx} / Γ(a), mean a/b. Bishop (2006), eq. (2.146). */
export const gamma: Distribution = {
	name: "Gamma",
	aliases: ["Gamma", "Gam", "Ga"],
	parameters: ["shape", "rate"],
	readParameters: (args) =>
		numbersByPlace("Gamma", gamma.parameters, args, "Gamma(x | shape, rate)"),
	support: () => ({ kind: "positive" }),
	logDensity(x, { shape, rate }) {
		const [a, b] = [shape as Expr, rate as Expr];
		return add(
			mul(a, log(b)),
			neg(apply("lgamma", a)),
			mul(sub(a, one), log(x)),
			neg(mul(b, x)),
		);
	},
	// f = (a − 1) log x − b x: f' = (a − 1)/x − b and f'' = −(a − 1)/x².
	fromSlopes: (x, gradient, hessian) => ({
		shape: sub(one, mul(pow(x, 2), hessian)),
		rate: neg(add(gradient, mul(x, hessian))),
	}),
};
