import type { Look } from "./witness.js";

/** "holds for D = 1 alone", where every world with that size 1 agrees and every larger one fails (trap 1). */
export function dimensionNote(looks: readonly Look[]): string | null {
	const sizes = new Set(looks.flatMap((l) => [...l.world.sizes.keys()]));
	for (const size of sizes) {
		const of = (single: boolean) =>
			looks.filter(
				(l) =>
					l.outcome !== "open" && (l.world.sizes.get(size) === 1) === single,
			);
		const ones = of(true);
		const larger = of(false);
		if (
			ones.length > 0 &&
			larger.length > 0 &&
			ones.every(holds) &&
			larger.every((l) => !holds(l))
		)
			return `holds for ${size} = 1 alone`;
	}
	return null;
}

function holds(l: Look): boolean {
	return l.outcome === "holds";
}
