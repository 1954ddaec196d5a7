import { Problem, type Span } from "../../problem.js";
import { numberSet } from "../grammar/range.js";
import { Reader, type Reading } from "../grammar/reader.js";
import { nextAfterComma } from "../grammar/scripts.js";
import type { Surface } from "../surface.js";
import { spanOf, type Token } from "../tokens/token.js";

/** What stands beside a formula and says for which indices it holds. */
export type Aside =
	| { readonly kind: "ranges"; readonly ranges: readonly IndexRange[] }
	| { readonly kind: "distinct"; readonly pair: readonly [string, string] }
	| { readonly kind: "remark" };

export interface IndexRange {
	readonly index: string;
	/** Where the range begins, if that is not 1. */
	readonly from?: number;
	readonly upper: Surface;
	readonly span: Span;
}

/** Reads `k = 1,\dots,K`, `i \in \{1,\dots,N\}`, `1 \le k \le K`, `\forall i`, `k \ne l`; null for anything else. */
export function readAside(
	tokens: readonly Token[],
	reading: Reading,
): Aside | null {
	const visible = tokens.filter((t) => t.kind !== "space");
	const content = withoutBrackets(visible);
	if (!mayBeAside(content)) return null;
	return (
		readIndices(content, reading) ??
		(content !== visible && isCondition(content) ? { kind: "remark" } : null)
	);
}

/** `(a, b > 0)` in brackets of its own says for which values a formula is meant; as a remark it is not trusted. */
function isCondition(content: readonly Token[]): boolean {
	return content.some(
		(t) => t.kind === "relation" && "<>≤≥≠".includes(t.relation),
	);
}

function readIndices(
	content: readonly Token[],
	reading: Reading,
): Aside | null {
	try {
		const reader = new Reader(
			content,
			{ ...reading, notes: [] },
			spanOf(content, { start: 0, end: 0 }),
		);
		return readDistinct(reader) ?? readRanges(reader);
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** The content of a bracket that encloses everything. */
export function withoutBrackets(tokens: readonly Token[]): readonly Token[] {
	const last = tokens[tokens.length - 1];
	const enclosed =
		tokens[0]?.kind === "open" && last?.kind === "close" && closesLast(tokens);
	return enclosed ? tokens.slice(1, -1) : tokens;
}

function closesLast(tokens: readonly Token[]): boolean {
	let depth = 0;
	return tokens.every((token, i) => {
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
		return depth > 0 || i === tokens.length - 1;
	});
}

/** A quick test that spares most formulas the attempt. */
function mayBeAside(tokens: readonly Token[]): boolean {
	const [first] = tokens;
	if (first?.kind === "sign" && first.sign === "forall") return true;
	return (
		tokens.length <= 40 &&
		tokens.some(
			(t) =>
				(t.kind === "sign" && t.sign === "dots") ||
				(t.kind === "relation" && "≠≤≥<>∈:".includes(t.relation)),
		)
	);
}

function readDistinct(r: Reader): Aside | null {
	const [left, relation, right] = [r.peek(), r.peek(1), r.peek(2)];
	if (
		relation?.kind !== "relation" ||
		relation.relation !== "≠" ||
		left?.kind !== "letter" ||
		right?.kind !== "letter" ||
		r.peek(3)
	)
		return null;
	return { kind: "distinct", pair: [left.name, right.name] };
}

function readRanges(r: Reader): Aside | null {
	const token = r.peek();
	const forall = token?.kind === "sign" && token.sign === "forall";
	if (forall) r.next();
	const start = r.here().start;
	if (r.peek()?.kind === "number") return readBetween(r, start);
	const indices = readIndexNames(r);
	if (!indices) return null;
	if (r.atEnd) return forall ? { kind: "remark" } : null;
	const bounds = readBounds(r);
	if (!bounds || !r.atEnd) return null;
	return ranges(r, indices, bounds, start);
}

interface Bounds {
	readonly lower: Surface;
	readonly upper: Surface;
}

function ranges(
	r: Reader,
	indices: readonly string[],
	{ lower, upper }: Bounds,
	start: number,
): Aside {
	const from = lower.kind === "number" ? Number(lower.text) : 0;
	const span = r.since(start);
	if (from !== 1 && from !== 2) return { kind: "remark" };
	const begins = from === 1 ? {} : { from };
	return {
		kind: "ranges",
		ranges: indices.map((index) => ({ index, ...begins, upper, span })),
	};
}

function readIndexNames(r: Reader): string[] | null {
	const names: string[] = [];
	do {
		const token = r.peek();
		if (token?.kind !== "letter" || token.accents.length > 0) return null;
		names.push(token.name);
		r.next();
	} while (nextAfterComma(r));
	return names;
}

function readBounds(r: Reader): Bounds | null {
	const relation = r.peek();
	if (relation?.kind !== "relation") return null;
	r.next();
	if (relation.relation === "∈") return numberSet(r) ?? readUpTo(r);
	return relation.relation === "=" ? readList(r) : null;
}

/** `[K]` for 1…K. */
function readUpTo(r: Reader): Bounds | null {
	if (!r.atOpen(0, "[")) return null;
	const span = r.here();
	const upper = r.within((inner) => inner.grammar.sum(inner));
	return { lower: { kind: "number", text: "1", span }, upper };
}

/** `1, \dots, K`, `1, 2, \dots, K`, `1 \dots K`, `1:K`. */
function readList(r: Reader): Bounds | null {
	const lower = r.grammar.factor(r);
	const colon = r.peek();
	if (colon?.kind === "relation" && colon.relation === ":") {
		r.next();
		return { lower, upper: r.grammar.sum(r) };
	}
	let last: Surface = lower;
	let beforeLast: Surface | null = null;
	for (;;) {
		const separated = nextAfterComma(r) || atDots(r) || last.kind === "dots";
		if (r.atEnd || !separated) break;
		beforeLast = last;
		last = atDots(r) ? r.grammar.factor(r) : r.grammar.sum(r);
	}
	return beforeLast?.kind === "dots" && last.kind !== "dots"
		? { lower, upper: last }
		: null;
}

function atDots(r: Reader): boolean {
	const token = r.peek();
	return token?.kind === "sign" && token.sign === "dots";
}

/** `1 \le k \le K`. */
function readBetween(r: Reader, start: number): Aside | null {
	const lower = r.grammar.factor(r);
	if (!passLessOrEqual(r)) return null;
	const indices = readIndexNames(r);
	if (!indices || !passLessOrEqual(r)) return null;
	const upper = r.grammar.sum(r);
	return r.atEnd ? ranges(r, indices, { lower, upper }, start) : null;
}

function passLessOrEqual(r: Reader): boolean {
	const token = r.peek();
	if (token?.kind !== "relation" || token.relation !== "≤") return false;
	r.next();
	return true;
}
