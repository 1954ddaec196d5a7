import type { Token } from "markdown-it";
import type { Place, SheetMessage } from "../check/result.js";
import type { Position } from "./position.js";

/** What a passage is, by the name of the div that it stands in. Outside of any div it is a derivation. */
export const roles = [
	"model",
	"family",
	"derivation",
	"updates",
	"exercise",
	"solution",
	"aside",
] as const;
export type Role = (typeof roles)[number];

/** A document as read: its prose, and every formula with its place. Nothing of the mathematics is understood yet. */
export interface Sheet {
	readonly path: string;
	/** The text that all offsets count in: line ends are `\n`, a byte order mark is gone. */
	readonly text: string;
	/** From the front matter, else the first heading, else the file's name. */
	readonly title: string;
	readonly symbols: readonly Setting[];
	readonly conventions: readonly Setting[];
	readonly blocks: readonly Block[];
	/** In document order; `displays[d.ordinal] === d`. */
	readonly displays: readonly Display[];
	/** In document order; `inlines[f.ordinal] === f`. */
	readonly inlines: readonly InlineFormula[];
	/** In the order of the document. One of level `error` says that part of the sheet could not be read. */
	readonly messages: readonly SheetMessage[];
}

/** An entry of a front matter map, such as `phi: simplex[N,K]`; the place is that of its name. */
export interface Setting extends Position {
	readonly name: string;
	readonly value: string;
}

/**
 * What the prose is made of, for rendering. Displays inside lists, quotes and paragraphs stay among the tokens, as
 * `math_block` or `math_display` with `token.meta.display`; inline formulas are `math_inline` with `token.meta.inline`;
 * both are ordinals. No other token has a `meta` that matters.
 */
export type Block =
	| { readonly kind: "prose"; readonly tokens: readonly Token[] }
	| { readonly kind: "display"; readonly display: Display }
	| {
			readonly kind: "div";
			readonly div: Div;
			readonly blocks: readonly Block[];
	  };

/** A fenced div: `::: derivation {#responsibilities title="The update of φ"}`. */
export interface Div extends Place {
	/** As written, known or not. */
	readonly name: string;
	readonly id: string | null;
	readonly title: string | null;
	/** All other `key=value` pairs, such as `points`. */
	readonly attributes: Readonly<Record<string, string>>;
	readonly parent: Div | null;
}

interface Formula extends Place {
	readonly ordinal: number;
	/** What stands between the delimiters, without white space at the ends and without the margins of quotes and lists. */
	readonly source: string;
	/** Of the innermost div that has a known name; `aside` if any div around is one. */
	readonly role: Role;
	readonly div: Div | null;
	/** The place in the file of an offset into `source`. */
	readonly placeAt: (offset: number) => Position;
}

/** A displayed formula: `$$ … $$`, `\[ … \]`, a bare environment, or a fenced block `math` or `expr`. */
export interface Display extends Formula {
	readonly notation: "latex" | "plain";
	/** Of Quarto's `$$ … $$ {#eq-elbo}`. */
	readonly id: string | null;
	/** The sentence that leads up to the display, formulas as written; empty if none stands directly before it. */
	readonly leadIn: string;
	/** The lead-in introduces a name: "Let …", "Define …", "We denote …". */
	readonly introduces: boolean;
	/** The lead-in draws a conclusion: "Hence", "we get". */
	readonly concludes: boolean;
}

/** `$ … $` or `\( … \)` in the prose. */
export interface InlineFormula extends Formula {
	/** The text of the paragraph before the formula, back to the formula before it. */
	readonly before: string;
}
