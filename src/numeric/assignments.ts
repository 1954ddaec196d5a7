import type { Context } from "../expr/context.js";
import { extent, type World } from "./world.js";

/** The world with some free indices at each combination of their values that the sheet allows. */
export function everyAssignment(
	world: World,
	names: readonly string[],
	{ ranges, distinct }: Context,
): World[] {
	let worlds = [world];
	for (const name of names) {
		const range = ranges.get(name);
		if (range === undefined) continue;
		const values = Array.from(
			{ length: extent(world, range) },
			(_, i) => i + 1,
		);
		worlds = worlds.flatMap((w) =>
			values.map((value) => ({
				...w,
				indices: new Map(w.indices).set(name, value),
			})),
		);
	}
	const isAllowed = ({ indices }: World) =>
		distinct.every(
			([a, b]) =>
				!names.includes(a) ||
				!names.includes(b) ||
				indices.get(a) !== indices.get(b),
		);
	return worlds.filter(isAllowed);
}
