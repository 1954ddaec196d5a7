import MarkdownIt, { type RendererRule, type Token } from "markdown-it";
import type { Sheet } from "../sheet/sheet.js";
import type { Equations } from "./equations.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, raw } from "./html.js";
import { type PagesByPath, resolveLink } from "./links.js";
import type { Outline } from "./outline.js";
import { referenceAlone, withReferences } from "./references.js";

/** What prose needs to know of its page. */
export interface ProseSetting {
	readonly sheet: Sheet;
	readonly pages: PagesByPath;
	readonly outline: Outline;
	readonly typesetter: Typesetter;
	readonly equations: Equations;
	/** Markup of the display with this ordinal. */
	readonly display: (ordinal: number) => Html;
}

export type ProseRenderer = (tokens: readonly Token[]) => Html;

/**
 * Renders the prose of one page, as written and in the order of the page. Pictures are named, not shown; a link that
 * leads nowhere on the site or the web is set as its text.
 */
export function proseRenderer(setting: ProseSetting): ProseRenderer {
	const markdown = new MarkdownIt({ html: false });
	const { sheet, outline } = setting;
	Object.assign(markdown.renderer.rules, rulesOf(setting));
	return (tokens) => {
		const first = outline.contents.length === 0;
		const shown = first ? withoutTitle(tokens, sheet.title) : [...tokens];
		return raw(markdown.renderer.render(shown, markdown.options, {}));
	};
}

function rulesOf(setting: ProseSetting): Record<string, RendererRule> {
	const { sheet, pages, outline, display } = setting;
	/** What ends each open link, heading and paragraph; they nest. */
	const closings: string[] = [];
	const close: RendererRule = () => closings.pop() ?? "";
	const formula: RendererRule = (tokens, at) =>
		display(ordinalOf(tokens[at], "display")).text;
	return {
		math_inline: (tokens, at) => {
			const formula = inlineMarkup(ordinalOf(tokens[at], "inline"), setting);
			const tied = tiedPunctuation(tokens, at + 1);
			return tied === ""
				? formula.text
				: html`<span class="tied">${formula}${tied}</span>`.text;
		},
		text: (tokens, at) =>
			withReferences(
				tokens[at]?.content.slice(tiedPunctuation(tokens, at).length) ?? "",
				setting.equations,
			).text,
		math_display: formula,
		math_block: formula,
		link_open: (tokens, at) => {
			const href = String(tokens[at]?.attrGet("href") ?? "");
			const target = resolveLink(href, sheet.path, pages);
			closings.push(target === null ? "" : "</a>");
			return target === null
				? ""
				: html`<a href="${target}" rel="noopener noreferrer">`.text;
		},
		link_close: close,
		image: (tokens, at) =>
			html`<span class="picture">[picture: ${tokens[at]?.content}]</span>`.text,
		heading_open: (tokens, at) => {
			const written = Number(tokens[at]?.tag.slice(1));
			const heading = outline.enter(written, textOf(tokens[at + 1]));
			closings.push(`</h${heading.level}>\n`);
			return html`<h${heading.level} id="${heading.id}">`.text;
		},
		heading_close: close,
		// A display inside a paragraph is no part of a line of text, so such a paragraph cannot be a `p`.
		paragraph_open: (tokens, at) => {
			if (tokens[at]?.hidden) return "";
			const divided = holdsDisplay(tokens[at + 1]);
			closings.push(divided ? "</div>\n" : "</p>\n");
			return divided ? '<div class="paragraph">' : "<p>";
		},
		paragraph_close: (tokens, at, ...rest) =>
			tokens[at]?.hidden ? "" : close(tokens, at, ...rest),
		table_open: () =>
			'<div class="table" tabindex="0" role="group" aria-label="Table"><table>',
		table_close: () => "</table></div>",
	};
}

/** A formula in longer LaTeX may itself need to be broken. */
const longestTied = 30;

/**
 * The punctuation at the start of a text that stands right behind a short formula. It is set with the formula: browsers
 * break the line between the two, and a comma would begin the next one.
 */
function tiedPunctuation(tokens: readonly Token[], at: number): string {
	const [formula, text] = [tokens[at - 1], tokens[at]];
	if (formula?.type !== "math_inline" || text?.type !== "text") return "";
	if (formula.content.length > longestTied) return "";
	return /^[.,;:!?)\]’”"']+/.exec(text.content)?.[0] ?? "";
}

function inlineMarkup(ordinal: number, setting: ProseSetting): Html {
	const source = setting.sheet.inlines[ordinal]?.source ?? "";
	return (
		referenceAlone(source, setting.equations) ??
		setting.typesetter.inline(source)
	);
}

function ordinalOf(
	token: Token | undefined,
	key: "inline" | "display",
): number {
	const ordinal = token?.meta?.[key];
	return typeof ordinal === "number" ? ordinal : -1;
}

function holdsDisplay(token: Token | undefined): boolean {
	return (
		token?.children?.some((child) => child.type === "math_display") ?? false
	);
}

function textOf(token: Token | undefined): string {
	return (token?.children ?? []).map((child) => child.content).join("");
}

/** Leaves out the first heading where it is the sheet's title: the page has that already. */
function withoutTitle(tokens: readonly Token[], title: string): Token[] {
	const isTitle =
		tokens[0]?.type === "heading_open" &&
		textOf(tokens[1]).trim() === title.trim();
	return tokens.slice(isTitle ? 3 : 0);
}
