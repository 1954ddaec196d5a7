import { add, apply, log, mul, neg, one, sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** A number between 0 and 1: xᵃ⁻¹ (1−x)ᵇ⁻¹ Γ(a+b) / (Γ(a) Γ(b)), mean a/(a+b). Bishop (2006), eq. (2.13). */
export const beta: Distribution = {
	name: "Beta",
	aliases: ["Beta", "Be"],
	parameters: ["a", "b"],
	readParameters: (args) =>
		numbersByPlace("Beta", beta.parameters, args, "Beta(x | a, b)"),
	support: () => ({ kind: "unit" }),
	logDensity(x, parameters) {
		const [a, b] = [parameters.a as Expr, parameters.b as Expr];
		return add(
			apply("lgamma", add(a, b)),
			neg(apply("lgamma", a)),
			neg(apply("lgamma", b)),
			mul(sub(a, one), log(x)),
			mul(sub(b, one), log(sub(one, x))),
		);
	},
	// f' = (a − 1)/x − (b − 1)/(1 − x), so that h = x (1 − x) f' = (a − 1)(1 − x) − (b − 1) x is linear in x.
	fromSlopes(x, gradient, hessian) {
		const other = sub(one, x);
		const h = mul(x, other, gradient);
		const slope = add(mul(sub(other, x), gradient), mul(x, other, hessian));
		return {
			a: sub(add(one, h), mul(x, slope)),
			b: sub(sub(one, h), mul(other, slope)),
		};
	},
};
