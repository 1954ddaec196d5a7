import type { CheckedSheet, SheetMessage } from "../check/result.js";
import type { Sheet } from "../sheet/sheet.js";
import { Anchors } from "./anchors.js";
import { displayMarkup } from "./display.js";
import { Equations } from "./equations.js";
import { Economy } from "./formula/economy.js";
import { type Thrift, Typesetter, thrifts } from "./formula/typeset.js";
import { type Fragment, type Html, html, join } from "./html.js";
import type { PageContent } from "./layout.js";
import type { PagesByPath } from "./links.js";
import { type Heading, Outline } from "./outline.js";
import { itemPanel, nameOf } from "./panel.js";
import { blocksMarkup } from "./passages.js";
import { type Placement, place } from "./placement.js";
import { proseRenderer } from "./prose.js";
import { richText, sentence } from "./richText.js";
import { symbolTable } from "./symbols.js";
import { itemId, itemMark } from "./verdict.js";
import { mark, tally } from "./vocabulary.js";

/** What the site shows of one sheet. Addresses are relative to the page. */
export interface SheetView {
	readonly sheet: Sheet;
	readonly checked: CheckedSheet;
	readonly plot: string | null;
	readonly solver: { readonly address: string; readonly source: string } | null;
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
	const anchors = new Anchors();
	const equations = new Equations(sheet, anchors);
	const typesetter = new Typesetter({
		economy,
		thrift,
		references: (label) => equations.find(label)?.shown ?? null,
	});
	const outline = new Outline(anchors);
	const placement = place(sheet, checked);
	const display = (ordinal: number): Html => {
		const items = placement.byDisplay.get(ordinal) ?? [];
		const found = sheet.displays[ordinal];
		return found ? displayMarkup(found, items, equations, typesetter) : html``;
	};
	const prose = proseRenderer({
		sheet,
		pages,
		outline,
		typesetter,
		equations,
		display,
	});
	const setting = { anchors, outline, prose, display };
	const body = blocksMarkup(sheet.blocks, setting);
	const main = html`<article>
<header class="title"><h1>${checked.title}</h1>
<p class="path">${checked.path}</p>
${tally(checked.counts)}
${attention(placement)}
${messages(checked, ["error", "warning"], typesetter)}
</header>
${contents(outline.contents)}
<div class="sheet">
${body}</div>
${elsewhere(placement, typesetter)}
${checked.solvable !== null && section("symbols", "Symbols", symbolTable(checked.solvable.context.symbols, typesetter))}
${readingNotes(checked, typesetter)}
${fitSection(view)}
${solverSection(view)}
${provenance(checked)}
</article>
${economy.symbols}`;
	return { main, css: economy.css };
}

function section(name: string, title: string, content: Fragment): Html {
	return html`<section class="part" aria-labelledby="page-${name}"><h2 id="page-${name}">${title}</h2>
${content}</section>
`;
}

/** Links to what a reader must look at: everything refuted or unread. */
function attention(placement: Placement): Html | null {
	const items = [
		...[...placement.byDisplay.values()].flat(),
		...placement.elsewhere,
	];
	const lists = (["refuted", "unread"] as const).map((verdict) => {
		const links = items
			.filter(({ checked }) => checked.verdict === verdict)
			.map((item) => html`<a href="#${itemId(item)}">${nameOf(item)}</a> `);
		return links.length > 0 && html`<li>${mark(verdict)} ${join(links)}</li>`;
	});
	if (!lists.some(Boolean)) return null;
	return html`<nav class="attention" aria-label="Refuted and unread"><ul>${lists}</ul></nav>`;
}

function contents(headings: readonly Heading[]): Html | null {
	if (headings.length < 3) return null;
	const entries = headings.map(
		(heading) =>
			html`<li class="level-${heading.level}"><a href="#${heading.id}">${heading.text}</a></li>`,
	);
	return html`<nav class="contents" aria-label="On this page"><details><summary>On this page</summary><ol>${join(entries)}</ol></details></nav>`;
}

function messages(
	checked: CheckedSheet,
	levels: readonly SheetMessage["level"][],
	typesetter: Typesetter,
): Html | null {
	const shown = checked.messages.filter(({ level }) => levels.includes(level));
	if (shown.length === 0) return null;
	return html`<ul class="messages">${shown.map((message) => messageMarkup(message, typesetter))}</ul>`;
}

function messageMarkup(message: SheetMessage, typesetter: Typesetter): Html {
	const { level, line, text, expected } = message;
	const where = level === "info" ? `Line ${line}` : `${level}, line ${line}`;
	const wanted =
		expected !== null && richText(` Expected: ${expected}.`, typesetter);
	return html`<li class="${level}"><span class="where">${where}</span> ${richText(sentence(text), typesetter)}${wanted}</li>`;
}

/** How formulas were read where that mattered, and what was not checked. */
function readingNotes(
	checked: CheckedSheet,
	typesetter: Typesetter,
): Html | null {
	const notes = messages(checked, ["info"], typesetter);
	return notes && section("notes", "How it was read", notes);
}

/** Verdicts of what stands in no display, so that none is left out. */
function elsewhere(placement: Placement, typesetter: Typesetter): Html | null {
	if (placement.elsewhere.length === 0) return null;
	const entries = placement.elsewhere.map((item) => {
		const formula =
			item.kind === "step"
				? typesetter.inline(item.checked.right)
				: typesetter.inline(item.checked.target);
		return html`<li><p>line ${item.checked.line}: ${formula}</p>${itemMark(item, typesetter)}${itemPanel(item, true, typesetter)}</li>`;
	});
	return section(
		"elsewhere",
		"Elsewhere in the sheet",
		html`<ul class="elsewhere">${join(entries)}</ul>`,
	);
}

function fitSection({ plot }: SheetView): Html | null {
	if (plot === null) return null;
	return section(
		"fit",
		"The fit",
		html`<figure class="plot"><img src="${plot}" alt="The data with the fitted components, and the bound by sweep"><figcaption>What the compiled algorithm finds in the data: points with the fitted components, and the bound growing sweep by sweep.</figcaption></figure>`,
	);
}

function solverSection({ solver }: SheetView): Html | null {
	if (solver === null) return null;
	return section(
		"solver",
		"The algorithm",
		html`<p>The certified updates, compiled into a module that stands alone. <a href="${solver.address}" download>Download the module</a>.</p>
<details class="code"><summary>Show the code</summary><pre tabindex="0" role="group" aria-label="Source of the solver"><code>${solver.source}</code></pre></details>`,
	);
}

function provenance(checked: CheckedSheet): Html {
	return html`<p class="provenance">Made from <code>${checked.path}</code>, SHA-256 <code>${checked.hash.slice(0, 16)}</code>. <a href="verdicts.html">What the verdicts mean</a>.</p>`;
}
