import type { Span } from "../problem.js";
import { type IndexRange, readAside, withoutBrackets } from "./asides.js";
import { readVariables } from "./constants.js";
import type { Reading } from "./reader.js";
import { Reader } from "./reader.js";
import type { Row } from "./rows.js";
import { hasRelation, type Segment, segmentsOf } from "./segments.js";
import { trimmed } from "./spacing.js";
import type { Surface } from "./surface.js";
import {
	type RelationToken,
	spanOf,
	type TextToken,
	type Token,
} from "./tokens.js";

/** A chain before its sides are read: rows have been put together, and what stands beside the formulas is set apart. */
export interface Draft {
	readonly sides: DraftSide[];
	readonly remarks: { text: string; span: Span }[];
	readonly ranges: IndexRange[];
	readonly distinct: (readonly [string, string])[];
	withRespectTo: Surface | null;
	/** Begins with a relation, with nothing above it in this display. */
	readonly continues: boolean;
	readonly start: number;
}

export interface DraftSide {
	readonly relation: RelationToken | null;
	tokens: readonly Token[];
}

/** Sorts the rows of a display into chains. What cannot be a step or an aside is left for `problem`. */
export class Drafting {
	readonly drafts: Draft[] = [];
	/** The chain that is open in each group of columns. */
	private readonly open = new Map<number, Draft>();
	private current: Draft | null = null;
	private pending: Aside[] = [];
	/** The last words made what follows them a condition. */
	private conditional = false;

	constructor(
		private readonly reading: Reading,
		private readonly problem: (
			message: string,
			expected: string,
			span: Span,
		) => void,
	) {}

	add(row: Row): void {
		let isFirst = true;
		this.conditional = false;
		row.groups.forEach((group, column) => {
			const segments = segmentsOf(group.tokens);
			segments.forEach((segment, i) => {
				if (segment.kind === "words") this.words(segment.text, segments[i + 1]);
				else if (!this.isVariableOfWords(segments[i - 1])) {
					this.formula(
						segment.tokens,
						column,
						isFirst,
						group.indented && i === 0,
					);
					isFirst = false;
				}
			});
		});
		if (row.tag)
			this.attach({
				text: row.tag,
				span: spanOf(
					row.groups.flatMap((g) => g.tokens),
					{ start: 0, end: 0 },
				),
			});
	}

	/** A last remark without a formula goes to the last chain. */
	finish(): readonly Draft[] {
		const last = this.drafts[this.drafts.length - 1];
		if (last) for (const aside of this.pending) addTo(last, aside);
		return this.drafts;
	}

	private words(token: TextToken, next: Segment | undefined): void {
		const text = token.text.trim();
		this.conditional =
			/\b(?:if|when|whenever|provided|assuming|unless|otherwise|iff)\W*$/i.test(
				text,
			);
		const variable = namesVariable(text) ? this.variable(token, next) : null;
		this.attach({
			text: shown(token, this.reading.source),
			span: token.span,
			withRespectTo: variable,
		});
		for (const math of token.math) this.aside(math);
	}

	/** The variable that "with respect to" names, in the words themselves or behind them. */
	private variable(
		token: TextToken,
		next: Segment | undefined,
	): Surface | null {
		const tokens =
			token.math[0] ?? (next?.kind === "formula" ? next.tokens : []);
		return this.quietly(trimmed(tokens));
	}

	private quietly(tokens: readonly Token[]): Surface | null {
		if (tokens.length === 0) return null;
		try {
			const reader = new Reader(
				tokens,
				{ ...this.reading, notes: [] },
				spanOf(tokens, { start: 0, end: 0 }),
			);
			const variable = readVariables(reader);
			return reader.atEnd ? variable : null;
		} catch {
			return null;
		}
	}

	private isVariableOfWords(before: Segment | undefined): boolean {
		return (
			before?.kind === "words" &&
			before.text.math.length === 0 &&
			namesVariable(before.text.text.trim())
		);
	}

	private aside(tokens: readonly Token[]): boolean {
		const aside = readAside(trimmed(tokens), this.reading);
		if (!aside) return false;
		const span = spanOf(tokens, { start: 0, end: 0 });
		this.attach({
			text: this.reading.source.slice(span.start, span.end),
			span,
			ranges: aside.kind === "ranges" ? aside.ranges : [],
			distinct: aside.kind === "distinct" ? [aside.pair] : [],
		});
		return true;
	}

	private attach(aside: Aside): void {
		if (this.current) addTo(this.current, aside);
		else this.pending.push(aside);
	}

	private formula(
		whole: readonly Token[],
		column: number,
		isFirst: boolean,
		indented: boolean,
	): void {
		const tokens = this.withoutTrailingAside(trimmed(whole));
		if (
			tokens.length === 0 ||
			this.aside(tokens) ||
			this.bracketedWords(tokens)
		)
			return;
		const span = spanOf(tokens, { start: 0, end: 0 });
		if (this.conditional)
			this.problem(
				"a condition beside a formula is not read",
				"an assumption about the symbols, in the front matter",
				span,
			);
		else if (this.continuation(tokens, column, isFirst, indented)) return;
		else if (!hasRelation(tokens) && this.drafts.length > 0)
			this.problem(
				"this formula stands beside another without a relation",
				"a relation, or + or − at the beginning of a line that goes on",
				span,
			);
		else this.begin(tokens, column);
	}

