import { Problem, type Span } from "../../problem.js";
import type { Lexicon, ReachingSum, Surface } from "../surface.js";
import { joinBareWords } from "../tokens/bare.js";
import { resolveBars } from "../tokens/bars.js";
import { pairUp } from "../tokens/pairs.js";
import { spanOf, type Token } from "../tokens/token.js";

/** The levels of the grammar, handed along so that the files of the operators need not import the grammar itself. */
export interface Grammar {
	/** a + b − c, up to a relation, a comma, a separating bar or the end of the level. */
	sum(reader: Reader): Surface;
	/** A product, up to the next + or − as well. */
	term(reader: Reader): Surface;
	/** One factor with its scripts. */
	factor(reader: Reader): Surface;
	/** A sum, or several with relations between them: `c_i = k`. */
	item(reader: Reader): Surface;
}

/** What is the same for a whole display. */
export interface Reading {
	readonly grammar: Grammar;
	readonly lexicon: Lexicon;
	readonly source: string;
	readonly notes: { text: string; span: Span }[];
	/** Names that stand as functions on the left of a definition, `λ(ξ) := …`: with a bracket behind them they are calls. */
	readonly functions: Set<string>;
	/** Letters that stand free elsewhere in the chain: no sum reaches on for their sake. */
	free: ReadonlySet<string>;
	/** Sums that reached on, in order; null where none may. */
	readonly reaching: ReachingSum[] | null;
}

/** Deepest nesting of token lists, brackets and products together. */
const DEEPEST = 450;

/** What a product is the argument of, where no brackets hold it. */
export type Applied = "function" | "derivative";

/**
 * A place in a list of tokens, and what the grammar must know there. `end` is where the present level of brackets ends;
 * `awaited` counts the integrals of this level that still wait for their d….
 */
export class Reader {
	readonly tokens: readonly Token[];
	position = 0;
	end: number;
	awaited = 0;
	/** What the next product is the argument of, where no brackets hold it. */
	argumentOf: Applied | null = null;
	/** Indices that the sums around this place bind. */
	bound: readonly string[];
	private readonly partner: Int32Array;

	/** @throws Problem if brackets do not pair up. */
	constructor(
		tokens: readonly Token[],
		readonly reading: Reading,
		readonly place: Span,
		private depth = 0,
		bound: readonly string[] = [],
	) {
		if (depth > DEEPEST)
			throw new Problem("this is nested too deeply", place, "fewer levels");
		this.tokens = resolveBars(
			joinBareWords(
				tokens.filter((t) => t.kind !== "space"),
				reading.lexicon,
			),
		);
		this.partner = pairUp(this.tokens);
		this.end = this.tokens.length;
		this.bound = bound;
	}

	get grammar(): Grammar {
		return this.reading.grammar;
	}

	get lexicon(): Lexicon {
		return this.reading.lexicon;
	}

	get atEnd(): boolean {
		return this.position >= this.end;
	}

	/** The token at an offset from here, undefined beyond this level's end. */
	peek(offset = 0): Token | undefined {
		const i = this.position + offset;
		return i < this.end ? this.tokens[i] : undefined;
	}

	/** Moves over one token and returns it. */
	next(): Token {
		const token = this.peek();
		if (!token)
			throw this.problem("the formula ends too early", "something more");
		this.position++;
		return token;
	}

	/** Whether an operator stands here. */
	atOperator(...operators: readonly string[]): boolean {
		const token = this.peek();
		return token?.kind === "operator" && operators.includes(token.operator);
	}

	/** Whether a bracket opens here (or at an offset); with a shape, one of that shape. */
	atOpen(offset = 0, shapes = "([{"): boolean {
		const token = this.peek(offset);
		return (
			token?.kind === "open" &&
			shapes.includes(token.delimiter) &&
			token.delimiter.length === 1
		);
	}

	/** The index of the bracket that closes the one at an offset from here. */
	closingOf(offset = 0): number {
		return this.partner[this.position + offset] as number;
	}

	/** Reads what stands between the bracket here and its partner, whole, and moves behind it. */
	within<T>(read: (reader: Reader) => T): T {
		const { end, awaited } = this;
		const close = this.closingOf();
		Object.assign(this, {
			position: this.position + 1,
			end: close,
			awaited: 0,
		});
		const result = this.deeper(read);
		this.expectEnd();
		Object.assign(this, { position: close + 1, end, awaited });
		return result;
	}

	/** Reads something that may contain another of its kind, without a bracket between them. */
	deeper<T>(read: (reader: Reader) => T): T {
		if (this.depth > DEEPEST)
			throw this.problem("this is nested too deeply", "fewer levels");
		this.depth++;
		const result = read(this);
		this.depth--;
		return result;
	}

	/** Reads a nested list of tokens whole. */
	inside<T>(tokens: readonly Token[], read: (reader: Reader) => T): T {
		const reader = new Reader(
			tokens,
			this.reading,
			spanOf(tokens, this.here()),
			this.depth + 1,
			this.bound,
		);
		const result = read(reader);
		reader.expectEnd();
		return result;
	}

	/** @throws Problem unless everything up to the end of this level has been read. */
	expectEnd(): void {
		if (!this.atEnd)
			throw this.problem(
				`${this.shown()} is not expected here`,
				"an operator, or the end of the formula",
			);
	}

	/** The place of the next token, or of the end. */
	here(): Span {
		const token = this.tokens[this.position];
		if (token && this.position <= this.end) return token.span;
		const last = this.tokens[this.tokens.length - 1];
		const end = Math.max(this.place.end, last?.span.end ?? 0);
		return { start: Math.max(0, end - 1), end };
	}

	/** From a start to the end of the last token that was read. */
	since(start: number): Span {
		const last = this.tokens[this.position - 1];
		return { start, end: Math.max(start, last?.span.end ?? start) };
	}

	/** The source of the token here, for messages. */
	shown(): string {
		const token = this.peek();
		return token
			? `“${this.reading.source.slice(token.span.start, token.span.end)}”`
			: "the end";
	}

	note(text: string, span: Span): void {
		if (
			!this.reading.notes.some(
				(n) => n.text === text && n.span.start === span.start,
			)
		)
			this.reading.notes.push({ text, span });
	}

	problem(
		message: string,
		expected: string,
		span: Span = this.here(),
	): Problem {
		return new Problem(message, span, expected);
	}
}
