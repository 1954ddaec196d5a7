import type { World } from "../numeric/index.js";
import type { Failure } from "./claim.js";
import type { Counterexample, ShownWorld } from "./result.js";

/**
 * A failing world as the report shows it.
 * @param names the symbols on which the sides depend, where the values of others are left out
 */
export function counterexample(
	failure: Failure,
	names: ReadonlySet<string> | null = null,
): Counterexample {
	const world = shownWorld(failure.world);
	const values = Object.entries(world.values).filter(
		([name]) => names === null || names.has(name),
	);
	return {
		world: { ...world, values: Object.fromEntries(values) },
		left: failure.left,
		right: failure.right,
	};
}

/** A world by the names of the sheet. */
export function shownWorld(world: World): ShownWorld {
	return {
		sizes: Object.fromEntries(world.sizes),
		indices: Object.fromEntries(
			[...world.indices].map(([name, value]) => [name.replace("*", ""), value]),
		),
		// Names that no reader produces stand for variables that the step binds.
		values: Object.fromEntries(
			[...world.values].filter(([name]) => !name.includes("#")),
		),
	};
}

/** Six significant digits, without trailing zeros. */
export function sixDigits(value: number): string {
	if (!Number.isFinite(value)) return "undefined";
	return String(Number(value.toPrecision(6)));
}

/** A number, or a bracketed list of entries. */
export function shownValue(values: readonly number[]): string {
	const texts = values.map(sixDigits);
	return texts.length === 1 ? (texts[0] as string) : `(${texts.join(", ")})`;
}
