import { isAboveZero, isNonnegative } from "../algebra/bounds/index.js";
import { minus } from "../algebra/ring.js";
import { sub } from "../expr/build.js";
import type { Relation } from "./relation.js";

/** left ≥ right. */
export const atLeast: Relation = {
	sign: "≥",
	varies: false,
	sense: "nonnegative",
	difference: (left, right) => sub(left, right),
	defect: (n, here) => n.sub(here.left, here.right),
	prove: (env, left, right) => isNonnegative(env, minus(left, right)),
};

/** left ≤ right. */
export const atMost: Relation = {
	sign: "≤",
	varies: false,
	sense: "nonnegative",
	difference: (left, right) => sub(right, left),
	defect: (n, here) => n.sub(here.right, here.left),
	prove: (env, left, right) => isNonnegative(env, minus(right, left)),
};

/** left > right: as ≥, and nowhere equal. */
export const above: Relation = {
	...atLeast,
	sign: ">",
	isStrict: true,
	prove: (env, left, right) => isAboveZero(env, minus(left, right)),
};

/** left < right. */
export const below: Relation = {
	...atMost,
	sign: "<",
	isStrict: true,
	prove: (env, left, right) => isAboveZero(env, minus(right, left)),
};
