import type { Expr } from "../expr/tree.js";
import { freeIndices, mapChildren, sameTree } from "../expr/walk.js";
import { relations } from "../relations/index.js";
import type { Claim } from "./claim.js";
import { decide } from "./decide.js";
import type { Recall } from "./memory.js";

/** Refuted equations that a later one may go on from. */
const mostKept = 8;

interface Mistake {
	readonly claim: Claim;
	readonly line: number;
}

/**
 * The refuted equations of a sheet so far. A later step that is refuted only because it goes on from one of them is right
 * in itself: its note says from which line the mistake was carried on.
 */
export class Mistakes {
	private kept: readonly Mistake[] = [];

	/** Takes a refuted equation; those that say something of an index of their right side alone are of no use. */
	add(claim: Claim, line: number): void {
		const free = freeIndices(claim.left);
		const isGeneral = [...freeIndices(claim.right)].every((i) => free.has(i));
		if (claim.relation === relations.equal && isGeneral)
			this.kept = [{ claim, line }, ...this.kept].slice(0, mostKept);
	}

	/** The line of a refuted equation from which a claim follows: it is proved once that equation is put in. */
	async sourceOf(
		claim: Claim,
		seed: string,
		recall: Recall,
	): Promise<number | null> {
		for (const { claim: wrong, line } of this.kept) {
			const left = replaced(claim.left, wrong.left, wrong.right);
			if (left === null) continue;
			const { verdict } = await recall(decide, { ...claim, left }, seed);
			if (verdict === "proved") return line;
		}
		return null;
	}
}

/**
 * A tree with one part replaced wherever it stands; null if it does not occur. Where a derivative is taken by the part, or a
 * table is of it, nothing can be put in.
 */
function replaced(e: Expr, part: Expr, by: Expr): Expr | null {
	if (sameTree(e, part)) return by;
	if (e.kind === "table" || (e.kind === "derivative" && sameTree(e.by, part)))
		return null;
	let found = false;
	const copy = mapChildren(e, (child) => {
		const inner = replaced(child, part, by);
		if (inner) found = true;
		return inner ?? child;
	});
	return found ? copy : null;
}
