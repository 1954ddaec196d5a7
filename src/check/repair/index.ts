import { toLatex } from "../../expr/print/latex.js";
import { freeIndices } from "../../expr/walk.js";
import { relations } from "../../relations/index.js";
import type { Claim, Decision } from "../claim.js";
import type { Repair } from "../result.js";
import type { Candidate } from "./edit.js";
import { repairs } from "./search.js";
import { withPlainIndices } from "./tidy.js";

/** Candidates that are put to the full decision; the normal forms have already proved them. */
const mostDecided = 3;

/**
 * The smallest edit of the right side (or of the relation) under which a refuted claim is proved by both channels; null
 * if none is found within a fixed budget of work, the same on every machine.
 */
export async function findRepair(
	claim: Claim,
	decideClaim: (claim: Claim) => Promise<Decision>,
): Promise<Repair | null> {
	let decided = 0;
	for (const candidate of repairs(claim)) {
		const { verdict } = await decideClaim(candidate.claim);
		if (verdict === "proved") return repairOf(candidate, claim);
		decided += 1;
		if (decided === mostDecided) return null;
	}
	return null;
}

function repairOf({ claim, kind }: Candidate, original: Claim): Repair {
	const tidied = withPlainIndices(claim.right, freeIndices(claim.left));
	const right = toLatex(tidied, claim.context);
	if (claim.relation === relations.constant)
		return { latex: `${right} + \\text{const}`, kind };
	if (claim.relation === original.relation) return { latex: right, kind };
	return { latex: `${signs.get(claim.relation) ?? ""} ${right}`, kind };
}

const signs = new Map([
	[relations.proportional, "\\propto"],
	[relations.atLeast, "\\geq"],
	[relations.atMost, "\\leq"],
	[relations.above, ">"],
	[relations.below, "<"],
]);
