import type { Display, Sheet } from "../sheet/sheet.js";
import type { Anchors } from "./anchors.js";
import { asRead } from "./formula/asRead.js";
import { type Layout, layOut, type Row } from "./rows.js";

/** An equation that can be referred to. */
export interface Equation {
	/** What stands in its brackets: a number, or the text of its `\tag`. */
	readonly shown: string;
	readonly anchor: string;
}

/** The displays of a sheet taken apart and numbered as LaTeX would, before any of them is typeset: references point on. */
export class Equations {
	private readonly layouts: readonly Layout[];
	private readonly byLabel = new Map<string, Equation>();
	private last = 0;

	/** Labels take their anchors first, so that no heading takes them away. */
	constructor(sheet: Sheet, anchors: Anchors) {
		this.layouts = sheet.displays.map((display) =>
			this.number(display, layoutOf(display), anchors),
		);
	}

	/** The rows of a display; `tag` is what stands in brackets beside a row. */
	layoutOf(display: Display): Layout {
		return this.layouts[display.ordinal] ?? layoutOf(display);
	}

	/** The equation with this label; null if there is none. */
	find(label: string): Equation | null {
		return this.byLabel.get(label) ?? null;
	}

	private number(display: Display, layout: Layout, anchors: Anchors): Layout {
		const last = layout.rows.length - 1;
		const hasId = display.id !== null && !layout.rows.some((r) => r.isNumbered);
		const rows = layout.rows.map((row, n): Row => {
			const isNumbered = row.isNumbered || (hasId && n === last);
			if (row.tag === null && !isNumbered) return row;
			const tag = row.tag ?? String(++this.last);
			const own = n === last && display.id !== null ? [display.id] : [];
			const labels = [...row.labels, ...own].filter((label) =>
				this.add(label, tag, anchors),
			);
			return { ...row, tag, labels };
		});
		return { ...layout, rows };
	}

	/** Whether the label is a new one: of two equations with one label the first is meant. */
	private add(label: string, shown: string, anchors: Anchors): boolean {
		if (this.byLabel.has(label)) return false;
		this.byLabel.set(label, { shown, anchor: anchors.claim(label) });
		return true;
	}
}

function layoutOf(display: Display): Layout {
	return display.notation === "latex"
		? layOut(asRead(display.source))
		: linesOf(display.source);
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
			isNumbered: false,
			isUnnumbered: false,
		});
	}
	return { definitions: "", rows, columns: ["left"], paired: false };
}
