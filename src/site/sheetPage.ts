import type { CheckedSheet } from "../check/result.js";
import type { Sheet } from "../sheet/sheet.js";
import { Economy } from "./formula/economy.js";
import { type SetFormulas, type Thrift, thrifts } from "./formula/typeset.js";
import { drawGraph } from "./graph/draw.js";
import { graphOf } from "./graph/model.js";
import { type Html, html } from "./html.js";
import type { PageContent } from "./layout.js";
import type { PagesByPath } from "./links.js";
import { blocksMarkup } from "./passages.js";
import { sectionMarkup, sectionsOf } from "./sections.js";
import { attention, contents, messages } from "./sheetHeader.js";
import { playAddress } from "./sheetLink.js";
import { sheetSetting } from "./sheetSetting.js";
import { tally } from "./vocabulary.js";

/** What the site shows of one sheet. Addresses are relative to the page. */
export interface SheetView {
	readonly sheet: Sheet;
	readonly checked: CheckedSheet;
	readonly plot: string | null;
	readonly solver: { readonly address: string; readonly source: string } | null;
	/** Formulas that were set before, of this sheet or of others. */
	readonly formulas?: SetFormulas | undefined;
}

/** A checked sheet as markup, and the rules that this markup needs beside the styles of all pages. */
export interface SheetMarkup {
	readonly main: Html;
	readonly css: string;
}

/** Markup longer than this, in bytes, is made again with smaller formulas. */
const longestMarkup = 470_000;

/**
 * The page of a sheet: its prose and formulas with the verdicts beside them, and what was made of it. `css` is what
 * should stand at the address `styles`.
 */
export function sheetPage(
	view: SheetView,
	pages: PagesByPath,
	styles: string,
): { readonly content: PageContent; readonly css: string } {
	const markup = smallEnough(view, pages);
	const content = {
		title: view.checked.title,
		current: null,
		main: markup.main.text,
		css: styles,
	};
	return { content, css: markup.css };
}

function smallEnough(view: SheetView, pages: PagesByPath): SheetMarkup {
	let markup = sheetMarkup(view, pages);
	for (const thrift of thrifts.slice(1)) {
		const { length } = new TextEncoder().encode(markup.main.text);
		if (length <= longestMarkup) break;
		markup = sheetMarkup(view, pages, thrift);
	}
	return markup;
}

/** The sheet without the frame of a page. */
export function sheetMarkup(
	view: SheetView,
	pages: PagesByPath = new Map(),
	thrift: Thrift = "whole",
): SheetMarkup {
	const { sheet, checked } = view;
	const economy = new Economy();
	const model = graphOf(checked.context);
	const graph = model && drawGraph(model, "page-graph");
	const { setting, typesetter, outline, placement, lines } = sheetSetting(
		sheet,
		checked,
		pages,
		{ economy, thrift, ...(view.formulas && { formulas: view.formulas }) },
		graph,
	);
	const body = blocksMarkup(sheet.blocks, setting);
	const sections = sectionsOf(view, placement, lines, typesetter);
	const headings = [
		...outline.contents,
		...sections.map(({ id, title }) => ({ id, text: title, level: 2 })),
	];
	const main = html`<article>
<header class="title"><h1>${checked.title}</h1>
<p class="path">${shownPath(checked.path)}${playLink(sheet.text)}</p>
${tally(checked.counts)}
${attention(placement)}
${messages(checked, ["error", "warning"], typesetter)}
</header>
${contents(headings)}
<div class="sheet">
${body}</div>
${sections.map(sectionMarkup)}
${provenance(checked)}
</article>
${economy.symbols}`;
	return { main, css: economy.css };
}

/** What is linked is the text that the page was made of: where solutions are hidden, they are not in it either. */
function playLink(text: string): Html | null {
	const address = playAddress(text);
	if (address === null) return null;
	return html`<a class="play" href="${address}">Open in the playground</a>`;
}

function provenance(checked: CheckedSheet): Html {
	return html`<p class="provenance">Made from <code>${shownPath(checked.path)}</code>, SHA-256 <code>${checked.hash.slice(0, 16)}</code>. <a href="verdicts.html">What the verdicts mean</a>.</p>`;
}

/** Where a file stands on somebody's disk is of no use to readers. */
export function shownPath(path: string): string {
	const isAbsolute = /^(?:[\\/]|[a-z]:)/i.test(path);
	return isAbsolute ? (path.split(/[\\/]/).at(-1) ?? path) : path;
}
