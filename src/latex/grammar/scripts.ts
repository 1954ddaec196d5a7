import type { Span } from "../../problem.js";
import type { Surface } from "../surface.js";
import type { LetterToken, Token } from "../tokens/token.js";
import { indexLetters, labelWords } from "../tokens/vocabulary.js";
import type { Reader } from "./reader.js";

/** What a subscript says: indices, and labels such as `old`. */
export interface Subscripts {
	readonly subscripts: readonly Surface[];
	readonly labels: readonly string[];
}

/** What a superscript says of its base. */
export type Superscript =
	| { readonly kind: "power"; readonly exponent: Surface }
	| { readonly kind: "transposed" }
	| { readonly kind: "inverseTransposed"; readonly exponent: Surface }
	| { readonly kind: "label"; readonly label: string }
	| { readonly kind: "subscript"; readonly subscript: Surface };

/** `ik` and `i,k` are two indices, `n-1` is one, `\text{old}` a label, `-k` and `\setminus k` "all but k". */
export function readSubscripts(
	reader: Reader,
	tokens: readonly Token[],
): Subscripts {
	const whole = labelOf(tokens);
	if (whole) return { subscripts: [], labels: [whole] };
	return reader.inside(tokens, (r) => {
		const subscripts: Surface[] = [];
		const labels: string[] = [];
		do {
			const label = labelAhead(r);
			if (label) labels.push(label);
			else subscripts.push(...readIndices(r));
		} while (nextAfterComma(r));
		return { subscripts, labels };
	});
}

/** Moves over a comma. @throws Problem if something else than a comma or the end follows. */
export function nextAfterComma(r: Reader): boolean {
	const token = r.peek();
	if (token?.kind !== "punctuation" || token.mark !== ",") return false;
	r.next();
	return true;
}

/** A text or word alone between two commas. */
function labelAhead(r: Reader): string | null {
	const token = r.peek();
	const after = r.peek(1);
	const alone = after === undefined || after.kind === "punctuation";
	const label = alone && token ? labelOf([token]) : null;
	if (label) r.next();
	return label;
}

function readIndices(r: Reader): Surface[] {
	const start = r.here().start;
	if (atAllBut(r)) {
		r.next();
		return [
			{
				kind: "sum",
				terms: [{ sign: -1, term: r.grammar.term(r) }],
				span: r.since(start),
			},
		];
	}
	if (!onlyLetters(r)) return [r.grammar.item(r)];
	const indices: Surface[] = [];
	while (!r.atEnd && r.peek()?.kind !== "punctuation")
		indices.push(r.grammar.factor(r));
	return indices;
}

/** Whether "all but" is written here: `-k`, `\setminus k`, `\backslash k`, `\neg k`, `/k`, `\sim k`, `\ne k`. */
export function atAllBut(r: Reader): boolean {
	const token = r.peek();
	return (
		r.atOperator("-", "∖", "¬", "/") ||
		(token?.kind === "relation" &&
			(token.relation === "~" || token.relation === "≠"))
	);
}

/** Whether the tokens up to the next comma are letters and numbers side by side. */
function onlyLetters(r: Reader): boolean {
	for (let i = 0; ; i++) {
		const token = r.peek(i);
		if (!token || token.kind === "punctuation") return i > 0;
		if (
			token.kind !== "letter" &&
			token.kind !== "number" &&
			token.kind !== "scripts"
		)
			return false;
	}
}

/** A superscript by what it looks like: T, −1, `*`, `(t)`, `old`, or else an exponent. */
export function readSuperscript(
	reader: Reader,
	tokens: readonly Token[],
	span: Span,
): Superscript {
	const signs = tokens.filter((t) => t.kind !== "space");
	const [first, second] = signs;
	if (signs.length === 1 && isTranspose(first, reader))
		return { kind: "transposed" };
	if (
		signs.length === 2 &&
		first?.kind === "operator" &&
		first.operator === "-" &&
		isTranspose(second, reader)
	)
		return { kind: "inverseTransposed", exponent: minusOne(span) };
	const label = labelOf(signs);
	if (label) return { kind: "label", label };
	if (
		first?.kind === "open" &&
		first.delimiter === "(" &&
		signs[signs.length - 1]?.kind === "close"
	) {
		const inBrackets = readBracketed(reader, signs.slice(1, -1));
		if (inBrackets) return inBrackets;
	}
	return {
		kind: "power",
		exponent: reader.inside(signs, (r) => r.grammar.sum(r)),
	};
}

