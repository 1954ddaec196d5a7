import type { Span } from "../../problem.js";
import type { SurfaceName } from "../surface.js";

/**
 * What a formula is made of once KaTeX's tree has been laid flat: braces that only group are gone (they are not seen on
 * the page), `\left`, `\big` and bare delimiters are alike, and fonts and accents sit on their letters. Nested lists
 * remain where the page shows nesting: scripts, fractions, roots, rows.
 */
export type Token =
	| NumberToken
	| LetterToken
	| WordToken
	| TextToken
	| BigToken
	| DelimiterToken
	| BarToken
	| EvaluationToken
	| RelationToken
	| OperatorToken
	| PunctuationToken
	| ScriptsToken
	| FractionToken
	| BinomialToken
	| RootToken
	| SignToken
	| SpaceToken
	| BreakToken
	| ArrayToken
	| UnreadableToken;

interface Placed {
	readonly span: Span;
}

export type Style = SurfaceName["style"];

export interface NumberToken extends Placed {
	readonly kind: "number";
	readonly text: string;
}

/** One letter, Latin or Greek (`mu`). */
export interface LetterToken extends Placed {
	readonly kind: "letter";
	readonly name: string;
	readonly style: Style;
	readonly accents: readonly string[];
}

/** Letters set as one word: `\log`, `\operatorname{tr}`, `\mathrm{KL}`. */
export interface WordToken extends Placed {
	readonly kind: "word";
	readonly name: string;
	readonly style: Style;
}

/** `\text{…}`; `math` are the formulas between dollars within it. */
export interface TextToken extends Placed {
	readonly kind: "text";
	readonly text: string;
	readonly math: readonly (readonly Token[])[];
}

export interface BigToken extends Placed {
	readonly kind: "big";
	readonly operator: "sum" | "product" | "integral";
}

/** `<` is an angle bracket, `.` the empty delimiter of `\left.`; bars are here where their side is known. */
export type Delimiter = "(" | "[" | "{" | "<" | "|" | "||" | ".";

export interface DelimiterToken extends Placed {
	readonly kind: "open" | "close";
	readonly delimiter: Delimiter;
}

/**
 * A bar. `middle` if it can only separate (`\mid`); else it may also open or close, which bars.ts decides. `pair` says
 * that a double bar was written as two single ones.
 */
export interface BarToken extends Placed {
	readonly kind: "bar";
	readonly double: boolean;
	readonly middle: boolean;
	readonly pair: boolean;
}

/** The bar of `f |_{x = m}`, with the equations below it. */
export interface EvaluationToken extends Placed {
	readonly kind: "evaluation";
	readonly at: readonly Token[];
}

/** `above` is what `\overset` or `\stackrel` put over (or under) the sign. */
export interface RelationToken extends Placed {
	readonly kind: "relation";
	readonly relation: string;
	readonly above: readonly Token[] | null;
}

export interface OperatorToken extends Placed {
	readonly kind: "operator";
	readonly operator: string;
}

export interface PunctuationToken extends Placed {
	readonly kind: "punctuation";
	readonly mark: string;
}

/** What follows its base as sub- and superscript. */
export interface ScriptsToken extends Placed {
	readonly kind: "scripts";
	readonly sub: readonly Token[] | null;
	readonly sup: readonly Token[] | null;
	readonly primes: number;
}

export interface FractionToken extends Placed {
	readonly kind: "fraction";
	readonly numerator: readonly Token[];
	readonly denominator: readonly Token[];
}

export interface BinomialToken extends Placed {
	readonly kind: "binomial";
	readonly upper: readonly Token[];
	readonly lower: readonly Token[];
}

export interface RootToken extends Placed {
	readonly kind: "root";
	readonly degree: readonly Token[] | null;
	readonly body: readonly Token[];
}

export interface SignToken extends Placed {
	readonly kind: "sign";
	readonly sign: "dots" | "partial" | "nabla" | "transpose" | "forall";
}

/** Visible space; `width` in em. */
export interface SpaceToken extends Placed {
	readonly kind: "space";
	readonly width: number;
}

/** `\\` outside of any environment. */
export interface BreakToken extends Placed {
	readonly kind: "break";
}

/** Rows of cells. `aligned` says that its columns come in pairs, right and left of the `&`. */
export interface ArrayToken extends Placed {
	readonly kind: "array";
	readonly rows: readonly (readonly (readonly Token[])[])[];
	/** The text of `\tag` or null, for each row. */
	readonly tags: readonly (string | null)[];
	readonly aligned: boolean;
	/** Whether lines are drawn between its rows or columns. */
	readonly ruled: boolean;
}

/** Something that must not be read over: whatever contains it is unread. */
export interface UnreadableToken extends Placed {
	readonly kind: "unreadable";
	readonly message: string;
	readonly expected: string;
}

/** From the first token's start to the last one's end; `otherwise` for none. */
export function spanOf(tokens: readonly Placed[], otherwise: Span): Span {
	if (tokens.length === 0) return otherwise;
	let start = Number.POSITIVE_INFINITY;
	let end = 0;
	for (const { span } of tokens) {
		start = Math.min(start, span.start);
		end = Math.max(end, span.end);
	}
	return { start, end };
}

/** The token lists inside a token. */
export function nested(token: Token): readonly (readonly Token[])[] {
	switch (token.kind) {
		case "scripts":
			return [token.sub ?? [], token.sup ?? []];
		case "fraction":
			return [token.numerator, token.denominator];
		case "binomial":
			return [token.upper, token.lower];
		case "root":
			return [token.degree ?? [], token.body];
		case "relation":
			return [token.above ?? []];
		case "evaluation":
			return [token.at];
		case "array":
			return token.rows.flat();
		case "text":
			return token.math;
		default:
			return [];
	}
}

/** The first unreadable token at any depth. */
export function firstUnreadable(
	tokens: readonly Token[],
): UnreadableToken | null {
	for (const token of tokens) {
		if (token.kind === "unreadable") return token;
		for (const inner of nested(token)) {
			const found = firstUnreadable(inner);
			if (found) return found;
		}
	}
	return null;
}

/** A text's letters and what it says, without the spaces around it. */
export function wordsOf(token: TextToken): string {
	return token.text.trim();
}
