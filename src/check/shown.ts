import type { World } from "../numeric/index.js";
import type { Failure } from "./claim.js";
import type { Counterexample, ShownWorld } from "./result.js";

/**
 * A failing world as the report shows it.
 * @param names the symbols on which the sides depend, where the values of others are left out
 */
export function counterexample(
	{ world, left, right }: Failure,
	names: ReadonlySet<string> | null = null,
): Counterexample {
	return { world: shownWorld(world, names), left, right };
}

/**
 * A world by the names of the sheet.
 * @param names as for `counterexample`
 */
export function shownWorld(
	{ sizes, indices, values }: World,
	names: ReadonlySet<string> | null = null,
): ShownWorld {
	// Names that no reader produces stand for variables that the step binds.
	const isShown = (name: string) =>
		!name.includes("#") && (names === null || names.has(name));
	return {
		sizes: Object.fromEntries(sizes),
		indices: Object.fromEntries(
			[...indices].map(([name, value]) => [name.replace("*", ""), value]),
		),
		values: Object.fromEntries([...values].filter(([name]) => isShown(name))),
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
