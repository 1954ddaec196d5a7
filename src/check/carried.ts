import type { Expr } from "../expr/tree.js";
import { freeIndices, mapChildren, sameTree } from "../expr/walk.js";
import { relations } from "../relations/index.js";
import type { Carried } from "./carriedMultiple.js";
import type { Claim } from "./claim.js";
import { isProved } from "./decide.js";
import type { Search } from "./memory.js";

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
	/** What was concluded rightly from a refuted line. */
	private concluded: readonly Mistake[] = [];
	private readonly lines: number[] = [];

	/** The first refuted line from one to another; null if there is none. */
	lineWithin(from: number, to: number): number | null {
		return this.lines.find((l) => from <= l && l <= to) ?? null;
	}

	/** Takes a step that follows from a refuted line. */
	conclude(claim: Claim, line: number): void {
		this.concluded = [{ claim, line }, ...this.concluded].slice(0, mostKept);
	}

	/** The refuted line from which the same was concluded; null if it was not. */
	async sourceOfConclusion(
		stated: Claim,
		seed: string,
		search: Search,
	): Promise<number | null> {
		for (const { claim, line } of this.concluded) {
			if (!sameTree(claim.left, stated.left)) continue;
			const both = { ...stated, left: claim.right };
			if (await search(isProved, both, seed)) return line;
		}
		return null;
	}

	/** Takes a refuted equation; those that say something of an index of their right side alone are of no use. */
	add(claim: Claim, line: number): void {
		this.lines.push(line);
		const free = freeIndices(claim.left);
		const isGeneral = [...freeIndices(claim.right)].every((i) => free.has(i));
		if (claim.relation === relations.equal && isGeneral)
			this.kept = [{ claim, line }, ...this.kept].slice(0, mostKept);
	}

	/** The line of a refuted equation from which a claim follows: it is proved once that equation is put in. */
	async sourceOf(
		claim: Claim,
		seed: string,
		search: Search,
	): Promise<number | null> {
		if (this.kept.length === 0) return null;
		const mistakes = this.kept.map((m) => m.claim);
		const ways = await search(withMistakes, claim, mistakes);
		for (const { left, of } of ways ?? [])
			if (await search(isProved, { ...claim, left }, seed))
				return this.kept[of]?.line ?? null;
		return null;
	}
}

/** What is said of a step that is right in itself. */
export function carriedFrom(line: number): string {
	return `follows from line ${line}, which is refuted`;
}

/**
 * The left side with each mistake made in it: where its left side stands as it is, or where its error explains the residual.
 * What looks for the latter is loaded where it is needed.
 */
async function withMistakes(
	claim: Claim,
	mistakes: readonly Claim[],
): Promise<readonly Carried[]> {
	const found: Carried[] = [];
	const others: { wrong: Claim; of: number }[] = [];
	for (const [of, wrong] of mistakes.entries()) {
		const literally = replaced(claim.left, wrong.left, wrong.right);
		if (literally) found.push({ left: literally, of });
		else if (!sameTree(claim.left, wrong.left)) others.push({ wrong, of });
	}
	if (others.length === 0) return found;
	const { asMultiples } = await import("./carriedMultiple.js");
	return [...found, ...asMultiples(claim, others)].sort((a, b) => a.of - b.of);
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
