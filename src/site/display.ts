import type { Context } from "../expr/context.js";
import type { Display } from "../sheet/sheet.js";
import { cellsOf, writtenCell } from "./cells.js";
import { Comparer } from "./difference/index.js";
import type { Equations } from "./equations.js";
import { asRead } from "./formula/asRead.js";
import { extentOf } from "./formula/extent.js";
import type { FormulaMark } from "./formula/marks.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import type { LineAnchors } from "./lineAnchors.js";
import { itemPanel } from "./panel.js";
import { assignToRows, type Item } from "./placement.js";
import type { Layout, Row } from "./rows.js";
import { separateEquations } from "./sideBySide.js";
import { itemMark } from "./verdict.js";

/** What displays are made with. */
export interface DisplaySetting {
	readonly equations: Equations;
	readonly typesetter: Typesetter;
	/** All that the sheet declares. */
	readonly context: Context;
	/** Null where the sheet is being written, and lines move. */
	readonly lines: LineAnchors | null;
}

/** A display row by row, each with its verdicts beside it and what there is to say of them beneath. */
export function displayMarkup(
	display: Display,
	items: readonly Item[],
	{ equations, typesetter, context, lines }: DisplaySetting,
): Html {
	const { layout, source, itemsOfRow } = arrange(
		display,
		items,
		equations.layoutOf(display),
	);
	typesetter.define(layout.definitions);
	const pointed = pointOut(display, items, context, typesetter);
	const rows = layout.rows.map((row, n) => {
		const cells =
			display.notation === "latex"
				? cellsOf(row, layout, source, typesetter, pointed.marks)
				: writtenCell(display.source.slice(row.start, row.end));
		const own = itemsOfRow[n] ?? [];
		const anchor = lines?.claim(display.placeAt(row.start).line) ?? null;
		return html`<div class="${["row", ...verdictsOf(own)].join(" ")}"${anchor && html` id="${anchor}"`}>${cells}${tagMarkup(row, equations, typesetter)}
${own.length > 0 && html`<div class="margin">${own.map((item) => itemMark(item, typesetter))}</div>`}
${own.map((item) => itemPanel(item, own.length === 1, typesetter, pointed.repairs.get(item)))}</div>
`;
	});
	const checked = items.length > 0 ? "checked" : "";
	const name = lines ? `Formula, ${whereOf(display)}` : "Formula";
	const width = display.notation === "latex" ? widthOf(layout) : 0;
	const long = width > besideVerdicts && " long";
	const fit = width > onPaper && `;--fit:${(onPaper / width).toFixed(2)}`;
	return html`<div class="display ${checked}${long}">
<div class="scroller" tabindex="0" role="group" aria-label="${name}">
<div class="rows" style="--columns:${layout.columns.length}${fit}">
${join(rows)}</div></div></div>
`;
}

/** How wide rows may be, in em of the formula, on paper: beside their verdicts, and by themselves. */
const besideVerdicts = 36;
const onPaper = 45;

/** About how wide the columns of a display are together, in em of the formula. */
function widthOf({ rows, columns }: Layout): number {
	const widths = columns.map((_, n) =>
		Math.max(...rows.map(({ cells }) => extentOf(cells[n] ?? ""))),
	);
	return widths.reduce((sum, width) => sum + width, 0);
}

function whereOf({ line, endLine }: Display): string {
	return line === endLine ? `line ${line}` : `lines ${line} to ${endLine}`;
}

function arrange(display: Display, items: readonly Item[], layout: Layout) {
	const latex = display.notation === "latex";
	const source = latex ? asRead(display.source) : display.source;
	const offsetOf = (item: Item) => offsetIn(display, item);
	const rows = separateEquations(source, layout.rows, items.map(offsetOf));
	const starts = rows.map((row) => display.placeAt(row.start));
	return {
		source,
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

function verdictsOf(items: readonly Item[]): readonly string[] {
	return [...new Set(items.map((item) => item.checked.verdict))];
}

/** What the page points at in the formulas of refuted steps, and in their repairs. */
function pointOut(
	display: Display,
	items: readonly Item[],
	context: Context,
	typesetter: Typesetter,
) {
	const marks: FormulaMark[] = [];
	const repairs = new Map<Item, readonly FormulaMark[]>();
	const refuted = items.filter((item) => item.checked.verdict === "refuted");
	if (refuted.length === 0 || display.notation === "plain")
		return { marks, repairs };
	const macros = typesetter.definedMacros;
	const comparer = new Comparer(display.source, context, macros);
	for (const item of refuted) {
		const offset = offsetIn(display, item);
		const { repair } = item.checked;
		if (repair === null) {
			marks.push(...comparer.fromBefore(offset));
			continue;
		}
		const { written, repaired } = comparer.withRepair(offset, repair);
		marks.push(...written);
		repairs.set(item, repaired);
	}
	return { marks, repairs };
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
