import { add, apply, log, mul, neg, one, sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** A count of successes in n trials of probability p: (n over x) pˣ (1−p)ⁿ⁻ˣ. Bishop (2006), eq. (2.9). */
export const binomial: Distribution = {
	name: "Binomial",
	aliases: ["Bin", "Binomial", "Binom", "Bi"],
	parameters: ["trials", "probability"],
	readParameters: (args) =>
		numbersByPlace(
			"Binomial",
			binomial.parameters,
			args,
			"Bin(x | trials, probability)",
		),
	places: () => [
		{ type: "count", extent: "number" },
		{ type: "probability", extent: "number" },
	],
	support: () => ({ kind: "counts", upTo: null }),
	logDensity(x, { trials, probability }) {
		const [n, p] = [trials as Expr, probability as Expr];
		const logFactorial = (e: Expr) => apply("lgamma", add(e, one));
		return add(
			logFactorial(n),
			neg(logFactorial(x)),
			neg(logFactorial(sub(n, x))),
			mul(x, log(p)),
			mul(sub(n, x), log(sub(one, p))),
		);
	},
};
