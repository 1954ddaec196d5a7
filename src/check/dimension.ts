import type { Look } from "./look.js";

/**
 * "holds for D = 1 alone", where every world with that size 1 agrees and every larger one fails (trap 1). Looks at no more
 * worlds than it takes to know.
 */
export function dimensionNote(looks: Iterable<Look>): string | null {
	let candidates: readonly Candidate[] | null = null;
	for (const look of looks) {
		candidates ??= [...look.world.sizes.keys()].map((size) => ({
			size,
			ones: 0,
			larger: 0,
		}));
		if (look.outcome !== "open")
			candidates = candidates.flatMap((c) => confronted(c, look));
		if (candidates.length === 0) return null;
	}
	const found = candidates?.find((c) => c.ones > 0 && c.larger > 0);
	return found ? `holds for ${found.size} = 1 alone` : null;
}

/** A size that may be meant, and how many worlds in which it is 1, and larger, have been seen. */
interface Candidate {
	readonly size: string;
	readonly ones: number;
	readonly larger: number;
}

/** The candidate with one more world counted; none if that speaks against it. */
function confronted(c: Candidate, { world, outcome }: Look): Candidate[] {
	const isOne = world.sizes.get(c.size) === 1;
	if (isOne !== (outcome === "holds")) return [];
	return [isOne ? { ...c, ones: c.ones + 1 } : { ...c, larger: c.larger + 1 }];
}
