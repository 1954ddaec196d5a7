import Fraction from "fraction.js";
import type { Environment } from "../algebra/environment.js";
import type { Form } from "../algebra/form.js";
import { isFreeOf } from "../algebra/index.js";
import { minus, times } from "../algebra/ring.js";
import { isPositive } from "../algebra/signs.js";
import type { Relation } from "./relation.js";

/** log of the ratio where both sides are positive, else the ratio. */
function ratio(env: Environment, left: Form, right: Form): Form {
	if (isPositive(env, left) && isPositive(env, right))
		return minus(
			env.functions.apply(env, "log", left),
			env.functions.apply(env, "log", right),
		);
	return times(env, left, env.functions.power(env, right, new Fraction(-1)));
}

/** left ∝ right: the ratio does not depend on the variable. */
export const proportional: Relation = {
	sign: "∝",
	varies: true,
	sense: "zero",
	defect: (n, here, there) =>
		n.sub(n.mul(here.left, there.right), n.mul(there.left, here.right)),
	prove: (env, left, right, free) =>
		free !== null && isFreeOf(env, ratio(env, left, right), free),
};
