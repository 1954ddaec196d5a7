import type { CompareStep } from "../elaborate/chain.js";
import { relations } from "../relations/index.js";
import type { Claim } from "./claim.js";

/** What a step between two neighbours claims by the letter. */
export function claimOf(step: CompareStep): Claim {
	return {
		left: step.left.expr,
		right: step.right.expr,
		relation: relations[step.relation as keyof typeof relations],
		free: step.free,
		context: step.context,
	};
}
