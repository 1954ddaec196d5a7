import { apply, log, mul, neg, sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/** A number between a and b, all alike: 1 / (b − a) there, 0 elsewhere. Gelman et al. (2013), table A.1. */
export const uniform: Distribution = {
	name: "Uniform",
	aliases: ["U", "Unif", "Uniform"],
	parameters: ["lower", "upper"],
	readParameters: (args) =>
		numbersByPlace(
			"Uniform",
			uniform.parameters,
			args,
			"Unif(x | a, b), the bounds of an interval",
		),
	places: () => [
		{ type: "real", extent: "number" },
		{ type: "real", extent: "number" },
	],
	requires: ({ lower, upper }) => [sub(upper as Expr, lower as Expr)],
	support: () => ({ kind: "real", shape: [] }),
	logDensity: (_x, { lower, upper }) =>
		neg(log(sub(upper as Expr, lower as Expr))),
	within: (x, { lower, upper }) =>
		mul(
			apply("step", sub(x, lower as Expr)),
			apply("step", sub(upper as Expr, x)),
		),
};
