import type { Environment } from "../algebra/environment.js";
import type { Form } from "../algebra/form.js";
import { isGibbs } from "../algebra/gibbs.js";
import { isZero } from "../algebra/index.js";
import { minus } from "../algebra/ring.js";
import { signOf } from "../algebra/signs.js";
import type { Relation } from "./relation.js";

/** A difference that is a sum of squares and positive terms, or a Kullback–Leibler divergence (Gibbs' inequality). */
function isNonnegative(env: Environment, difference: Form): boolean {
	return (
		signOf(env, difference) !== "unknown" ||
		isGibbs(env, difference) ||
		isZero(env, difference)
	);
}

/** left ≥ right. */
export const atLeast: Relation = {
	sign: "≥",
	varies: false,
	sense: "nonnegative",
	defect: (n, here) => n.sub(here.left, here.right),
	prove: (env, left, right) => isNonnegative(env, minus(left, right)),
};

/** left ≤ right. */
export const atMost: Relation = {
	sign: "≤",
	varies: false,
	sense: "nonnegative",
	defect: (n, here) => n.sub(here.right, here.left),
	prove: (env, left, right) => isNonnegative(env, minus(right, left)),
};
