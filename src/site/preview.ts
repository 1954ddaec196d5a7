import type { CheckedSheet } from "../check/result.js";
import type { Sheet } from "../sheet/sheet.js";
import { Anchors } from "./anchors.js";
import { displayMarkup } from "./display.js";
import { Equations } from "./equations.js";
import { Economy } from "./formula/economy.js";
import { type KeptFormulas, Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";
import { LineAnchors } from "./lineAnchors.js";
import { Outline } from "./outline.js";
import { itemPanel } from "./panel.js";
import { blocksMarkup } from "./passages.js";
import { place } from "./placement.js";
import { proseRenderer } from "./prose.js";
import { itemMark } from "./verdict.js";

/**
 * The blocks of a sheet with the verdicts beside them, as markup, a piece for each block: so that whoever shows a sheet
 * that is being written replaces what has changed alone. Verdicts of what stands in no display are the last piece.
 * @param kept formulas that were set before, which this adds to
 */
export function previewBlocks(
	sheet: Sheet,
	checked: CheckedSheet,
	kept: KeptFormulas,
): readonly string[] {
	const anchors = new Anchors();
	const equations = new Equations(sheet, anchors);
	const typesetter = new Typesetter({
		economy: new Economy("loose"),
		kept,
		references: (label) => equations.find(label)?.shown ?? null,
	});
	const outline = new Outline(anchors);
	const placement = place(sheet, checked);
	const { context } = checked;
	const lines = new LineAnchors(context.symbols);
	const displays = { equations, typesetter, context, lines };
	const display = (ordinal: number): Html => {
		const items = placement.byDisplay.get(ordinal) ?? [];
		const found = sheet.displays[ordinal];
		return found ? displayMarkup(found, items, displays) : html``;
	};
	const pages = new Map<string, string>();
	const prose = proseRenderer({
		sheet,
		pages,
		outline,
		typesetter,
		equations,
		display,
	});
	const setting = {
		anchors,
		outline,
		prose,
		display,
		graph: null,
		exercises: { count: 0 },
	};
	const blocks = sheet.blocks.map((block) => blocksMarkup([block], setting));
	const elsewhere = placement.elsewhere.map(
		(item) =>
			html`<div>${itemMark(item, typesetter)}${itemPanel(item, true, typesetter)}</div>`,
	);
	return [...blocks, join(elsewhere)].map((block) => block.text);
}
