import type { Span } from "../problem.js";

/** A macro definition in a display: `\newcommand{\E}{\mathbb E}`, `\def\a#1{…}`, `\let\a\b`. */
export interface Definition {
	readonly command: string;
	/** What is defined, with its backslash; whatever stands there if it is no control word. */
	readonly name: string;
	readonly nameSpan: Span;
	/** The whole definition, body included. Tokens from here appear elsewhere, where the macro is used. */
	readonly span: Span;
	/** How many `#` the body has: each makes one copy of an argument. */
	readonly copies: number;
}

const commands =
	/\\(newcommand|renewcommand|providecommand|DeclareMathOperator|def|gdef|edef|xdef|let|futurelet)(?![a-zA-Z@])\*?/g;

/** Every definition in the text, those inside other definitions included. */
export function findDefinitions(text: string): Definition[] {
	return [...text.matchAll(commands)].map((found) =>
		definitionAt(text, found.index, found[0].length, found[1] as string),
	);
}

function definitionAt(
	text: string,
	start: number,
	length: number,
	command: string,
): Definition {
	const name = nameAt(text, start + length);
	const end = command.endsWith("let")
		? endOfLet(text, name.end)
		: endOfBody(text, name.end);
	const copies = text.slice(name.end, end).split("#").length - 1;
	return {
		command,
		name: name.text,
		nameSpan: name.span,
		span: { start, end },
		copies,
	};
}

/** The name that is defined, and where what follows it begins. */
function nameAt(
	text: string,
	from: number,
): { text: string; span: Span; end: number } {
	const match =
		/\s*(?:\{\s*(\\[a-zA-Z@]+|\\.|[^{}]*?)\s*\}|(\\[a-zA-Z@]+|\\.|.))/sy;
	match.lastIndex = from;
	const found = match.exec(text);
	const name = found?.[1] ?? found?.[2] ?? "";
	const start = found ? from + found[0].indexOf(name) : from;
	const end = found ? from + found[0].length : from;
	return { text: name, span: { start, end: start + name.length }, end };
}

function endOfLet(text: string, from: number): number {
	const match = /\s*=?\s*(?:\\[a-zA-Z@]+|\\.|.)?/sy;
	match.lastIndex = from;
	match.exec(text);
	return match.lastIndex;
}

/** End of the braced body that begins after parameters such as `[1]` or `#1#2`. */
function endOfBody(text: string, from: number): number {
	let depth = 0;
	for (let i = from; i < text.length; i++) {
		if (text[i] === "\\") i++;
		else if (text[i] === "{") depth++;
		else if (text[i] === "}") {
			depth--;
			if (depth <= 0) return i + 1;
		}
	}
	return text.length;
}
