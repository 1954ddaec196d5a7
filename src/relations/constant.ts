import { isFreeOf } from "../algebra/index.js";
import { minus } from "../algebra/ring.js";
import type { Relation } from "./relation.js";

/** left = right + const: the difference does not depend on the variable. */
export const constant: Relation = {
	sign: "+ const",
	varies: true,
	sense: "zero",
	defect: (n, here, there) =>
		n.sub(n.sub(here.left, here.right), n.sub(there.left, there.right)),
	prove(env, left, right, free) {
		if (!free) return false;
		const difference = minus(left, right);
		return isFreeOf(env, difference, free);
	},
};
