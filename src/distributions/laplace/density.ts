import { apply, div, log, mul, neg, sub, two } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Distribution } from "../distribution.js";
import { numbersByPlace } from "../positional.js";

/**
 * A real number with location m and scale b: e^{−|x−m|/b} / (2b), variance 2b². Johnson, Kotz and Balakrishnan (1995),
 * eq. (24.1); Murphy (2012), eq. (2.52).
 */
export const laplace: Distribution = {
	name: "Laplace",
	aliases: ["Laplace", "Lap", "Laplacian"],
	parameters: ["location", "scale"],
	readParameters: (args) =>
		numbersByPlace(
			"Laplace",
			laplace.parameters,
			args,
			"Laplace(x | location, scale)",
		),
	places: () => [
		{ type: "real", extent: "number" },
		{ type: "positive", extent: "number" },
	],
	support: () => ({ kind: "real", shape: [] }),
	logDensity(x, { location, scale }) {
		const [m, b] = [location as Expr, scale as Expr];
		return sub(neg(log(mul(two, b))), div(apply("abs", sub(x, m)), b));
	},
};
