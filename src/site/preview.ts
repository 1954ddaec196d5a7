import type { CheckedSheet } from "../check/result.js";
import type { Sheet } from "../sheet/sheet.js";
import { Economy } from "./formula/economy.js";
import type { KeptFormulas } from "./formula/typeset.js";
import { html, join } from "./html.js";
import { itemPanel } from "./panel.js";
import { blocksMarkup } from "./passages.js";
import { sheetSetting } from "./sheetSetting.js";
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
	const { setting, typesetter, placement } = sheetSetting(
		sheet,
		checked,
		new Map(),
		{ economy: new Economy("loose"), kept },
		null,
		false,
	);
	const blocks = sheet.blocks.map((block) => blocksMarkup([block], setting));
	const elsewhere = placement.elsewhere.map(
		(item) =>
			html`<div>${itemMark(item, typesetter)}${itemPanel(item, true, typesetter)}</div>`,
	);
	return [...blocks, join(elsewhere)].map((block) => block.text);
}
