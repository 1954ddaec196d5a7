import type { Evaluation } from "./evaluate.js";

export type Comparison = "agree" | "differ" | "undecided";

/** Part of the scale within which doubles that should be equal lie; farther apart than `apart` they are not. */
const close = 1e-9;
const apart = 1e-6;
/** The largest error, as a part of the scale, with which agreement says anything. */
const largestError = 1e-5;

/**
 * Whether two evaluations in one world agree, entry by entry. Between agreement and difference, and where one is not
 * defined, nothing is decided here: more digits may decide.
 */
export function compareValues(left: Evaluation, right: Evaluation): Comparison {
	if (left.status === "undecided" || right.status === "undecided")
		return "undecided";
	if (left.status === "undefined" || right.status === "undefined")
		return left.status === right.status ? "undecided" : "differ";
	if (left.values.length !== right.values.length) return "undecided";
	const verdicts = left.values.map((_, i) => compareEntry(left, right, i));
	if (verdicts.includes("differ")) return "differ";
	return verdicts.includes("undecided") ? "undecided" : "agree";
}

function compareEntry(
	left: Evaluation,
	right: Evaluation,
	i: number,
): Comparison {
	const difference = Math.abs(
		(left.values[i] as number) - (right.values[i] as number),
	);
	const scale = (left.scale[i] as number) + (right.scale[i] as number);
	const error = (left.error[i] as number) + (right.error[i] as number);
	if (difference <= close * scale + error && error <= largestError * scale)
		return "agree";
	return difference > apart * scale && difference > 6 * error
		? "differ"
		: "undecided";
}
