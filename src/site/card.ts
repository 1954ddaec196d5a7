import { asRead } from "./formula/asRead.js";
import { Economy, type Shared } from "./formula/economy.js";
import { Typesetter } from "./formula/typeset.js";
import { sketchGraph } from "./graph/draw.js";
import { graphOf } from "./graph/model.js";
import { type Html, html, join } from "./html.js";
import { layOut } from "./rows.js";
import type { SheetView } from "./sheetPage.js";
import { tally } from "./vocabulary.js";

/** A sheet's entry in the list, made for itself: plain data, that can be kept. */
export interface Card {
	readonly markup: string;
	/** The model as a graph, for an index that is not too long for it; may be empty. */
	readonly graph: string;
	/** What its formulas use. */
	readonly shared: Shared;
}

/** A sheet's entry in the list: title, model, and the verdicts in numbers. */
export function card(view: SheetView, address: string): Card {
	const { checked } = view;
	const economy = new Economy();
	const found = graphOf(checked.context);
	const markup = html`<h2><a href="${address}">${checked.title}</a></h2>
${model(view, economy)}
${tally(checked.counts)}
`;
	return {
		markup: markup.text,
		graph: found === null ? "" : sketchGraph(found).text,
		shared: economy.shared,
	};
}

/** The statements of the model, small; nothing for a sheet without one. */
function model({ sheet }: SheetView, economy: Economy): Html | null {
	const display = sheet.displays.find((one) => one.role === "model");
	if (display === undefined || display.notation === "plain") return null;
	const typesetter = new Typesetter({ economy });
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
