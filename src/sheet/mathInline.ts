import type { MarkdownIt, StateInline } from "markdown-it";
import {
	brackets,
	type Delimiter,
	dollars,
	findClose,
	parentheses,
} from "./delimiters.js";

/** What a formula's token carries in `meta` until the sheet is put together: offsets in the paragraph's content. */
export interface InlineMeta extends Record<string, unknown> {
	readonly start: number;
	readonly end: number;
	/** With the delimiters. */
	readonly outerStart: number;
	readonly outerEnd: number;
}

/**
 * Formulas inside paragraphs: tokens `math_inline` for `$ … $` and `\( … \)`, `math_display` for `$$ … $$` and
 * `\[ … \]`, and `math_unclosed` for a `$$` without its fellow.
 */
export function mathInlinePlugin(markdown: MarkdownIt): void {
	markdown.inline.ruler.before("escape", "math_inline", inlineMath);
	const escaped =
		(tag: string) => (tokens: readonly { content: string }[], at: number) =>
			`<${tag} class="math">${markdown.utils.escapeHtml((tokens[at] as { content: string }).content)}</${tag}>`;
	markdown.renderer.rules.math_inline = escaped("span");
	markdown.renderer.rules.math_display = escaped("span");
	markdown.renderer.rules.math_unclosed = escaped("span");
}

const pairs: readonly (Delimiter & { readonly type: string })[] = [
	{ ...dollars, type: "math_display" },
	{ ...brackets, type: "math_display" },
	{ ...parentheses, type: "math_inline" },
];

function inlineMath(state: StateInline, silent: boolean): boolean {
	const { src, pos } = state;
	if (src[pos] !== "$" && src[pos] !== "\\") return false;
	const pair = pairs.find((p) => src.startsWith(p.open, pos));
	if (!pair) return src[pos] === "$" && dollarMath(state, silent);
	const start = pos + pair.open.length;
	const end = seek(state, pair.close, () =>
		findClose(src, pair, start, state.posMax),
	);
	if (end < 0)
		return pair.open === dollars.open && unclosedDollars(state, silent);
	push(state, silent, pair.type, start, end, end + pair.close.length);
	return true;
}

/** `$ … $` by Pandoc's rule, which leaves "$5 and $6" alone, or ``$`…`$`` as on Git forges. */
function dollarMath(state: StateInline, silent: boolean): boolean {
	const { src, pos } = state;
	const isFenced = src[pos + 1] === "`";
	const close = isFenced ? "`$" : "$";
	const start = pos + 1 + (isFenced ? 1 : 0);
	if (/^\s?$/.test(src[start] ?? "")) return false;
	const end = seek(state, close, () =>
		isFenced ? src.indexOf(close, start) : findDollar(src, start, state.posMax),
	);
	if (end < 0 || end + close.length > state.posMax) return false;
	push(state, silent, "math_inline", start, end, end + close.length);
	return true;
}

/** A closing dollar has no white space before it and no digit behind it. */
function findDollar(text: string, start: number, end: number): number {
	for (let at = start; at < end; at++) {
		if (text[at] === "\\") at++;
		else if (
			text[at] === "$" &&
			at > start &&
			!/\s/.test(text[at - 1] as string) &&
			!/\d/.test(text[at + 1] ?? "")
		)
			return at;
	}
	return -1;
}

/** Closing marks that were looked for to the end of a paragraph in vain; looking again each time would be quadratic. */
const missing = new WeakMap<StateInline, Set<string>>();

function seek(state: StateInline, close: string, find: () => number): number {
	if (missing.get(state)?.has(close)) return -1;
	const end = find();
	if (end < 0 && state.posMax === state.src.length)
		missing.set(state, (missing.get(state) ?? new Set()).add(close));
	return end;
}

function unclosedDollars(state: StateInline, silent: boolean): boolean {
	push(state, silent, "math_unclosed", state.pos, state.pos + 2, state.pos + 2);
	return true;
}

/** Adds a formula's token, unless the rule is only asked whether it applies, and moves on behind it. */
function push(
	state: StateInline,
	silent: boolean,
	type: string,
	start: number,
	end: number,
	outerEnd: number,
): void {
	if (!silent) {
		const token = state.push(type, "", 0);
		token.content = state.src.slice(start, end);
		token.meta = {
			start,
			end,
			outerStart: state.pos,
			outerEnd,
		} satisfies InlineMeta;
	}
	state.pos = outerEnd;
}
