import type { Display } from "../sheet/sheet.js";
import type { Anchors } from "./anchors.js";
import { asRead } from "./asRead.js";
import { cellsOf, writtenCell } from "./cells.js";
import { type Html, html, join } from "./html.js";
import { itemPanel } from "./panel.js";
import { assignToRows, type Item } from "./placement.js";
import { type Layout, layOut, type Row } from "./rows.js";
import { separateEquations } from "./sideBySide.js";
import type { Typesetter } from "./typeset.js";
import { itemMark } from "./verdict.js";

/** A display row by row, each with its verdicts beside it and what there is to say of them beneath. */
export function displayMarkup(
	display: Display,
	items: readonly Item[],
	typesetter: Typesetter,
	anchors: Anchors,
): Html {
	const { layout, itemsOfRow } = arrange(display, items);
	typesetter.define(layout.definitions);
	const rows = layout.rows.map((row, n) => {
		const cells =
			display.notation === "latex"
				? cellsOf(row, layout, display.source, typesetter)
				: writtenCell(display.source.slice(row.start, row.end));
		return rowMarkup(row, cells, itemsOfRow[n] ?? [], typesetter, anchors);
	});
	const checked = items.length > 0 ? "checked" : "";
	const lines =
		display.line === display.endLine
			? `line ${display.line}`
			: `lines ${display.line} to ${display.endLine}`;
	return html`<div class="display ${checked}"${display.id !== null && html` id="${anchors.claim(display.id)}"`}>
<div class="scroller" tabindex="0" role="group" aria-label="Formula, ${lines}">
<div class="rows" style="--columns:${layout.columns.length}">
${join(rows)}</div></div></div>
`;
}

function arrange(display: Display, items: readonly Item[]) {
	const latex = display.notation === "latex";
	const source = latex ? asRead(display.source) : display.source;
	const layout = latex ? layOut(source) : linesOf(source);
	const offsetOf = (item: Item) => offsetIn(display, item);
	const rows = separateEquations(source, layout.rows, items.map(offsetOf));
	const starts = rows.map((row) => display.placeAt(row.start));
	return {
		layout: { ...layout, rows },
		itemsOfRow: assignToRows(items, starts),
	};
}

/** Plain-text steps, a line each. */
function linesOf(source: string): Layout {
	const rows: Row[] = [];
	for (const match of source.matchAll(/^[^\S\n]*(\S.*)$/gm)) {
		const text = match[1] ?? "";
		const start = match.index + match[0].length - text.length;
		rows.push({
			start,
			end: start + text.length,
			cells: [text],
			tag: null,
			labels: [],
		});
	}
	return { definitions: "", rows, columns: ["left"], paired: false };
}

/** The offset into the display's source at which an item stands, found by halving: places ascend with offsets. */
function offsetIn(display: Display, item: Item): number {
	let low = 0;
	let high = display.source.length;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		const { line, column } = display.placeAt(middle);
		const before =
			line < item.checked.line ||
			(line === item.checked.line && column <= item.checked.column);
		if (before) low = middle;
		else high = middle - 1;
	}
	return low;
}

function rowMarkup(
	row: Row,
	cells: Html,
	items: readonly Item[],
	typesetter: Typesetter,
	anchors: Anchors,
): Html {
	const alone = items.length === 1;
	const verdicts = [...new Set(items.map((item) => item.checked.verdict))];
	const tag =
		row.tag !== null &&
		html`<span class="tag">${typesetter.inline(`\\text{(${row.tag})}`)}</span>`;
	const targets = row.labels.map(
		(label) => html`<span id="${anchors.claim(label)}"></span>`,
	);
	return html`<div class="row ${verdicts.join(" ")}">${join(targets)}${cells}${tag}
${items.length > 0 && html`<div class="margin">${items.map((item) => itemMark(item, typesetter))}</div>`}
${items.map((item) => itemPanel(item, alone, typesetter))}</div>
`;
}
