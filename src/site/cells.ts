import { type FormulaMark, shifted } from "./formula/marks.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import type { Layout, Row } from "./rows.js";

/**
 * The cells of a row, typeset; where they cannot be, the row typeset as a whole, or else as written. `marks` count in
 * the display's source.
 */
export function cellsOf(
	row: Row,
	layout: Layout,
	source: string,
	typesetter: Typesetter,
	marks: readonly FormulaMark[],
): Html {
	return (
		cellByCell(row, layout, typesetter, marksOfCells(row, source, marks)) ??
		asOneCell(row, layout, typesetter) ??
		writtenCell(source.slice(row.start, row.end))
	);
}

/** A row of source, in the place of its formula. */
export function writtenCell(source: string): Html {
	return html`<div class="cell written"><code>${source}</code></div>`;
}

function cellByCell(
	row: Row,
	layout: Layout,
	typesetter: Typesetter,
	marks: readonly (readonly FormulaMark[])[],
): Html | null {
	const cells: Html[] = [];
	for (const [n, source] of row.cells.entries()) {
		// An empty group on the left gives a relation at the cell's edge the space of a relation, as `aligned` does.
		const start = n > 0 ? "{}" : "";
		const own = shifted(marks[n] ?? [], start.length);
		const typeset = typesetter.cell(start + source, own);
		if (typeset === null) return null;
		if (source === "") continue;
		const alignment = layout.columns[n] ?? "left";
		const gap = layout.paired && n > 0 && n % 2 === 0 ? " apart" : "";
		cells.push(
			html`<div class="cell ${alignment}${gap}" style="grid-column:${n + 2}">${typeset}</div>`,
		);
	}
	return join(cells);
}

/** The marks that lie in each cell, counted from its start. Cells stand in the source as they are, but for labels. */
function marksOfCells(
	row: Row,
	source: string,
	marks: readonly FormulaMark[],
): readonly (readonly FormulaMark[])[] {
	let from = row.start;
	return row.cells.map((cell) => {
		const start = source.indexOf(cell, from);
		if (start < 0 || cell === "") return [];
		const end = start + cell.length;
		from = end;
		const inside = marks.filter((m) => start <= m.start && m.end <= end);
		return shifted(inside, -start);
	});
}

/** For a `\\left( … & … \\right)` and the like, which are no formulas cell by cell. */
function asOneCell(
	row: Row,
	layout: Layout,
	typesetter: Typesetter,
): Html | null {
	if (row.cells.length < 2) return null;
	const source = `\\begin{aligned}${row.cells.join("&")}\\end{aligned}`;
	const typeset = typesetter.cell(source);
	if (typeset === null) return null;
	return html`<div class="cell left" style="grid-column:2/span ${layout.columns.length}">${typeset}</div>`;
}
