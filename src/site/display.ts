import type { Display } from "../sheet/sheet.js";
import { cellsOf, writtenCell } from "./cells.js";
import type { Equations } from "./equations.js";
import { asRead } from "./formula/asRead.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import { itemPanel } from "./panel.js";
import { assignToRows, type Item } from "./placement.js";
import type { Layout, Row } from "./rows.js";
import { separateEquations } from "./sideBySide.js";
import { itemMark } from "./verdict.js";

/** A display row by row, each with its verdicts beside it and what there is to say of them beneath. */
export function displayMarkup(
	display: Display,
	items: readonly Item[],
	equations: Equations,
	typesetter: Typesetter,
): Html {
	const { layout, itemsOfRow } = arrange(
		display,
		items,
		equations.layoutOf(display),
	);
	typesetter.define(layout.definitions);
	const rows = layout.rows.map((row, n) => {
		const cells =
			display.notation === "latex"
				? cellsOf(row, layout, display.source, typesetter)
				: writtenCell(display.source.slice(row.start, row.end));
		return rowMarkup(row, cells, itemsOfRow[n] ?? [], equations, typesetter);
	});
	const checked = items.length > 0 ? "checked" : "";
	const lines =
		display.line === display.endLine
			? `line ${display.line}`
			: `lines ${display.line} to ${display.endLine}`;
	return html`<div class="display ${checked}">
<div class="scroller" tabindex="0" role="group" aria-label="Formula, ${lines}">
<div class="rows" style="--columns:${layout.columns.length}">
${join(rows)}</div></div></div>
`;
}

function arrange(display: Display, items: readonly Item[], layout: Layout) {
	const latex = display.notation === "latex";
	const source = latex ? asRead(display.source) : display.source;
	const offsetOf = (item: Item) => offsetIn(display, item);
	const rows = separateEquations(source, layout.rows, items.map(offsetOf));
	const starts = rows.map((row) => display.placeAt(row.start));
	return {
		layout: { ...layout, rows },
		itemsOfRow: assignToRows(items, starts),
	};
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
	equations: Equations,
	typesetter: Typesetter,
): Html {
	const alone = items.length === 1;
	const verdicts = [...new Set(items.map((item) => item.checked.verdict))];
	return html`<div class="row ${verdicts.join(" ")}">${cells}${tagMarkup(row, equations, typesetter)}
${items.length > 0 && html`<div class="margin">${items.map((item) => itemMark(item, typesetter))}</div>`}
${items.map((item) => itemPanel(item, alone, typesetter))}</div>
`;
}

/** The number of an equation, which is also where references to it lead. */
function tagMarkup(
	row: Row,
	equations: Equations,
	typesetter: Typesetter,
): Html | null {
	if (row.tag === null) return null;
	const number = /^\d+$/.test(row.tag)
		? `(${row.tag})`
		: typesetter.inline(`\\text{(${row.tag})}`);
	const [first, ...others] = row.labels.flatMap((label) => {
		const found = equations.find(label);
		return found === null ? [] : [found.anchor];
	});
	const id = first !== undefined && html` id="${first}"`;
	return html`<span class="tag"${id}>${others.map((anchor) => html`<span id="${anchor}"></span>`)}${number}</span>`;
}
