import { Problem, type Span } from "../../problem.js";
import { bareName } from "../bareName.js";
import { Reader, type Reading } from "../grammar/reader.js";
import type { Surface } from "../surface.js";
import { trimmed } from "../tokens/spacing.js";
import { firstUnreadable, spanOf, type Token } from "../tokens/token.js";

/**
 * Reads one side of a chain, whole. A bar or a comma outside of all brackets, as in `x_i \mid c_i, \mu \sim …`, makes
 * a call without a name.
 * @throws Problem for whatever is not read.
 */
export function readSide(
	tokens: readonly Token[],
	reading: Reading,
	place: Span,
): Surface {
	const side = trimmed(tokens);
	const unreadable = firstUnreadable(side);
	if (unreadable)
		throw new Problem(unreadable.message, unreadable.span, unreadable.expected);
	if (side.length === 0)
		throw new Problem(
			"something is missing beside this relation",
			place,
			"an expression",
		);
	const r = new Reader(side, reading, spanOf(side, place));
	const start = r.here().start;
	const first = r.grammar.item(r);
	if (r.atEnd) return first;
	const given: Surface[] = [];
	const parameters: Surface[] = [];
	const all = [first];
	let current = all;
	for (let token = r.peek(); token; token = r.peek()) {
		if (token.kind === "bar" && !token.double && current === all)
			current = given;
		else if (
			token.kind === "punctuation" &&
			token.mark === ";" &&
			current !== parameters
		)
			current = parameters;
		else if (token.kind !== "punctuation" || token.mark !== ",") r.expectEnd();
		r.next();
		current.push(r.grammar.item(r));
	}
	const span = r.since(start);
	return {
		kind: "call",
		function: bareName("", { start, end: start }),
		arguments: all,
		given,
		parameters,
		span,
	};
}
