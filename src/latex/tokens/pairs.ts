import { Problem } from "../../problem.js";
import type { DelimiterToken, Token } from "./token.js";

/** Deepest nesting of brackets that is read. */
const DEEPEST = 150;

/**
 * For each bracket the index of its partner, for each other token −1.
 * @throws Problem at the first bracket without one, or with one of another shape.
 */
export function pairUp(tokens: readonly Token[]): Int32Array {
	const partner = new Int32Array(tokens.length).fill(-1);
	const open: number[] = [];
	tokens.forEach((token, i) => {
		if (token.kind === "open") open.push(i);
		if (open.length > DEEPEST)
			throw new Problem(
				`brackets are nested more than ${DEEPEST} deep`,
				token.span,
				"fewer levels",
			);
		if (token.kind !== "close") return;
		const start = open.pop();
		if (start === undefined)
			throw new Problem(
				`this ${shown(token)} closes nothing`,
				token.span,
				"a bracket that it closes",
			);
		const opening = tokens[start] as DelimiterToken;
		if (
			opening.delimiter !== token.delimiter &&
			!enclosesCases(tokens, start, i)
		)
			throw mismatch(opening, token);
		partner[start] = i;
		partner[i] = start;
	});
	const left = open.pop();
	if (left !== undefined) {
		const token = tokens[left] as DelimiterToken;
		throw new Problem(
			`this ${shown(token)} is never closed`,
			token.span,
			"a bracket that closes it",
		);
	}
	return partner;
}

/** A brace on the left of rows, as `cases` sets it, needs none on the right. */
function enclosesCases(
	tokens: readonly Token[],
	start: number,
	end: number,
): boolean {
	const [open, rows, close] = tokens.slice(start, end + 1);
	return (
		end === start + 2 &&
		rows?.kind === "array" &&
		open?.kind === "open" &&
		open.delimiter === "{" &&
		close?.kind === "close" &&
		close.delimiter === "."
	);
}

function mismatch(opening: DelimiterToken, close: DelimiterToken): Problem {
	const span = { start: opening.span.start, end: close.span.end };
	const oneSided = opening.delimiter === "." || close.delimiter === ".";
	return oneSided
		? new Problem(
				"a bracket on one side is not read",
				span,
				"brackets on both sides",
			)
		: new Problem(
				`${shown(opening)} is closed by ${shown(close)}`,
				span,
				"brackets of one shape",
			);
}

const closing: Readonly<Record<string, string>> = {
	"(": ")",
	"[": "]",
	"{": "}",
	"<": "⟩",
};

function shown({ kind, delimiter }: DelimiterToken): string {
	if (delimiter === ".") return kind === "open" ? "\\left." : "\\right.";
	if (kind === "open") return delimiter === "<" ? "⟨" : delimiter;
	return closing[delimiter] ?? delimiter;
}

/** How many brackets are open after the tokens: 0 if all are closed, less if too many are. */
export function openBrackets(tokens: readonly Token[]): number {
	let depth = 0;
	for (const token of tokens)
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
	return depth;
}

/** Where the bracket opens that the last token closes. */
export function lastBracket(tokens: readonly Token[]): number {
	let depth = 0;
	return tokens.findLastIndex((token) => {
		depth += token.kind === "close" ? 1 : token.kind === "open" ? -1 : 0;
		return depth === 0;
	});
}