/** The parts of a superscript that are read one by one: `*T` is a star and a transpose, `(t)\top` a label and one. */
export function superscriptParts(
	reader: Reader,
	tokens: readonly Token[],
): (readonly Token[])[] {
	const signs = tokens.filter((t) => t.kind !== "space");
	const [first] = signs;
	if (first?.kind === "operator" && first.operator === "*" && signs.length > 1)
		return [[first], ...superscriptParts(reader, signs.slice(1))];
	const last = signs[signs.length - 1];
	const isLabelled =
		first?.kind === "open" &&
		signs[signs.length - 2]?.kind === "close" &&
		isTranspose(last, reader);
	return isLabelled ? [signs.slice(0, -1), signs.slice(-1)] : [signs];
}

function minusOne(span: Span): Surface {
	return {
		kind: "sum",
		terms: [{ sign: -1, term: { kind: "number", text: "1", span } }],
		span,
	};
}

/** `\top`, an upright or sans T, or a plain T where T is no symbol. */
function isTranspose(token: Token | undefined, reader: Reader): boolean {
	if (token?.kind === "sign") return token.sign === "transpose";
	if (token?.kind === "text") return token.text.trim() === "T";
	if (
		token?.kind !== "letter" ||
		token.name !== "T" ||
		token.accents.length > 0
	)
		return false;
	return (
		token.style === "upright" ||
		token.style === "sans" ||
		(token.style === "plain" && !reader.lexicon.isSymbol("T"))
	);
}

/** `(i)` indexes, `(t)`, `(0)`, `(t+1)` and `(old)` label; anything longer is no label. */
function readBracketed(
	reader: Reader,
	inner: readonly Token[],
): Superscript | null {
	const [first, ...rest] = inner;
	if (!first || inner.length > 3) return null;
	const label = labelOf(inner);
	if (label) return { kind: "label", label: `(${label})` };
	const isIndex =
		(first.kind === "letter" &&
			(indexLetters.has(first.name) || /^[A-Z]$/.test(first.name))) ||
		(first.kind === "number" && first.text !== "0");
	if (rest.length === 0 && isIndex)
		return {
			kind: "subscript",
			subscript: reader.inside(inner, (r) => r.grammar.factor(r)),
		};
	return isIteration(inner)
		? { kind: "label", label: `(${inner.map(spelled).join("")})` }
		: null;
}

/** `t`, `0`, `t+1`, `t-1`: what counts iterations. */
function isIteration([first, sign, step]: readonly Token[]): boolean {
	if (first?.kind === "number") return sign === undefined;
	if (first?.kind !== "letter") return false;
	if (sign === undefined) return true;
	return (
		sign.kind === "operator" &&
		"+-".includes(sign.operator) &&
		step?.kind === "number"
	);
}

function spelled(token: Token): string {
	if (token.kind === "letter") return token.name;
	if (token.kind === "number") return token.text;
	return token.kind === "operator" ? token.operator : "";
}

/** The label that the tokens are: a text, a word, `*`, a lone + or −, or bare letters that spell a known one. */
function labelOf(tokens: readonly Token[]): string | null {
	const [only] = tokens;
	if (!only) return null;
	if (tokens.length === 1) {
		if (only.kind === "text" && only.math.length === 0) return only.text.trim();
		if (only.kind === "word") return only.name;
		if (only.kind === "operator" && "*+-".includes(only.operator))
			return only.operator;
	}
	const bound = boundOf(tokens);
	if (bound) return bound;
	if (!tokens.every((t): t is LetterToken => t.kind === "letter")) return null;
	const word = tokens.map((t) => t.name).join("");
	return tokens.length > 1 && labelWords.has(word) ? word : null;
}

/** `>0` and `≥0` beside the name of a set of numbers, `++` beside that of a set of matrices. */
function boundOf(tokens: readonly Token[]): string | null {
	const [sign, zero, ...more] = tokens;
	if (!sign || !zero || more.length > 0) return null;
	const isPlus = (t: Token) => t.kind === "operator" && t.operator === "+";
	if (isPlus(sign) && isPlus(zero)) return "++";
	const isBound = sign.kind === "relation" && ">≥".includes(sign.relation);
	return isBound && zero.kind === "number" && zero.text === "0"
		? `${sign.relation}0`
		: null;
}
