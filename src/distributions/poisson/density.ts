import { add, apply, log, mul, neg, one } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** A count with rate r: rˣ e^{−r} / x!, mean r. Johnson, Kemp and Kotz (2005), eq. (4.1). */
export const poisson: Distribution = {
	name: "Poisson",
	aliases: ["Poisson", "Poi", "Pois", "Po"],
	parameters: ["rate"],
	readParameters: (args) =>
		numbersByPlace("Poisson", poisson.parameters, args, "Poisson(x | rate)"),
	support: () => ({ kind: "counts", upTo: null }),
	logDensity(x, { rate }) {
		const r = rate as Expr;
		return add(mul(x, log(r)), neg(r), neg(apply("lgamma", add(x, one))));
	},
};
