import { negations } from "./symbols.js";
import { nested, type Token } from "./token.js";

/** Joins what KaTeX leaves apart: digits of a numeral, `:` and `=`, two bars, a stroke and its relation. */
export function combine(tokens: readonly Token[]): Token[] {
	const joined: Token[] = [];
	for (const token of tokens) {
		const last = joined[joined.length - 1];
		const both = last && join(last, token);
		if (both) joined[joined.length - 1] = both;
		else joined.push(token);
	}
	return joined.flatMap(withoutFullStop);
}

function join(a: Token, b: Token): Token | null {
	const span = { start: a.span.start, end: b.span.end };
	if (a.kind === "number" && b.kind === "number")
		return { kind: "number", text: a.text + b.text, span };
	if (a.kind === "relation" && b.kind === "relation") {
		if (a.relation === ":" && b.relation === "=" && !b.above)
			return { ...b, relation: ":=", span };
		if (a.relation === "=" && b.relation === ":" && !a.above)
			return { ...a, relation: "=:", span };
		if (a.relation === "not")
			return {
				...b,
				relation: negations.get(b.relation) ?? `not ${b.relation}`,
				span,
			};
	}
	if (a.kind !== "bar" || b.kind !== "bar" || a.double || b.double) return null;
	if (a.middle && b.middle)
		return { kind: "bar", double: true, middle: true, pair: false, span };
	const isPair = !a.middle && !b.middle && !a.pair && !b.pair;
	return isPair && a.span.end === b.span.start
		? { kind: "bar", double: true, middle: false, pair: true, span }
		: null;
}

/** A full stop ends a sentence and belongs to no numeral. */
function withoutFullStop(token: Token): Token[] {
	if (token.kind !== "number" || /^(\d+|\d*\.\d+)$/.test(token.text))
		return [token];
	const { text, span } = token;
	if (/^\.{3,}$/.test(text)) return [{ kind: "sign", sign: "dots", span }];
	if (!/^(\d+|\d*\.\d+)?\.$/.test(text))
		return [
			{
				kind: "unreadable",
				message: `“${text}” is no number`,
				expected: "a decimal number",
				span,
			},
		];
	const stop: Token = {
		kind: "punctuation",
		mark: ".",
		span: { start: span.end - 1, end: span.end },
	};
	const numeral: Token = {
		kind: "number",
		text: text.slice(0, -1),
		span: { start: span.start, end: span.end - 1 },
	};
	return text === "." ? [stop] : [numeral, stop];
}

/** More negative space than this (in em) moves signs over one another. */
const OVERPRINT = -0.6;

/** Replaces space that moves signs over one another by an unreadable token; a token that hides such space too. */
export function withoutOverprinting(tokens: readonly Token[]): Token[] {
	let backwards = 0;
	return tokens.map((token) => {
		if (token.kind !== "space") backwards = 0;
		else if (token.width < 0) backwards += token.width;
		if (backwards >= OVERPRINT && !nested(token).some(overprints)) return token;
		return {
			kind: "unreadable",
			message: "negative space prints signs over one another",
			expected: "signs side by side",
			span: token.span,
		};
	});
}

function overprints(tokens: readonly Token[]): boolean {
	return withoutOverprinting(tokens).some(
		(t, i) => t.kind === "unreadable" && tokens[i]?.kind !== "unreadable",
	);
}
