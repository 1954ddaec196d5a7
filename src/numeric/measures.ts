import { measure as categorical } from "../distributions/categorical/measure.js";
import { measure as normal } from "../distributions/normal/measure.js";
import type { Measure } from "./measure.js";
import { Undecided } from "./undecided.js";

/** How to integrate over each distribution. A new one is a `measure.ts` in its folder and a line here. */
const measures: readonly Measure[] = [normal, categorical];

/** @throws Undecided for a distribution that has no measure. */
export function measureOf(distribution: string): Measure {
	const found = measures.find((m) => m.distribution === distribution);
	if (!found)
		throw new Undecided(
			`expectations under ${distribution} cannot be computed numerically`,
		);
	return found;
}
