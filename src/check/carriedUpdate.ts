import type { Context } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import { Problem } from "../problem.js";
import { equal } from "../relations/equal.js";
import type { StatedStep } from "./assignment.js";
import type { Mistakes } from "./carried.js";
import { type Assignment, optimumClaims } from "./certify.js";
import type { Claim } from "./claim.js";
import type { Search } from "./memory.js";
import { seedOfUpdates } from "./seed.js";

/**
 * The refuted line from which a refuted update goes on faithfully: the same was concluded from it, or the update is the
 * optimum once it is put in. Null if there is none.
 * @param own all that the sheet states of the factor
 */
export async function sourceOfUpdate(
	{ left, right, context }: StatedStep,
	sheet: Context,
	factor: Factor,
	own: readonly Assignment[],
	mistakes: Mistakes,
	base: string,
	search: Search,
): Promise<number | null> {
	const stated: Claim = {
		left: left.expr,
		right: right.expr,
		relation: equal,
		free: null,
		context,
	};
	const seed = seedOfUpdates(base, own);
	const line = await mistakes.sourceOfConclusion(stated, seed, search);
	if (line !== null) return line;
	for (const claim of claimsOf(sheet, factor, own)) {
		const source = await mistakes.sourceOf(claim, seed, search);
		if (source !== null) return source;
	}
	return null;
}

/** That of the optimum, where it can be said at all. */
function claimsOf(
	context: Context,
	factor: Factor,
	own: readonly Assignment[],
): readonly Claim[] {
	try {
		return optimumClaims(context, factor, own);
	} catch (error) {
		if (error instanceof Problem) return [];
		throw error;
	}
}
