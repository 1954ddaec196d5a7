import {
	add,
	apply,
	entry,
	index,
	log,
	mul,
	neg,
	one,
	sub,
	sum,
} from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Dim, Expr } from "../../expr/tree.js";
import { freshName } from "../../expr/walk.js";
import { Problem } from "../../problem.js";
import type { Distribution } from "../distribution.js";

/** Σ_k over the entries of a vector. */
function overEntries(vector: Expr, body: (k: Expr) => Expr): Expr {
	const name = freshName("k");
	return sum(name, shapeOf(vector)[0] as Dim, body(index(name)));
}

/**
 * How often each of K values comes in n draws with probabilities π: n! / Πx_k! · Ππ_k^{x_k}, for counts that add up to n.
 * Bishop (2006), eq. (2.34), who writes `Mult(x | π, n)`: the number among the two parameters is n. With probabilities alone
 * the name means one draw, a Categorical.
 */
export const multinomial: Distribution = {
	name: "Multinomial",
	aliases: ["Mult", "Multinomial", "Multi"],
	parameters: ["trials", "probabilities"],
	means: (_spelling, args) => args === 2,
	readParameters(args) {
		const [a, b] = args;
		const isOrdered = a !== undefined && shapeOf(a).length === 0;
		const [trials, probabilities] = isOrdered ? [a, b] : [b, a];
		if (
			args.length !== 2 ||
			!trials ||
			!probabilities ||
			shapeOf(trials).length !== 0 ||
			shapeOf(probabilities).length !== 1
		)
			throw new Problem(
				"a Multinomial takes a number of draws and a vector of probabilities",
				null,
				"Mult(x | n, π)",
			);
		return { trials, probabilities };
	},
	places: () => [
		{ type: "count", extent: "number" },
		{ type: "simplex", extent: "variable" },
	],
	support: (shape) => ({ kind: "compositions", shape }),
	logDensity(x, { trials, probabilities }) {
		const pi = probabilities as Expr;
		const logFactorial = (e: Expr) => apply("lgamma", add(e, one));
		return add(
			logFactorial(trials as Expr),
			neg(overEntries(x, (k) => logFactorial(entry(x, k)))),
			overEntries(x, (k) => mul(entry(x, k), log(entry(pi, k)))),
		);
	},
	within(x, { trials }) {
		const total = overEntries(x, (k) => entry(x, k));
		return mul(
			apply("step", sub(total, trials as Expr)),
			apply("step", sub(trials as Expr, total)),
		);
	},
};
