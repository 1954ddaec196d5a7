import type { CheckedSheet } from "../check/result.js";
import type { Sheet } from "../sheet/sheet.js";
import { Anchors } from "./anchors.js";
import { displayMarkup } from "./display.js";
import { Equations } from "./equations.js";
import { Typesetter } from "./formula/typeset.js";
import { type Html, html } from "./html.js";
import { LineAnchors } from "./lineAnchors.js";
import type { PagesByPath } from "./links.js";
import { Outline } from "./outline.js";
import { place, withoutAnchors } from "./placement.js";
import { proseRenderer } from "./prose.js";

type Typesetting = Omit<
	ConstructorParameters<typeof Typesetter>[0],
	"references"
>;

/**
 * What the blocks of one sheet are set with: equations are numbered and items placed before any block is made.
 * @param hasAnchors whether verdicts and lines have anchors and numbers that are those of the whole page
 */
export function sheetSetting(
	sheet: Sheet,
	checked: CheckedSheet,
	pages: PagesByPath,
	typesetting: Typesetting,
	graph: Html | null,
	hasAnchors = true,
) {
	const anchors = new Anchors();
	const equations = new Equations(sheet, anchors);
	const typesetter = new Typesetter({
		...typesetting,
		references: (label) => equations.find(label)?.shown ?? null,
	});
	const outline = new Outline(anchors);
	const placed = place(sheet, checked);
	const placement = hasAnchors ? placed : withoutAnchors(placed);
	const { context } = checked;
	const lines = new LineAnchors(context.symbols);
	const displays = {
		equations,
		typesetter,
		context,
		lines: hasAnchors ? lines : null,
	};
	const display = (ordinal: number): Html => {
		const items = placement.byDisplay.get(ordinal) ?? [];
		const found = sheet.displays[ordinal];
		return found ? displayMarkup(found, items, displays) : html``;
	};
	const prose = proseRenderer({
		sheet,
		pages,
		outline,
		typesetter,
		equations,
		display,
	});
	const exercises = { count: 0 };
	const setting = { anchors, outline, prose, display, graph, exercises };
	return { setting, typesetter, outline, placement, lines };
}
