import { toLatex } from "../expr/print/latex.js";
import { sameTree } from "../expr/walk.js";
import type { ReachingSum } from "../latex/surface.js";
import type { Claim, Decision } from "./claim.js";
import { scopeOfSum } from "./repair/edits/brackets.js";
import type { Repair } from "./result.js";

/** What a step that fails as it stands comes to if its sums reach past a + or −. */
export interface Reaching {
	readonly note: string;
	/** The right side with its brackets, where that is all that is lacking. */
	readonly repair: Repair | null;
}

/**
 * Whether a refuted step holds if sums reach further than they do. A sum ends at the next + or −, so it stays refuted; but
 * it lacks brackets alone, and says so.
 * @param claim the step as it stands
 * @param wide the same with its sums reaching on
 * @param decided decides a claim, as whatever the step may mean
 */
export async function ifReachingOn(
	claim: Claim,
	wide: Claim,
	sums: readonly ReachingSum[],
	decided: (claim: Claim) => Promise<Decision>,
): Promise<Reaching | null> {
	const holds = async (c: Claim): Promise<boolean> => {
		const { verdict } = await decided(c);
		return verdict === "proved" || verdict === "agrees";
	};
	const note = `holds if ${sums.map(reach).join(", and ")}: set brackets`;
	if (!sameTree(claim.right, wide.right)) {
		const bracketed = { ...claim, right: wide.right };
		if (await holds(bracketed))
			return { note, repair: bracketsOf(claim, bracketed) };
	}
	return (await holds(wide)) ? { note, repair: null } : null;
}

function reach({ indices, over }: ReachingSum): string {
	return `the sum over ${indices.join(", ")} reaches over \`${over}\``;
}

function bracketsOf({ right, context }: Claim, bracketed: Claim): Repair {
	return {
		latex: toLatex(bracketed.right, context),
		kind: scopeOfSum.kind,
		replaces: toLatex(right, context),
	};
}
