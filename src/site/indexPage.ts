import { asRead } from "./asRead.js";
import { type Html, html, join } from "./html.js";
import type { PageContent } from "./layout.js";
import { layOut } from "./rows.js";
import type { SheetView } from "./sheetPage.js";
import { Typesetter } from "./typeset.js";
import { tally } from "./vocabulary.js";

/** The list of all sheets, from the entry of each. */
export function indexPage(cards: readonly Html[]): PageContent {
	const main = html`<article class="index"><header class="title"><h1>Checked derivations</h1>
<p class="lead">Every step of every sheet was checked; each stands with its verdict beside it. <a href="verdicts.html">How to read the verdicts</a>.</p></header>
<ul class="cards">${join(cards)}</ul></article>`;
	return { title: "Checked derivations", current: "index", main: main.text };
}

/** A sheet's entry in the list: title, model, and the verdicts in numbers. */
export function card(view: SheetView, address: string): Html {
	const { checked } = view;
	return html`<li class="card"><h2><a href="${address}">${checked.title}</a></h2>
${model(view)}
${tally(checked.counts)}</li>
`;
}

/** The statements of the model, small; nothing for a sheet without one. */
function model({ sheet }: SheetView): Html | null {
	const display = sheet.displays.find((one) => one.role === "model");
	if (display === undefined || display.notation === "plain") return null;
	const typesetter = new Typesetter();
	const layout = layOut(asRead(display.source));
	typesetter.define(layout.definitions);
	const rows = layout.rows.map(({ cells }) => {
		const statement = cells
			.slice(0, 2)
			.join("{}")
			.replace(/[,;.]\s*$/, "");
		return html`<div>${typesetter.inline(statement)}</div>`;
	});
	return html`<div class="model" tabindex="0" role="group" aria-label="Model">${join(rows)}</div>`;
}
