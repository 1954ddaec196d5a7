import type { CheckedSheet } from "../check/result.js";
import type { Sheet } from "../sheet/sheet.js";
import { Economy } from "./formula/economy.js";
import { type SetFormulas, type Thrift, thrifts } from "./formula/typeset.js";
import { drawGraph } from "./graph/draw.js";
import { graphOf } from "./graph/model.js";
import { type Html, html, raw } from "./html.js";
import type { PageContent } from "./layout.js";
import type { PagesByPath } from "./links.js";
import {
	addressOfPart,
	linked,
	type Piece,
	partsNavigation,
	shareOut,
} from "./parts.js";
import { blockPieces, blocksMarkup } from "./passages.js";
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

/** Markup longer than this, in bytes, is cut into parts. */
const longestMarkup = 488_000;
/** What the way from part to part may take beside. */
const roomForFrame = 5_000;

/**
 * The pages of a sheet: its prose and formulas with the verdicts beside them, and what was made of it. It is one page, or
 * several where it is long. `css` is what should stand at the address `styles`.
 * @param name that of the first page, without an ending
 */
export function sheetPages(
	view: SheetView,
	pages: PagesByPath,
	{ name, styles }: { readonly name: string; readonly styles: string },
): { readonly contents: readonly PageContent[]; readonly css: string } {
	const { title } = view.checked;
	const { mains, css } = smallEnough(view, pages, name);
	const contents = mains.map((main, n) => ({
		title: n === 0 ? title : `${title}, part ${n + 1} of ${mains.length}`,
		current: null,
		main,
		css: styles,
	}));
	return { contents, css };
}

/** As one page, else in parts, else in parts with smaller formulas: a display that is long by itself is not cut. */
function smallEnough(
	view: SheetView,
	pages: PagesByPath,
	name: string,
): { readonly mains: readonly string[]; readonly css: string } {
	const whole = makeSheetMarkup(view, pages, "whole");
	const main = pageOf(whole).text;
	if (Buffer.byteLength(main) <= longestMarkup)
		return { mains: [main], css: whole.economy.css };
	let made: { mains: readonly string[]; css: string } | null = null;
	for (const thrift of thrifts) {
		const markup = makeSheetMarkup(view, pages, thrift, true);
		made = { mains: partsOf(markup, name), css: markup.economy.css };
		const sizes = made.mains.map((part) => Buffer.byteLength(part));
		if (Math.max(...sizes) <= longestMarkup + roomForFrame) break;
	}
	return made ?? { mains: [main], css: whole.economy.css };
}

/** The sheet without the frame of a page. */
export function sheetMarkup(
	view: SheetView,
	pages: PagesByPath = new Map(),
	thrift: Thrift = "whole",
): SheetMarkup {
	const made = makeSheetMarkup(view, pages, thrift);
	return { main: pageOf(made), css: made.economy.css };
}

/** What a sheet's pages are made of, in order. */
interface MadeMarkup {
	readonly title: string;
	readonly head: Html;
	readonly pieces: readonly Piece[];
	readonly sections: readonly Html[];
	readonly economy: Economy;
}

function makeSheetMarkup(
	view: SheetView,
	pages: PagesByPath,
	thrift: Thrift,
	inPieces = false,
): MadeMarkup {
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
	const pieces = inPieces
		? blockPieces(sheet.blocks, setting)
		: [{ markup: blocksMarkup(sheet.blocks, setting).text, leadsOn: false }];
	const sections = sectionsOf(view, placement, lines, typesetter);
	const headings = [
		...outline.contents,
		...sections.map(({ id, title }) => ({ id, text: title, level: 2 })),
	];
	const head = html`<header class="title"><h1>${checked.title}</h1>
<p class="path">${shownPath(checked.path)}${playLink(sheet.text)}</p>
${tally(checked.counts)}
${attention(placement)}
${messages(checked, ["error", "warning"], typesetter)}
</header>
${contents(headings)}
`;
	return {
		title: checked.title,
		head,
		pieces,
		sections: [...sections.map(sectionMarkup), provenance(checked)],
		economy,
	};
}

function pageOf({ head, pieces, sections, economy }: MadeMarkup): Html {
	return html`<article>
${head}<div class="sheet">
${raw(pieces.map(({ markup }) => markup).join(""))}</div>
${sections}
</article>
${economy.symbols}`;
}

/** The pages of a sheet that is too long for one: the head stands on the first, what was made of the sheet on the last. */
function partsOf(made: MadeMarkup, name: string): readonly string[] {
	const { title, head, pieces, sections, economy } = made;
	const symbols = economy.symbols;
	const around = Buffer.byteLength(head.text + symbols.text);
	const limit = Math.max(longestMarkup - around, longestMarkup / 2);
	const shares = shareOut(
		[
			...pieces,
			...sections.map(({ text }) => ({ markup: text, leadsOn: false })),
		],
		limit,
	);
	const mains = shares.map((share, n) => {
		const way = (place: "above" | "below") =>
			partsNavigation(name, n, shares.length, place);
		const above =
			n === 0
				? head
				: html`<header class="title"><p class="whole"><a href="${encodeURI(addressOfPart(name, 0))}">${title}</a></p><h1>Part ${n + 1}</h1></header>
`;
		return html`<article>
${above}${way("above")}<div class="sheet">
${raw(share)}</div>
${way("below")}</article>
${symbols}`.text;
	});
	return linked(mains, name);
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
