import { nested, type Token } from "../tokens/token.js";
import type { Reader } from "./reader.js";

/**
 * How far a sum at `from` over these indices reaches: the position behind the last term, at this level and before any relation, in
 * which one of them would stand unbound; null if no later term needs the sum. The scan is by tokens, in linear time.
 */
export function reachOf(
	r: Reader,
	indices: readonly string[],
	from: number,
): number | null {
	const unbound = indices.filter(
		(name) =>
			!r.reading.free.has(name) &&
			!r.bound.includes(name) &&
			!standsBefore(r, from, name),
	);
	if (unbound.length === 0) return null;
	let reach: number | null = null;
	for (let start = r.position; start < r.end; ) {
		const token = r.tokens[start] as Token;
		if (token.kind !== "operator" || !"+-".includes(token.operator)) break;
		const end = endOfTerm(r, start + 1);
		if (
			unbound.some((name) => usesUnbound(r.tokens.slice(start + 1, end), name))
		)
			reach = end;
		start = end;
	}
	return reach;
}

/** Whether the letter stands free in a term before the sum: then it means that free one behind the sum too. */
function standsBefore(r: Reader, from: number, name: string): boolean {
	for (let start = 0; start < from; ) {
		const end = Math.min(from, endOfTerm(r, start));
		if (usesUnbound(r.tokens.slice(start, end), name)) return true;
		start = end;
	}
	return false;
}

/** The position of the next +, −, relation, comma or separating bar at this level. */
export function endOfTerm(r: Reader, from: number): number {
	let depth = 0;
	for (let i = from; i < r.end; i++) {
		const token = r.tokens[i] as Token;
		if (token.kind === "open") depth++;
		else if (token.kind === "close") depth--;
		else if (depth === 0 && endsTerm(token) && i > from) return i;
	}
	return r.end;
}

function endsTerm(token: Token): boolean {
	if (token.kind === "operator")
		return token.operator === "+" || token.operator === "-";
	return (
		token.kind === "relation" ||
		token.kind === "punctuation" ||
		token.kind === "bar"
	);
}

/** Whether the letter occurs in a term where no sign of its own binds it; a binder rules its bracket, or else the term. */
function usesUnbound(tokens: readonly Token[], name: string): boolean {
	let depth = 0;
	let boundAt: number | null = null;
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		if (token.kind === "open") depth++;
		if (token.kind === "close") depth--;
		if (boundAt !== null && depth < boundAt) boundAt = null;
		const before = tokens[i - 1];
		const binds =
			token.kind === "scripts" &&
			before !== undefined &&
			takesIndices(before) &&
			mentions(token.sub ?? [], name);
		if (binds) boundAt ??= depth;
		else if (boundAt === null && mentionsAt(tokens, i, name)) return true;
	}
	return false;
}

/** A sign, or one of the words `\max` and `\min`, that binds the indices written under it. */
export function takesIndices(token: Token): boolean {
	return (
		token.kind === "big" ||
		(token.kind === "word" && (token.name === "max" || token.name === "min"))
	);
}

function mentions(tokens: readonly Token[], name: string): boolean {
	return tokens.some((_, i) => mentionsAt(tokens, i, name));
}

/** Whether a token is the letter, without a prime behind it, or has it somewhere inside. */
function mentionsAt(
	tokens: readonly Token[],
	at: number,
	name: string,
): boolean {
	const token = tokens[at] as Token;
	const behind = tokens[at + 1];
	if (token.kind === "letter" && token.name === name)
		return (
			token.accents.length === 0 &&
			!(behind?.kind === "scripts" && behind.primes > 0)
		);
	return nested(token).some((inner) => usesUnbound(inner, name));
}
