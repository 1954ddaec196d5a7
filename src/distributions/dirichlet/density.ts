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

/**
 * Positive numbers that add up to 1, with concentrations α: Γ(Σα) / ΠΓ(α_k) · Π x_k^{α_k − 1}. Bishop (2006), eq. (2.38).
 * One number for all concentrations is taken as many times as the variable has entries.
 */
export const dirichlet: Distribution = {
	name: "Dirichlet",
	aliases: ["Dir", "Dirichlet"],
	parameters: ["concentration"],
	readParameters(args, shape) {
		const [concentration] = args;
		const axes = concentration ? shapeOf(concentration).length : 2;
		const [size] = shape;
		if (args.length === 1 && concentration && axes === 1)
			return { concentration };
		if (args.length === 1 && concentration && axes === 0 && size !== undefined)
			return {
				concentration: {
					kind: "tabulate",
					index: freshName("k"),
					size,
					body: concentration,
				},
			};
		throw new Problem(
			"a Dirichlet takes one vector of concentrations",
			null,
			"Dir(θ | α) or Dir(α, …, α)",
		);
	},
	support: (shape) => ({ kind: "simplex", shape }),
	logDensity(x, { concentration }) {
		const alpha = concentration as Expr;
		const size = (shapeOf(alpha)[0] ?? shapeOf(x)[0]) as Dim;
		const over = (body: (k: Expr) => Expr): Expr => {
			const name = freshName("k");
			return sum(name, size, body(index(name)));
		};
		return add(
			apply(
				"lgamma",
				over((k) => entry(alpha, k)),
			),
			neg(over((k) => apply("lgamma", entry(alpha, k)))),
			over((k) => mul(sub(entry(alpha, k), one), log(entry(x, k)))),
		);
	},
	// ∂ log p/∂x_k = (α_k − 1)/x_k, where the entries are free.
	fromSlopes(x, gradient) {
		const [size] = shapeOf(x);
		const name = freshName("k");
		const k = index(name);
		const body = add(one, mul(entry(x, k), entry(gradient, k)));
		const concentration: Expr = {
			kind: "tabulate",
			index: name,
			size: size as Dim,
			body,
		};
		return { concentration };
	},
};
