import { isZero } from "../algebra/index.js";
import { minus } from "../algebra/ring.js";
import type { Relation } from "./relation.js";

/** left = right: the difference is zero. */
export const equal: Relation = {
	sign: "=",
	varies: false,
	sense: "zero",
	defect: (n, here) => n.sub(here.left, here.right),
	prove: (env, left, right) => isZero(env, minus(left, right)),
};
