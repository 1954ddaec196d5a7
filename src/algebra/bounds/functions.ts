import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { collect, minus, plus, product, scale, times } from "../ring.js";
import { isPositive } from "../signs.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	productOf,
	type Summand,
	summands,
	sumOverAll,
} from "./summand.js";

/** Each function of a name that stands beside weights that are not negative, with what the fact says of it. */
function beside(
	env: Environment,
	form: Form,
	name: string,
	gapOf: (argument: Form, value: Form, isPositive: boolean) => Form | null,
	fact: string,
): readonly Gap[] {
	return summands(env, form).flatMap((s: Summand) =>
		s.factors.flatMap((f: Factor): Gap[] => {
			if (f.atom.kind !== "function" || f.atom.name !== name) return [];
			const others = s.factors.filter((g) => g !== f);
			if (!f.exponent.equals(1) || !isNonnegativeProduct(env, others))
				return [];
			const gap = gapOf(
				f.atom.argument,
				productOf(env, [f]),
				s.coefficient.s > 0n,
			);
			if (!gap) return [];
			const weight = product(env, s.coefficient.abs(), others, []);
			return [
				{ fact, form: sumOverAll(env, times(env, weight, gap), s.bound) },
			];
		}),
	);
}

/** |x| ≥ x and |x| ≥ −x where |x| is added; |Σ x| ≤ Σ |x| where it is taken away. */
export const absoluteValues: BoundRule = (env, form) => [
	...[1, -1].flatMap((sign) =>
		beside(
			env,
			form,
			"abs",
			(x, value, isAdded) => (isAdded ? minus(value, scale(x, sign)) : null),
			"|x| ≥ x",
		),
	),
	...beside(
		env,
		form,
		"abs",
		(x, value, isAdded) => (isAdded ? null : minus(sumOfSizes(env, x), value)),
		"triangle inequality",
	),
];

function sumOfSizes(env: Environment, form: Form): Form {
	return plus(
		...[...form.terms.values()].map((t) => {
			const size = env.functions.apply(env, "abs", collect([t]));
			return size;
		}),
	);
}

/** log x − 1/x ≤ ψ(x) ≤ log x − 1/(2x) for x > 0. Alzer (1997), Math. Comp. 66, (2.2). */
export const boundsOfDigamma: BoundRule = (env, form) => {
	const { apply, power } = env.functions;
	return beside(
		env,
		form,
		"digamma",
		(x, value, isAdded) => {
			if (!isPositive(env, x)) return null;
			const log = apply(env, "log", x);
			const inverse = power(env, x, new Fraction(-1));
			return isAdded
				? minus(plus(value, inverse), log)
				: minus(minus(log, scale(inverse, new Fraction(1, 2))), value);
		},
		"log x − 1/x ≤ ψ(x) ≤ log x − 1/(2x)",
	);
};
