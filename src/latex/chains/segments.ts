import { wideSpace } from "../tokens/spacing.js";
import type { TextToken, Token } from "../tokens/token.js";
import {
	bareWords,
	constants,
	divergences,
	functions,
	moments,
} from "../tokens/vocabulary.js";

/** What stands side by side in a line: formulas, and words between them. */
export type Segment =
	| { readonly kind: "formula"; readonly tokens: readonly Token[] }
	| { readonly kind: "words"; readonly text: TextToken };

/** Cuts a line at words, at wide spaces and semicolons, and at commas between two relations. */
export function segmentsOf(tokens: readonly Token[]): Segment[] {
	return splitAtWords(tokens).flatMap((segment) =>
		segment.kind === "words" ? [segment] : splitFormula(segment.tokens),
	);
}

function splitAtWords(tokens: readonly Token[]): Segment[] {
	const result: Segment[] = [];
	let current: Token[] = [];
	let depth = 0;
	tokens.forEach((token, i) => {
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
		if (token.kind === "text" && depth === 0 && standsApart(tokens, i, token)) {
			result.push(
				{ kind: "formula", tokens: current },
				{ kind: "words", text: token },
			);
			current = [];
		} else current.push(token);
	});
	result.push({ kind: "formula", tokens: current });
	return result.filter(
		(s) => s.kind === "words" || s.tokens.some((t) => t.kind !== "space"),
	);
}

/** Whether a text is a remark beside the formula, and not an operand or a function in it. */
function standsApart(
	tokens: readonly Token[],
	at: number,
	token: TextToken,
): boolean {
	const before = tokens[at - 1];
	const after = tokens[at + 1];
	const visibleBefore = tokens.slice(0, at).findLast((t) => t.kind !== "space");
	const visibleAfter = tokens.slice(at + 1).find((t) => t.kind !== "space");
	if (isKnownWord(token, visibleAfter)) return false;
	if (!visibleBefore) return true;
	if (visibleBefore.kind === "operator" || visibleBefore.kind === "big")
		return false;
	if (
		visibleBefore.kind === "relation" &&
		!/^[⇒⇔]$/.test(visibleBefore.relation)
	)
		return false;
	const apartBefore =
		before?.kind === "space" ||
		before?.kind === "punctuation" ||
		/^(?:[\s(,.;[]|[\s)\],.;:]+$)/.test(token.text);
	const apartAfter =
		!visibleAfter ||
		after?.kind === "space" ||
		after?.kind === "punctuation" ||
		/[\s),.:]$/.test(token.text);
	return apartBefore && apartAfter;
}

/** Names of functions, distributions (before a bracket) and constants are part of the formula. */
function isKnownWord(token: TextToken, after: Token | undefined): boolean {
	const word = token.text.trim();
	if (/^\(?(?:const(?:ant)?s?|cste?)\b/i.test(word)) return true;
	if (
		/^\(?(?:(?:other|all|some)\s+)?terms?\b.*\b(?:independent|not|without|constant)\b/i.test(
			word,
		)
	)
		return true;
	if (!/^[A-Za-z]+$/.test(word)) return false;
	if (
		functions.has(word) ||
		divergences.has(word) ||
		bareWords.has(word) ||
		constants.has(word)
	)
		return true;
	const called = after?.kind === "open" || after?.kind === "scripts";
	return (
		called && (moments.has(word) || /^[A-Z]/.test(word) || token.text === word)
	);
}

function splitFormula(tokens: readonly Token[]): Segment[] {
	const wide = cut(tokens, (i) => isWideCut(tokens, i));
	return wide
		.flatMap(splitAtCommas)
		.map((part) => ({ kind: "formula", tokens: part }));
}

/** Cuts where `test` holds, at depth 0; the token there is left out. */
function cut(
	tokens: readonly Token[],
	test: (i: number) => boolean,
): Token[][] {
	const parts: Token[][] = [[]];
	let depth = 0;
	tokens.forEach((token, i) => {
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
		if (depth <= 0 && test(i)) parts.push([]);
		else parts[parts.length - 1]?.push(token);
	});
	return parts.filter((part) =>
		part.some((t) => t.kind !== "space" && t.kind !== "punctuation"),
	);
}

/** A semicolon, or a wide space between two formulas neither of which is cut short by it. */
function isWideCut(tokens: readonly Token[], at: number): boolean {
	const token = tokens[at] as Token;
	if (token.kind === "punctuation" && token.mark === ";") return true;
	if (token.kind !== "space" || !wideSpace(tokens, at)) return false;
	const before = tokens.slice(0, at).findLast((t) => t.kind !== "space");
	const after = tokens.slice(at).find((t) => t.kind !== "space");
	if (!before || !after) return false;
	const unfinished = before.kind === "relation" || before.kind === "operator";
	const goesOn =
		after.kind === "relation" ||
		(after.kind === "operator" && before.kind !== "punctuation") ||
		after.kind === "close" ||
		after.kind === "punctuation";
	return !unfinished && !goesOn;
}

/** `s = a, m = b` are two formulas; `k = 1, \dots, K` and `x, z \sim p` are one. */
function splitAtCommas(tokens: readonly Token[]): Token[][] {
	const parts = cut(tokens, (i) => isMark(tokens[i], ","));
	const result: Token[][] = [];
	for (const part of parts) {
		const current = result[result.length - 1];
		if (!current || (hasRelation(part) && hasRelation(current)))
			result.push([...part]);
		else current.push(comma(current), ...part);
	}
	const last = tokens.findLast((t) => t.kind !== "space");
	if (last && isMark(last, ",") && result.length > 0)
		result[result.length - 1]?.push(last);
	return result;
}

function comma(before: readonly Token[]): Token {
	const end = before[before.length - 1]?.span.end ?? 0;
	return { kind: "punctuation", mark: ",", span: { start: end, end: end + 1 } };
}

function isMark(token: Token | undefined, mark: string): boolean {
	return token?.kind === "punctuation" && token.mark === mark;
}

/** Whether a relation stands outside of all brackets. */
export function hasRelation(tokens: readonly Token[]): boolean {
	let depth = 0;
	return tokens.some((token) => {
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
		return depth === 0 && token.kind === "relation";
	});
}
