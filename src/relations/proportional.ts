import Fraction from "fraction.js";
import type { Environment } from "../algebra/environment.js";
import type { Form } from "../algebra/form.js";
import { isFreeOf } from "../algebra/index.js";
import { minus, times } from "../algebra/ring.js";
import { isPositive } from "../algebra/signs.js";
import type { FreeOf } from "../expr/context.js";
import type { Relation } from "./relation.js";

/**
 * Whether the ratio is free of the variable, and positive. Where both sides are positive its logarithm is looked at, which
 * splits into a sum.
 */
function isProportional(
	env: Environment,
	left: Form,
	right: Form,
	free: FreeOf,
): boolean {
	if (isPositive(env, left) && isPositive(env, right)) {
		const log = (side: Form) => env.functions.apply(env, "log", side);
		return isFreeOf(env, minus(log(left), log(right)), free);
	}
	const inverse = env.functions.power(env, right, new Fraction(-1));
	const ratio = times(env, left, inverse);
	return isPositive(env, ratio) && isFreeOf(env, ratio, free);
}

/** left ∝ right: left is right times a finite and positive number that does not depend on the variable. */
export const proportional: Relation = {
	sign: "∝",
	varies: true,
	sense: "zero",
	defect: (n, here, there) =>
		n.sub(n.mul(here.left, there.right), n.mul(there.left, here.right)),
	admits: (left, right) => left === right,
	prove: (env, left, right, free) =>
		free !== null && isProportional(env, left, right, free),
};
