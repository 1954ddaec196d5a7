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
};
