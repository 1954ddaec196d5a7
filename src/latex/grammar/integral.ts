import { bareName } from "../bareName.js";
import type { Surface } from "../surface.js";
import type { Token } from "../tokens/token.js";
import { readHead, wrapped } from "./names.js";
import type { Reader } from "./reader.js";

/**
 * Reads an integral. Its body ends at its d…, past any + or −; where the measure is left out it reaches like a sum. A
 * measure may also stand in front: `\int dz\, f`.
 */
export function readIntegral(r: Reader): Surface {
	const { start } = r.next().span;
	const { lower, upper } = bounds(r);
	if (atMeasure(r)) {
		const measures = readMeasures(r, 1);
		return {
			kind: "integral",
			measures,
			lower,
			upper,
			body: r.grammar.term(r),
			span: r.since(start),
		};
	}
	const end = ownMeasure(r);
	const body = end === null ? r.grammar.term(r) : bodyBefore(r);
	const measures =
		end === null ? [] : readMeasures(r, Math.max(1, runLength(r) - r.awaited));
	return {
		kind: "integral",
		measures,
		lower,
		upper,
		body,
		span: r.since(start),
	};
}

function bounds(r: Reader): { lower: Surface | null; upper: Surface | null } {
	let lower: Surface | null = null;
	let upper: Surface | null = null;
	for (let token = r.peek(); token?.kind === "scripts"; token = r.peek()) {
		if (token.sub)
			lower = r.inside(token.sub, (inner) => inner.grammar.sum(inner));
		if (token.sup)
			upper = r.inside(token.sup, (inner) => inner.grammar.sum(inner));
		r.next();
	}
	return { lower, upper };
}

function bodyBefore(r: Reader): Surface {
	const place = r.here();
	r.awaited++;
	const empty = atMeasure(r);
	const body: Surface = empty
		? { kind: "number", text: "1", span: place }
		: r.grammar.sum(r);
	r.awaited--;
	if (!atMeasure(r))
		throw r.problem(
			`${r.shown()} is not expected in an integral`,
			"the measure, as in dx",
		);
	return body;
}

/** Whether a measure begins here: d and a variable, or the word `dx`. */
export function atMeasure(r: Reader): boolean {
	return isMeasure(r, r.position);
}

function isMeasure(r: Reader, at: number): boolean {
	const token = at < r.end ? r.tokens[at] : undefined;
	if (token?.kind === "word") return /^d[a-z]$/.test(token.name);
	if (
		token?.kind !== "letter" ||
		token.name !== "d" ||
		(token.style !== "plain" && token.style !== "upright")
	)
		return false;
	const behind = r.tokens[at + 1];
	const variable =
		behind?.kind === "scripts" && !behind.sub ? r.tokens[at + 2] : behind;
	return variable?.kind === "letter" && at + 1 < r.end;
}

/** The position of the measure that belongs to the integral whose body begins here, or null. */
function ownMeasure(r: Reader): number | null {
	let depth = 0;
	let inner = 0;
	for (let i = r.position; i < r.end; i++) {
		const token = r.tokens[i] as Token;
		if (token.kind === "open") depth++;
		else if (token.kind === "close") depth--;
		if (depth !== 0) continue;
		if (token.kind === "relation" || token.kind === "punctuation") return null;
		if (token.kind === "big" && token.operator === "integral") inner++;
		if (!isMeasure(r, i)) continue;
		if (inner === 0) return i;
		inner--;
	}
	return null;
}

/** How many measures stand here side by side. */
function runLength(r: Reader): number {
	let count = 0;
	let i = r.position;
	for (;;) {
		if (isMeasure(r, i)) count++;
		else if (!isPartOfMeasure(r.tokens[i])) return count;
		i++;
		if (i >= r.end) return count;
	}
}

function isPartOfMeasure(token: Token | undefined): boolean {
	return (
		token?.kind === "letter" ||
		token?.kind === "scripts" ||
		(token?.kind === "sign" && token.sign === "dots")
	);
}

/** Reads so many measures, and the dots between them: `dz_0 \dots dz_{n-1}`. */
function readMeasures(r: Reader, count: number): Surface[] {
	const measures: Surface[] = [];
	while (
		measures.filter((m) => m.kind !== "dots").length < count &&
		atMeasure(r)
	) {
		measures.push(readMeasure(r));
		const token = r.peek();
		if (token?.kind === "sign" && token.sign === "dots") {
			r.next();
			measures.push({ kind: "dots", span: token.span });
		}
	}
	return measures;
}

function readMeasure(r: Reader): Surface {
	const token = r.next();
	if (token.kind === "word") return bareName(token.name.slice(1), token.span);
	if (r.peek()?.kind === "scripts") r.next();
	const head = readHead(r);
	return wrapped(r, head.name, head.wraps);
}
