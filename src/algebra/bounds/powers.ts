import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { minus, plus, product, scale, times, timesAll } from "../ring.js";
import { isPositive, signOfFactor } from "../signs.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	productOf,
	type Summand,
	summands,
	sumOverAll,
} from "./summand.js";

/**
 * xʳ lies above its tangents for r < 0 and r > 1, below for 0 < r < 1 (x > 0), averaged with weights w ≥ 0: Jensen's
 * inequality for 1/x and for roots. Boyd and Vandenberghe, Convex Optimization (2004), section 3.1.5.
 */
export const tangentOfPower: BoundRule = (env, form) => {
	const all = summands(env, form);
	const bases = all
		.filter((s) => s.bound.length === 0)
		.flatMap((s) => s.factors)
		.filter((f) => isBase(env, f));
	return all
		.filter((s) => s.bound.length > 0)
		.flatMap((s) =>
			s.factors.flatMap((point) =>
				bases
					.filter((base) => base.exponent.equals(point.exponent))
					.flatMap((base) => averaged(env, s, point, base)),
			),
		);
};

function isBase(env: Environment, f: Factor): boolean {
	return (
		(f.atom.kind === "symbol" || f.atom.kind === "poly") &&
		!f.exponent.equals(1) &&
		signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) }) ===
			"positive"
	);
}

function baseForm(env: Environment, { atom }: Factor): Form {
	return atom.kind === "poly"
		? atom.form
		: productOf(env, [{ atom, exponent: new Fraction(1) }]);
}

function averaged(
	env: Environment,
	summand: Summand,
	point: Factor,
	base: Factor,
): readonly Gap[] {
	const r = point.exponent;
	const weight = summand.factors.filter((f) => f !== point);
	const isConvex = r.s < 0n || r.compare(1) > 0;
	const [x, m] = [baseForm(env, point), baseForm(env, base)];
	if (!isPositive(env, x) || !isNonnegativeProduct(env, weight)) return [];
	if (summand.coefficient.s > 0n !== isConvex) return [];
	const { power } = env.functions;
	const slope = scale(power(env, m, r.sub(1)), r);
	const tangent = plus(power(env, m, r), times(env, slope, minus(x, m)));
	const gap = timesAll(env, [
		product(env, summand.coefficient, weight, []),
		minus(power(env, x, r), tangent),
	]);
	return [
		{
			fact: "Jensen's inequality for powers",
			form: sumOverAll(env, gap, summand.bound),
		},
	];
}
