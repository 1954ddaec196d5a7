import { exp, log, mul } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import { relations } from "../../relations/index.js";
import type { Claim } from "../claim.js";
import { depends } from "./relation.js";

/** A claim in the form in which its right side is searched, and the way back. */
export interface View {
	readonly claim: Claim;
	/** The right side of the claim as it was, from one of the claim as it is searched. */
	restore(right: Expr): Expr;
}

/** `a ∝ c exp(b)` is searched as `log a = b + const`: then the residual speaks of the terms of b. */
export function viewOf(claim: Claim): View {
	const { left, right, relation, free } = claim;
	const asWritten = { claim, restore: (edited: Expr) => edited };
	if (relation !== relations.proportional || !free) return asWritten;
	const factors = right.kind === "mul" ? right.factors : [right];
	const moving = factors.filter((f) => depends(f, free));
	const [only] = moving;
	if (moving.length !== 1 || only?.kind !== "apply" || only.fn !== "exp")
		return asWritten;
	const others = factors.filter((f) => f !== only);
	return {
		claim: {
			...claim,
			left: log(left),
			right: only.argument,
			relation: relations.constant,
		},
		restore: (edited) => mul(...others, exp(edited)),
	};
}
