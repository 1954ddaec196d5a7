import { add, log, mul, one, sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** 0 or 1, which has probability p: pˣ (1−p)¹⁻ˣ. Bishop (2006), eq. (2.2). */
export const bernoulli: Distribution = {
	name: "Bernoulli",
	aliases: ["Bernoulli", "Bern", "Ber"],
	parameters: ["probability"],
	readParameters: (args) =>
		numbersByPlace("Bernoulli", bernoulli.parameters, args, "Bernoulli(x | p)"),
	places: () => [{ type: "probability", extent: "number" }],
	support: () => ({ kind: "counts", upTo: 1 }),
	logDensity(x, { probability }) {
		const p = probability as Expr;
		return add(mul(x, log(p)), mul(sub(one, x), log(sub(one, p))));
	},
};
