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
	const end = closeOf(state, pair, start);
	if (end === null)
		return pair.open === dollars.open && unclosedDollars(state, silent);
	push(state, silent, pair.type, start, end, end + pair.close.length);
	return true;
}

/** `$ … $` by Pandoc's rule, which leaves "$5 and $6" alone, or ``$`…`$`` as on Git forges. */
function dollarMath(state: StateInline, silent: boolean): boolean {
	const { src, pos } = state;
	const pair = src[pos + 1] === "`" ? forgeDollar : dollar;
	const start = pos + pair.open.length;
	if (/^\s?$/.test(src[start] ?? "")) return false;
	const end = closeOf(state, pair, start);
	if (end === null) return false;
	push(state, silent, "math_inline", start, end, end + pair.close.length);
	return true;
}

const dollar: Delimiter = { open: "$", close: "$" };
const forgeDollar: Delimiter = { open: "$`", close: "`$" };

/** Where a search ended: at a closing mark, or in vain before `upTo`. */
interface Search {
	readonly found: number | null;
	readonly upTo: number;
}

/**
 * A closing dollar has no white space before it and no digit behind it. Two dollars end the search, so that the price in
 * "$5, or $$ a = b $$" does not swallow the display.
 */
function findDollar(text: string, start: number, end: number): Search {
	for (let at = start; at < end; at++) {
		if (text[at] === "\\") at++;
		else if (text[at] === "$") {
			if (text[at + 1] === "$") return { found: null, upTo: at };
			const closes =
				/\S/.test(text[at - 1] as string) && !/\d/.test(text[at + 1] ?? "");
			if (closes && at > start) return { found: at, upTo: at };
		}
	}
	return { found: null, upTo: end };
}

/** Before which offset each closing mark was sought in vain; seeking it again from every `$` would be quadratic. */
const vain = new WeakMap<StateInline, Map<string, number>>();

/** Offset of the closing mark of a formula whose content begins at `start`. */
function closeOf(
	state: StateInline,
	pair: Delimiter,
	start: number,
): number | null {
	const known = vain.get(state) ?? new Map<string, number>();
	if (start < (known.get(pair.close) ?? 0)) return null;
	const search =
		pair === dollar
			? findDollar(state.src, start, state.posMax)
			: findMark(state, pair, start);
	if (search.found === null)
		vain.set(state, known.set(pair.close, search.upTo));
	return search.found;
}

function findMark(state: StateInline, pair: Delimiter, start: number): Search {
	const at = findClose(state.src, pair, start, state.posMax);
	return { found: at < 0 ? null : at, upTo: state.posMax };
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
