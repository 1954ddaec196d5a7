import { Problem } from "../../problem.js";
import { readVariables } from "../grammar/constants.js";
import { Reader, type Reading } from "../grammar/reader.js";
import type { Surface } from "../surface.js";
import { trimmed } from "../tokens/spacing.js";
import { spanOf, type TextToken, type Token } from "../tokens/token.js";

/**
 * Whether the words announce the variable of a constant: "w.r.t.", "with respect to", "as a function of", alone or with it in
 * dollars, and "in" alone.
 */
export function namesVariable(token: TextToken): boolean {
	return /\b(?:w\.?\s?r\.?\s?t\.?|with respect to|as a function of)(?:\W|$)|^\W*in\W*$/i.test(
		token.text,
	);
}

/** Whether the words make what follows a condition: "if", "when". */
export function opensCondition(token: TextToken): boolean {
	return /\b(?:if|when|whenever|provided|assuming|unless|otherwise|iff)\W*$/i.test(
		token.text.trim(),
	);
}

/** Whether the words introduce the name on the left of what follows them: "where", "let". */
export function introducesNames(token: TextToken): boolean {
	return /\b(?:where|with|let|define|denote|set|put)\W*$/i.test(
		token.text.trim(),
	);
}

/** Words that do something to what follows them, so that it belongs to the formula. */
const operation =
	/\b(?:plus|minus|times|multiplied|divided|over|equals?|greater|less|least|most|root|squared?|power)\b/i;

const preposition =
	/\b(?:of|in|on|by|from|for|to|using|since|because|that|dropping|ignoring)\W*$/i;

/** Whether what follows the words belongs to them and not to the formula: "by definition of", "since". */
export function takesWhatFollows(token: TextToken): boolean {
	return preposition.test(token.text.trim()) && isRemark(token);
}

/** Whether words say something about a formula, instead of being a condition of it or a part. */
export function isRemark(token: TextToken): boolean {
	return !operation.test(token.text) && !opensCondition(token);
}

/** How many brackets the words leave open; negative if they close more than they open. */
export function opensIn(token: TextToken): number {
	const count = (sign: string) => token.text.split(sign).length - 1;
	return count("(") - count(")");
}

/** The variable that the words name, in themselves or in the tokens behind them; null if it cannot be read. */
export function variableOf(
	token: TextToken,
	behind: readonly Token[],
	reading: Reading,
): Surface | null {
	const tokens = withoutLooseBracket(trimmed(token.math[0] ?? behind));
	if (tokens.length === 0) return null;
	try {
		const place = spanOf(tokens, token.span);
		const reader = new Reader(tokens, { ...reading, notes: [] }, place);
		const variable = readVariables(reader);
		return reader.atEnd ? variable : null;
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** In `\text{(w.r.t. } \mu)` the bracket opens within the words; in `\text{(w.r.t. } \mu\text{)}` it closes so, too. */
function withoutLooseBracket(tokens: readonly Token[]): readonly Token[] {
	const opened = tokens.some((t) => t.kind === "open");
	const last = tokens[tokens.length - 1];
	const closes =
		last?.kind === "close" ||
		(last?.kind === "text" && /^\s*[)\]][.,;]?\s*$/.test(last.text));
	return !opened && closes ? tokens.slice(0, -1) : tokens;
}

/** A text with its formulas as they were written. */
export function shownText(token: TextToken, source: string): string {
	let formula = 0;
	return token.text.trim().replace(/\$/g, () => {
		const span = spanOf(token.math[formula++] ?? [], nowhere);
		return `$${source.slice(span.start, span.end)}$`;
	});
}

const nowhere = { start: 0, end: 0 };
