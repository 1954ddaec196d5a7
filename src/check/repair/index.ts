import { toLatex } from "../../expr/print/latex.js";
import type { Expr } from "../../expr/tree.js";
import { freeIndices, some } from "../../expr/walk.js";
import { relations } from "../../relations/index.js";
import { withOwnBinders } from "../binders.js";
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
		if (!hasNotation(candidate.claim.right)) continue;
		const { verdict } = await decideClaim(candidate.claim);
		if (verdict === "proved") return repairOf(candidate, claim);
		decided += 1;
		if (decided === mostDecided) return null;
	}
	return null;
}

function repairOf({ claim, kind }: Candidate, original: Claim): Repair {
	const right = printedRight(claim);
	const replaces = printedRight(original);
	if (claim.relation === relations.constant)
		return { latex: `${right} + \\text{const}`, kind, replaces };
	if (claim.relation === original.relation)
		return { latex: right, kind, replaces };
	const sign = signs.get(claim.relation) ?? "";
	return { latex: `${sign} ${right}`, kind, replaces };
}

function printedRight({ left, right, context }: Claim): string {
	const own = withOwnBinders(right, context);
	return toLatex(withPlainIndices(own, freeIndices(left)), context);
}

/** Whether a tree can be written as people write: a support's indicator function cannot. */
function hasNotation(e: Expr): boolean {
	return !some(e, (node) => node.kind === "apply" && node.fn === "step");
}

const signs = new Map([
	[relations.proportional, "\\propto"],
	[relations.atLeast, "\\geq"],
	[relations.atMost, "\\leq"],
	[relations.above, ">"],
	[relations.below, "<"],
]);
