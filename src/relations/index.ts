import type { RelationKind } from "../expr/context.js";
import { above, atLeast, atMost, below } from "./bound.js";
import { constant } from "./constant.js";
import { equal } from "./equal.js";
import { proportional } from "./proportional.js";
import type { Relation } from "./relation.js";

export type { Numbers, Relation, Sides } from "./relation.js";

/** Relations between two numbers. A definition is given, and ⟹ and ⇔ relate whole equations: see check/. */
export const relations: Readonly<
	Record<Exclude<RelationKind, "define" | "iff" | "implies">, Relation>
> = {
	equal,
	constant,
	proportional,
	atLeast,
	atMost,
	above,
	below,
};
