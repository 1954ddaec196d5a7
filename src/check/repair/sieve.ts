import type { Expr } from "../../expr/tree.js";
import {
	evaluate,
	evaluateByTerms,
	makeWorlds,
	type World,
} from "../../numeric/index.js";
import type { Claim } from "../claim.js";
import { defectsBetween, lookAmong, othersOf } from "../look.js";
import { withoutNormaliser } from "../normaliser.js";

/** Node evaluations that a side may cost in one world. */
const mostWork = 100_000;
/** What a right side costs that is cheap, and how many of the cheap and of the others are looked at. */
const littleWork = 4_000;
const mostCheap = 1_000;
const mostCostly = 200;
const seed = "repair";

/**
 * Computes candidates in one world before any algebra is spent on them: a wrong one almost never passes, and costs
 * little. What passes has still to be proved.
 */
export class Sieve {
	private remaining: number;

	private constructor(
		private readonly claim: Claim,
		private readonly world: World,
		/** Differ from the world in the free variable. */
		private readonly others: readonly (World | null)[],
		private readonly most: number,
	) {
		this.remaining = most;
	}

	/**
	 * A sieve for a refuted claim, in the largest world in which it is seen to fail; null if there is none.
	 * @param mentioned all that candidates may be made of, besides the two sides
	 */
	static of(claim: Claim, mentioned: readonly Expr[]): Sieve | null {
		const bare = withoutNormaliser(claim);
		const { left, right, context } = claim;
		const worlds = makeWorlds([left, right, ...mentioned], context, seed);
		for (const world of [...worlds].reverse()) {
			const others = othersOf(bare, world, seed);
			if (lookAmong(bare, world, others, mostWork).outcome !== "fails")
				continue;
			const { status } = evaluate(bare.right, world, context, littleWork);
			const most = status === "undecided" ? mostCostly : mostCheap;
			return new Sieve(bare, world, others, most);
		}
		return null;
	}

	/** Whether sides cost little enough that many of them may be looked at. */
	get isCheap(): boolean {
		return this.most === mostCheap;
	}

	/** Whether there is work left to look at another candidate. */
	get isOpen(): boolean {
		return this.remaining > 0;
	}

	/** What has to vanish for the claim to hold with this right side, entry by entry; null where a side has no value. */
	defects(right: Expr): readonly number[] | null {
		this.remaining -= 1;
		const claim = { ...this.claim, right };
		const [other = null] = this.others;
		return defectsBetween(claim, this.world, other, mostWork, evaluateByTerms);
	}

	/** Whether the claim may hold with this right side. */
	passes(right: Expr): boolean {
		this.remaining -= 1;
		const claim = { ...this.claim, right };
		const { world, others } = this;
		const { outcome } = lookAmong(
			claim,
			world,
			others,
			mostWork,
			evaluateByTerms,
		);
		return outcome === "holds" || outcome === "open";
	}
}
