import {
	evaluate,
	makeWorlds,
	mostWork,
	nudge,
	type Reach,
	type World,
} from "../numeric/index.js";
import type { Claim, Failure } from "./claim.js";
import { confirmFirst } from "./confirm.js";
import { dimensionNote } from "./dimension.js";
import { type Look, lookAlone, lookAt } from "./look.js";
import { isTelling } from "./telling.js";

/** What the witness says of a claim after looking at all worlds. */
export interface Testimony {
	readonly failure: Failure | null;
	/** Worlds in which the claim was seen to hold; 0 where these are special ones alone, in which a wrong claim may hold. */
	readonly deciding: number;
	readonly reason: string;
	readonly note: string | null;
}

const usualWorlds = 8;

/**
 * Evaluates both sides in worlds, smallest first, each within `limit` node evaluations, until a failure is confirmed in big
 * numbers.
 * @param isProved whether the normal forms coincide, so that the sides are equal wherever both are defined
 */
export async function testify(
	claim: Claim,
	seed: string,
	limit?: number,
	isProved = false,
	count = usualWorlds,
	reach: Reach = "near",
): Promise<Testimony> {
	const worlds = makeWorlds(
		[claim.left, claim.right],
		claim.context,
		seed,
		count,
		reach,
	);
	const isLastEffort = (limit ?? mostWork) >= mostWork;
	const looks = new Looks(
		worlds,
		(world) => lookAt(claim, world, seed, limit),
		isLastEffort ? 4 : 1,
	);
	const isAgainst = (l: Look) =>
		l.outcome === "fails" ||
		(l.outcome === "undefined" &&
			!isIsolated(claim, l, limit) &&
			!(isProved && isSpecial(l.world)));
	const found = await confirmFirst(claim, looks.where(isAgainst));
	if (found) {
		const isUndefined = found.look.outcome === "undefined";
		const reason = isUndefined
			? "one side is undefined where the other is not"
			: found.look.reason;
		return {
			failure: found.failure,
			deciding: 0,
			reason,
			note: dimensionNote(looks.where()),
		};
	}
	const all = [...looks.where()];
	const holding = all.filter((l) => l.outcome === "holds");
	// What looks wrong and could not be confirmed, as where that costs too much, is no reason to agree.
	const against = isProved ? undefined : all.find(isAgainst);
	const deciding =
		isProved || (!against && isTelling(claim, all, holding))
			? holding.length
			: 0;
	const open = against ?? all.find((l) => l.outcome !== "holds");
	return { failure: null, deciding, reason: open?.reason ?? "", note: null };
}

/**
 * Looks at worlds, each taken when it is first asked for: a failure that is confirmed in a small one spares the others, and
 * where a side costs too much it mostly does so in larger ones, which are passed over: at once while little is spent, and at
 * last, since an integrand with a narrow peak may cost more in a small world, only after several.
 */
class Looks {
	private readonly taken: Look[] = [];
	private readonly spent: World[] = [];

	constructor(
		private readonly worlds: readonly World[],
		private readonly look: (world: World) => Look,
		/** So many smaller worlds in which a side costs too much are enough to pass one over. */
		private readonly enough: number,
	) {}

	/** Those that meet a condition, in the order of the worlds. */
	*where(isMeant: (look: Look) => boolean = () => true): Iterable<Look> {
		for (const [n, world] of this.worlds.entries()) {
			const look = this.taken[n] ?? this.take(world);
			this.taken[n] = look;
			if (isMeant(look)) yield look;
		}
	}

	private take(world: World): Look {
		const smaller = this.spent.filter((s) => isLarger(world, s));
		if (smaller.length >= this.enough)
			return lookAlone(world, "open", "it takes too many evaluations", true);
		const look = this.look(world);
		if (look.isSpent) this.spent.push(world);
		return look;
	}
}

function isLarger(world: World, than: World): boolean {
	const sizes = [...world.sizes].map(
		([name, n]) => n - (than.sizes.get(name) ?? n),
	);
	return sizes.every((more) => more >= 0) && sizes.some((more) => more > 0);
}
/**
 * A zero of a denominator met by chance, which decides nothing: close by, both sides are defined or both are not. The
 * logarithm of a negative number stays undefined; that of an unnamed function, which nothing can declare to be positive, is
 * looked at where it is.
 */
function isIsolated(
	claim: Claim,
	{ world }: Look,
	limit: number | undefined,
): boolean {
	const { left, right, context } = claim;
	const functions = { ...world.functions, positive: true };
	const near = { ...nudge(world, context), functions };
	const [a, b] = [left, right].map((e) => evaluate(e, near, context, limit));
	return a?.status === b?.status;
}

/** A world in which a size is 1 or two indices coincide: there a formula like 1/(N − 1) that is right need not make sense. */
function isSpecial({ sizes, indices }: World): boolean {
	return (
		[...sizes.values()].includes(1) ||
		new Set(indices.values()).size < indices.size
	);
}
