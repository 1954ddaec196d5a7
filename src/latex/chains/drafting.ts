import type { Span } from "../../problem.js";
import type { Reading } from "../grammar/reader.js";
import { lastBracket } from "../tokens/pairs.js";
import { trimmed } from "../tokens/spacing.js";
import {
	firstUnreadable,
	spanOf,
	type TextToken,
	type Token,
	type UnreadableToken,
} from "../tokens/token.js";
import { readAside, withoutBrackets } from "./asides.js";
import {
	addBeside,
	addSides,
	addUnread,
	type Beside,
	type Draft,
	emptyDraft,
	extendLast,
	shareArrow,
} from "./draft.js";
import {
	introducesNames,
	isRemark,
	namesVariable,
	opensCondition,
	opensIn,
	shownText,
	takesWhatFollows,
	variableOf,
} from "./remarks.js";
import type { Group, Row } from "./rows.js";
import { hasRelation, type Segment, segmentsOf } from "./segments.js";

/** Where in its line a formula stands. */
interface Position {
	readonly column: number;
	/** The first formula of its line. */
	readonly first: boolean;
	/** Nothing stands left of the `&` before it. */
	readonly indented: boolean;
}

/** Sorts the rows of a display into chains: which line goes on from which, and what only stands beside a formula. */
export class Drafting {
	private readonly drafts: Draft[] = [];
	/** The chain that is open in each pair of columns. */
	private readonly open = new Map<number, Draft>();
	private current: Draft | null = null;
	/** What stood before any formula. */
	private pending: Beside[] = [];
	/** The last words made what follows them a condition. */
	private conditional = false;
	/** The last words introduce the names of what follows them. */
	private introduces = false;

	constructor(private readonly reading: Reading) {}

	add(row: Row): void {
		let first = true;
		this.conditional = false;
		this.introduces = false;
		row.groups.forEach((group, column) => {
			first = this.addGroup(group, column, first);
		});
		const span = spanOf(
			row.groups.flatMap((g) => g.tokens),
			nowhere,
		);
		if (row.tag) this.attach({ text: row.tag, span });
	}

	/** The chains, the last remarks included. */
	finish(): readonly Draft[] {
		if (this.pending.length > 0) {
			const last = this.drafts[this.drafts.length - 1] ?? this.start(false, 0);
			for (const beside of this.pending) addBeside(last, beside);
			this.pending = [];
		}
		return this.drafts;
	}

	/** Returns whether the next formula would still be the first of the line. */
	private addGroup(group: Group, column: number, first: boolean): boolean {
		const segments = segmentsOf(group.tokens);
		const before = this.drafts.length;
		let isFirst = first;
		for (let i = 0; i < segments.length; i++) {
			const segment = segments[i] as Segment;
			const left = segments[i - 1];
			const isBeside = !isFirst || column > 0;
			const end = isBeside ? endOfRemark(segments, i) : i;
			if (end > i) {
				const tokens = segments.slice(i, end + 1).flatMap(tokensOf);
				this.attach(this.remark(tokens));
				i = end;
			} else if (segment.kind === "words")
				this.words(segment.text, segments[i + 1]);
			else if (!isVariableOf(left)) {
				const indented = group.indented && i === 0;
				this.formula(segment.tokens, { column, first: isFirst, indented });
				isFirst = false;
			}
		}
		shareArrow(this.drafts.slice(before));
		return isFirst;
	}

	private words(token: TextToken, next: Segment | undefined): void {
		const hidden = firstUnreadable([token]);
		if (hidden) this.refuse(hidden);
		this.conditional = opensCondition(token);
		this.introduces = introducesNames(token);
		const behind = next?.kind === "formula" ? next.tokens : [];
		this.attach({
			text: shownText(token, this.reading.source),
			span: token.span,
			withRespectTo: namesVariable(token)
				? variableOf(token, behind, this.reading)
				: null,
		});
		for (const math of token.math) this.aside(math);
	}

	private formula(whole: readonly Token[], position: Position): void {
		const tokens = this.withoutTrailingAside(trimmed(whole));
		if (
			tokens.length === 0 ||
			this.aside(tokens) ||
			this.bracketedWords(tokens) ||
			(!position.first && this.equationNumber(tokens))
		)
			return;
		if (this.conditional)
			this.unread(
				tokens,
				"a condition beside a formula is not read",
				"an assumption about the symbols, in the front matter",
			);
		else if (this.goesOn(tokens, position)) return;
		else if (!hasRelation(tokens) && this.drafts.length > 0)
			this.unread(
				tokens,
				"this formula stands beside another without a relation",
				"a relation, or + or − at the beginning of a line that goes on",
			);
		else addSides(this.start(false, position.column), tokens);
	}

	/** Reads `k = 1,\dots,K` and the like; false if it is something else. */
	private aside(tokens: readonly Token[]): boolean {
		const aside = readAside(trimmed(tokens), this.reading);
		if (!aside) return false;
		this.attach({
			...this.remark(tokens),
			ranges: aside.kind === "ranges" ? aside.ranges : [],
			distinct: aside.kind === "distinct" ? [aside.pair] : [],
		});
		return true;
	}

