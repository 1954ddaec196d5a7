import { entry, index, log, mul, sum } from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr } from "../../expr/tree.js";
import { freshName } from "../../expr/walk.js";
import { Problem } from "../../problem.js";
import type { Distribution } from "../distribution.js";

/**
 * A label with given probabilities; one-hot `c_ik` is `1[c_i = k]`. Bishop (2006), eq. (2.26). Of `Mult` it is the law where
 * no number of draws is given, as in papers on topics (Blei, Ng and Jordan 2003). Of a one-hot column z the density is
 * Π_k π_k^{z_k}.
 */
export const categorical: Distribution = {
	name: "Categorical",
	aliases: ["Cat", "Categorical", "Discrete", "Mult", "Multi", "Multinomial"],
	parameters: ["probabilities"],
	means: ({ name }, args) => !name.startsWith("Mu") || args === 1,
	convention: (_args, { name }) =>
		name.startsWith("Mu")
			? `\`${name}(π)\` without a number of draws was read as one draw, a Categorical`
			: null,
	readParameters(args) {
		const [probabilities] = args;
		if (
			args.length !== 1 ||
			!probabilities ||
			shapeOf(probabilities).length !== 1
		)
			throw new Problem(
				"a Categorical takes one vector of probabilities",
				null,
				"Cat(c | π) or Cat(1/K, …, 1/K)",
			);
		return { probabilities };
	},
	support: (_shape, labels) => ({ kind: "labels", size: labels ?? "K" }),
	logDensity(label, { probabilities }) {
		const pi = probabilities as Expr;
		const [size] = shapeOf(label);
		if (size === undefined) return log(entry(pi, label));
		const k = freshName("k");
		const at = index(k);
		return sum(k, size, mul(entry(label, at), log(entry(pi, at))));
	},
};
