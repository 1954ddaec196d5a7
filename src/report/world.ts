import type { Counterexample } from "../check/result.js";

/** Longest value that is read out; a larger array says no more to a reader. */
const maxValueLength = 60;

/** A counterexample in words: "with D = 2, i = 1, m = (1, 2) the left is 3.5, the right is 3". */
export function counterexampleText(example: Counterexample): string {
	const { sizes, indices, values } = example.world;
	const settings = [sizes, indices, values].flatMap((part) =>
		Object.entries(part).map(
			([name, value]) => `${name} = ${valueText(value)}`,
		),
	);
	const where = settings.length > 0 ? `with ${settings.join(", ")} ` : "";
	return `${where}the left is ${example.left}, the right is ${example.right}`;
}

/** A number with at most six digits; arrays as `(1, 2)`, nested ones as `((1, 2), (3, 4))`. */
export function valueText(value: unknown): string {
	const text = untrimmed(value);
	return text.length > maxValueLength
		? `${text.slice(0, maxValueLength - 1)}…`
		: text;
}

function untrimmed(value: unknown): string {
	if (typeof value === "number") return String(Number(value.toPrecision(6)));
	if (Array.isArray(value)) return `(${value.map(untrimmed).join(", ")})`;
	return String(value);
}
