import type Fraction from "fraction.js";
import { mul } from "../../expr/build.js";
import type { Expectation, Expr } from "../../expr/tree.js";
import type { Environment } from "../environment.js";
import { lower } from "../lower.js";
import { isPositive } from "../signs.js";
import { type Addend, mentionsBound } from "./addends.js";
import type { TreeRule } from "./trees.js";

/**
 * E[f(X)] ≥ f(E[X]) for convex f, ≤ for concave f. Cover and Thomas, Elements of Information Theory (2006), theorem 2.6.2.
 */
export const jensen: TreeRule = (env, addends) => {
	const replaced = addends.map((a) => atMean(env, a) ?? insideLog(env, a) ?? a);
	return replaced.some((a, i) => a !== addends[i]) ? replaced : null;
};

function atMean(
	env: Environment,
	{ coefficient, tree }: Addend,
): Addend | null {
	if (tree.kind !== "expectation") return null;
	const factors = tree.body.kind === "mul" ? tree.body.factors : [tree.body];
	const random = factors.filter((f) => mentionsBound(f, tree.over));
	const others = factors.filter((f) => !random.includes(f));
	const [f, more] = random;
	const isConstant = others.every((o) => isPositive(env, lower(env, o)));
	if (!f || more || !isConstant) return null;
	const curved = curvatureOf(env, f);
	if (!curved || curved.sign !== Number(coefficient.s)) return null;
	const mean = (x: Expr): Expectation => ({ ...tree, body: x });
	return { coefficient, tree: mul(...others, curved.at(mean)) };
}

/** log E[X] ≥ E[log X] for X > 0, the other way round. */
function insideLog(
	env: Environment,
	{ coefficient, tree }: Addend,
): Addend | null {
	if (tree.kind !== "apply" || tree.fn !== "log") return null;
	const mean = tree.argument;
	if (mean.kind !== "expectation" || coefficient.s < 0n) return null;
	if (!isPositive(env, lower(env, mean.body))) return null;
	return {
		coefficient,
		tree: { ...mean, body: { ...tree, argument: mean.body } },
	};
}

/** 1 for a convex function of an argument, −1 for a concave one, with the function at the argument's mean. */
interface Curved {
	readonly sign: 1 | -1;
	readonly at: (mean: (x: Expr) => Expr) => Expr;
}

function curvatureOf(env: Environment, e: Expr): Curved | null {
	if (e.kind === "pow" && e.exponent.kind === "num")
		return curvatureOfPower(env, e, e.exponent.value);
	if (e.kind !== "apply") return null;
	const x = e.argument;
	const plain = (sign: 1 | -1): Curved => ({
		sign,
		at: (mean) => ({ ...e, argument: mean(x) }),
	});
	if (e.fn === "exp" || e.fn === "abs") return plain(1);
	if (e.fn !== "log") return null;
	if (x.kind === "apply" && x.fn === "sigmoid")
		return {
			sign: -1,
			at: (mean) => ({
				...e,
				argument: { ...x, argument: mean(x.argument) },
			}),
		};
	return softplus(e, x) ?? (isPositive(env, lower(env, x)) ? plain(-1) : null);
}

/** xʳ: convex for even r, and for x > 0 outside of [0, 1]; concave inside. */
function curvatureOfPower(
	env: Environment,
	e: Extract<Expr, { kind: "pow" }>,
	r: Fraction,
): Curved | null {
	const isEven = r.d === 1n && r.n % 2n === 0n && r.s > 0n;
	if (!isEven && !isPositive(env, lower(env, e.base))) return null;
	const isConvex = r.s < 0n || r.compare(1) > 0;
	return {
		sign: isConvex ? 1 : -1,
		at: (mean) => ({ ...e, base: mean(e.base) }),
	};
}

/** log(1 + e^x), which is convex though log is concave. */
function softplus(e: Extract<Expr, { kind: "apply" }>, x: Expr): Curved | null {
	if (x.kind !== "add" || x.terms.length !== 2) return null;
	const one = x.terms.find((t) => t.kind === "num" && t.value.equals(1));
	const power = x.terms.find((t) => t.kind === "apply" && t.fn === "exp");
	if (!one || power?.kind !== "apply") return null;
	return {
		sign: 1,
		at: (mean) => ({
			...e,
			argument: {
				...x,
				terms: [one, { ...power, argument: mean(power.argument) }],
			},
		}),
	};
}
