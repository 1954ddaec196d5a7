import Fraction from "fraction.js";
import type { Factor } from "../form.js";
import { minus, plus, product, scale, times } from "../ring.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	productOf,
	summands,
	sumOverAll,
} from "./summand.js";

/** √(a b) ≤ (a + b)/2 for a, b ≥ 0, averaged: the geometric mean of two is at most the arithmetic. */
export const meansOfTwo: BoundRule = (env, form) =>
	summands(env, form)
		.filter((s) => s.coefficient.s < 0n && isNonnegativeProduct(env, s.factors))
		.flatMap((s): Gap[] => {
			const roots = s.factors.filter(isRoot);
			const [a, b, more] = roots;
			if (!a || !b || more) return [];
			const others = s.factors.filter((f) => !roots.includes(f));
			const square = (f: Factor) =>
				productOf(env, [{ ...f, exponent: f.exponent.mul(2) }]);
			const half = scale(plus(square(a), square(b)), new Fraction(1, 2));
			const gap = times(
				env,
				product(env, s.coefficient.neg(), others, []),
				minus(half, productOf(env, [a, b])),
			);
			return [
				{
					fact: "arithmetic and geometric mean",
					form: sumOverAll(env, gap, s.bound),
				},
			];
		});

function isRoot({ exponent }: Factor): boolean {
	return exponent.d === 2n;
}
