import { log, mul, sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** A positive number with rate b: b e^{−bx}, mean 1/b. Bishop (2006), section 2.3.6. */
export const exponential: Distribution = {
	name: "Exponential",
	aliases: ["Exp", "Exponential", "Expon"],
	parameters: ["rate"],
	readParameters: (args) =>
		numbersByPlace(
			"Exponential",
			exponential.parameters,
			args,
			"Exponential(x | rate)",
		),
	support: () => ({ kind: "positive" }),
	logDensity: (x, { rate }) => sub(log(rate as Expr), mul(rate as Expr, x)),
};