	/** `… (k = 1, \dots, K)`: the bracket at the end is an aside, not a factor. */
	private withoutTrailingAside(tokens: readonly Token[]): readonly Token[] {
		const last = tokens[tokens.length - 1];
		if (last?.kind !== "close" || last.delimiter !== "(") return tokens;
		const open = matchingOpen(tokens);
		const inner = tokens.slice(open + 1, -1);
		if (
			open <= 0 ||
			!hasRelation(inner) ||
			tokens[open - 1]?.kind !== "space" ||
			!this.aside(inner)
		)
			return tokens;
		return trimmed(tokens.slice(0, open));
	}

	/** `(\text{by linearity})` beside the formula. */
	private bracketedWords(tokens: readonly Token[]): boolean {
		const inner = withoutBrackets(tokens);
		const [first] = inner;
		if (inner.length === tokens.length || first?.kind !== "text") return false;
		const rest = trimmed(inner.slice(1));
		const span = spanOf(tokens, first.span);
		const variable = namesVariable(first.text.trim())
			? this.quietly(first.math[0] ?? rest)
			: null;
		if (rest.length > 0 && !variable && !this.aside(rest)) return false;
		this.attach({
			text: this.reading.source.slice(span.start, span.end),
			span,
			withRespectTo: variable,
		});
		return true;
	}

	private continuation(
		tokens: readonly Token[],
		column: number,
		isFirst: boolean,
		indented: boolean,
	): boolean {
		const [first] = tokens as [Token];
		const chain =
			this.open.get(column) ??
			(isFirst || first.kind === "relation" ? this.current : null);
		if (first.kind === "relation") {
			if (chain) extend(chain, tokens);
			else
				this.start(
					{ continues: true, column, start: first.span.start },
					tokens,
				);
			return true;
		}
		const last = chain?.sides[chain.sides.length - 1];
		if (!chain || !last || !isFirst) return false;
		const unfinished = endsOpen(last.tokens);
		const goesOn =
			first.kind === "operator" &&
			(first.operator !== "-" || indented || !hasRelation(tokens));
		if (!unfinished && !goesOn) return false;
		extend(
			chain,
			[...last.tokens, ...tokens],
			chain.sides.pop()?.relation ?? null,
		);
		return true;
	}

	private begin(tokens: readonly Token[], column: number): void {
		this.start(
			{ continues: false, column, start: (tokens[0] as Token).span.start },
			tokens,
		);
	}

	private start(
		how: { continues: boolean; column: number; start: number },
		tokens: readonly Token[],
	): void {
		const draft: Draft = {
			sides: [],
			remarks: [],
			ranges: [],
			distinct: [],
			withRespectTo: null,
			continues: how.continues,
			start: how.start,
		};
		extend(draft, tokens);
		for (const aside of this.pending) addTo(draft, aside);
		this.pending = [];
		this.drafts.push(draft);
		this.open.set(how.column, draft);
		this.current = draft;
	}
}

interface Aside {
	readonly text: string;
	readonly span: Span;
	readonly withRespectTo?: Surface | null;
	readonly ranges?: readonly IndexRange[];
	readonly distinct?: readonly (readonly [string, string])[];
}

function addTo(draft: Draft, aside: Aside): void {
	draft.remarks.push({ text: aside.text, span: aside.span });
	draft.ranges.push(...(aside.ranges ?? []));
	draft.distinct.push(...(aside.distinct ?? []));
	draft.withRespectTo ??= aside.withRespectTo ?? null;
}

function namesVariable(words: string): boolean {
	return /w\.?\s?r\.?\s?t\.?(?:\s|\$|$)|with respect to/i.test(words);
}

/** A text with its formulas as they were written. */
function shown(token: TextToken, source: string): string {
	if (token.math.length === 0) return token.text.trim();
	return source
		.slice(token.span.start, token.span.end)
		.replace(/^\\[a-z]+\{/, "")
		.replace(/\}$/, "")
		.trim();
}

function endsOpen(tokens: readonly Token[]): boolean {
	const last = tokens[tokens.length - 1];
	return (
		last === undefined || last.kind === "operator" || last.kind === "relation"
	);
}

function matchingOpen(tokens: readonly Token[]): number {
	let depth = 0;
	for (let i = tokens.length - 1; i >= 0; i--) {
		const token = tokens[i] as Token;
		depth += token.kind === "close" ? 1 : token.kind === "open" ? -1 : 0;
		if (depth === 0) return i;
	}
	return -1;
}

/** Splits at the relations outside of brackets and adds the sides; the first has the relation that is given. */
function extend(
	draft: Draft,
	tokens: readonly Token[],
	relation: RelationToken | null = null,
): void {
	let current: Token[] = [];
	let before = relation;
	let depth = 0;
	tokens.forEach((token, i) => {
		depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
		if (token.kind !== "relation" || depth > 0 || token.relation === ":") {
			current.push(token);
			return;
		}
		if (i > 0) draft.sides.push({ relation: before, tokens: current });
		before = token;
		current = [];
	});
	draft.sides.push({ relation: before, tokens: current });
}