	/** `… (k = 1, \dots, K)`: the bracket at the end is an aside, not a factor. */
	private withoutTrailingAside(tokens: readonly Token[]): readonly Token[] {
		const last = tokens[tokens.length - 1];
		if (last?.kind !== "close" || last.delimiter !== "(") return tokens;
		const open = lastBracket(tokens);
		const inner = tokens.slice(open + 1, -1);
		const apart = open > 0 && tokens[open - 1]?.kind === "space";
		return apart && hasRelation(inner) && this.aside(inner)
			? trimmed(tokens.slice(0, open))
			: tokens;
	}

	/** `(1)`, `(2a)` or `(3.4)` set by hand behind the formula. */
	private equationNumber(tokens: readonly Token[]): boolean {
		const inner = withoutBrackets(tokens);
		const [number, letter, ...more] = inner;
		if (
			inner.length === tokens.length ||
			number?.kind !== "number" ||
			(letter && letter.kind !== "letter") ||
			more.length > 0
		)
			return false;
		this.attach(this.remark(tokens));
		return true;
	}

	/** `(\text{by linearity})` beside the formula. */
	private bracketedWords(tokens: readonly Token[]): boolean {
		const inner = withoutBrackets(tokens);
		const [first] = inner;
		if (inner.length === tokens.length || first?.kind !== "text") return false;
		const rest = trimmed(inner.slice(1));
		const isWhole = firstUnreadable(tokens) === null;
		const withRespectTo = namesVariable(first)
			? variableOf(first, rest, this.reading)
			: null;
		const says = withRespectTo !== null || (isWhole && isRemark(first));
		if (rest.length > 0 && !says && !this.aside(rest)) return false;
		this.attach({ ...this.remark(tokens), withRespectTo });
		return isWhole;
	}

	/** Adds the formula to an open chain if it goes on from there: with a relation, with + or −, or below a loose end. */
	private goesOn(tokens: readonly Token[], position: Position): boolean {
		const [sign] = tokens as [Token];
		const { column, first, indented } = position;
		const near = first || sign.kind === "relation" ? this.current : null;
		const chain = this.open.get(column) ?? near;
		if (sign.kind === "relation") {
			addSides(chain ?? this.start(true, column), tokens);
			return true;
		}
		const last = chain?.sides[chain.sides.length - 1];
		if (!chain || !last || !first) return false;
		const signed =
			sign.kind === "operator" &&
			(sign.operator !== "-" || indented || !hasRelation(tokens));
		if (!signed && !isLoose(last.tokens)) return false;
		extendLast(chain, tokens);
		return true;
	}

	private start(continues: boolean, column: number): Draft {
		const draft = emptyDraft(continues);
		draft.introduces = this.introduces;
		for (const beside of this.pending) addBeside(draft, beside);
		this.pending = [];
		this.drafts.push(draft);
		this.open.set(column, draft);
		this.current = draft;
		return draft;
	}

	/** Refuses a formula: for what is hidden in it, or else for the reason given. */
	private unread(
		tokens: readonly Token[],
		message: string,
		expected: string,
	): void {
		const span = spanOf(tokens, nowhere);
		const kind = "unreadable";
		this.refuse(firstUnreadable(tokens) ?? { kind, message, expected, span });
	}

	private refuse(token: UnreadableToken): void {
		addUnread(this.current ?? this.start(false, 0), token);
	}

	private attach(beside: Beside): void {
		if (this.current) addBeside(this.current, beside);
		else this.pending.push(beside);
	}

	private remark(tokens: readonly Token[]): { text: string; span: Span } {
		const span = spanOf(tokens, nowhere);
		return { text: this.reading.source.slice(span.start, span.end), span };
	}
}

const nowhere: Span = { start: 0, end: 0 };

function tokensOf(segment: Segment): readonly Token[] {
	return segment.kind === "words" ? [segment.text] : segment.tokens;
}

/**
 * Where a remark with formulas in it ends that begins at a segment: `\\text{(terms in } \\mu \\text{)}` with its bracket,
 * `\\text{by definition of } \\mathcal L` with the formula. The segment itself if it is no such remark.
 */
function endOfRemark(segments: readonly Segment[], from: number): number {
	const [first, next] = segments.slice(from);
	if (first?.kind !== "words" || namesVariable(first.text)) return from;
	const behind = segments.slice(from).flatMap(tokensOf);
	if (!isRemark(first.text) || firstUnreadable(behind)) return from;
	if (opensIn(first.text) > 0) {
		const closes = (s: Segment, i: number) =>
			i > from && s.kind === "words" && opensIn(s.text) < 0;
		const end = segments.findIndex(closes);
		return end < 0 ? from : end;
	}
	const isTaken =
		next?.kind === "formula" &&
		!hasRelation(next.tokens) &&
		takesWhatFollows(first.text);
	return isTaken ? from + 1 : from;
}

/** Whether a formula behind these words is only the variable that they name. */
function isVariableOf(before: Segment | undefined): boolean {
	return (
		before?.kind === "words" &&
		before.text.math.length === 0 &&
		namesVariable(before.text)
	);
}

/** Whether a side ends in the middle of a formula. */
function isLoose(tokens: readonly Token[]): boolean {
	const last = tokens[tokens.length - 1];
	return last?.kind === "operator" || last === undefined;
}
