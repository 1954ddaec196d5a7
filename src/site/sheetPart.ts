import type { CheckedSheet, SheetMessage } from "../check/result.js";
import { readSheet } from "../sheet/read.js";
import { type Card, card } from "./card.js";
import type { SetFormulas } from "./formula/typeset.js";
import type { PageContent } from "./layout.js";
import type { PagesByPath } from "./links.js";
import { addressOfPart } from "./parts.js";
import { remarksOn } from "./remarks.js";
import { type SheetView, sheetPages } from "./sheetPage.js";

/** A sheet for the site: its text, its verdicts, and what was made of it. */
export interface SiteSheet {
	readonly text: string;
	readonly checked: CheckedSheet;
	/** The plot of a fit, an SVG document. */
	readonly plotSvg?: string;
	/** The source of the compiled solver, an ES module. */
	readonly solverSource?: string;
}

/**
 * All that a site holds of one sheet, as plain data: so it can be made on a thread of its own, kept, and put into a site
 * another time.
 */
export interface SheetPart {
	/** Name of the page's file. */
	readonly address: string;
	readonly page: PageContent;
	/** The other parts of a sheet that is too long for one page. */
	readonly more: readonly {
		readonly address: string;
		readonly page: PageContent;
	}[];
	/** Its entry in the index. */
	readonly card: Card;
	/** What the page shows otherwise than the sheet may have meant it; it says so itself. */
	readonly remarks: readonly SheetMessage[];
	/** What the page refers to, by the names of folders and file. */
	readonly files: readonly {
		readonly parts: readonly string[];
		readonly content: string;
	}[];
}

/**
 * Makes the part of a site that shows one sheet.
 * @param name that of its page, without an ending
 * @param formulas that were set before, which this adds to
 */
export function sheetPart(
	{ text, checked, plotSvg, solverSource }: SiteSheet,
	name: string,
	pages: PagesByPath,
	formulas?: SetFormulas,
): SheetPart {
	const sheet = readSheet(text, checked.path);
	const remarks = remarksOn(sheet, pages);
	const plot = ["assets", "plots", `${name}.svg`];
	const solver = ["assets", "solvers", `${name}.mjs`];
	const view: SheetView = {
		sheet,
		checked: { ...checked, messages: [...checked.messages, ...remarks] },
		plot: plotSvg === undefined ? null : addressOf(plot),
		solver:
			solverSource === undefined
				? null
				: { address: addressOf(solver), source: solverSource },
		formulas,
	};
	const address = `${name}.html`;
	const styles = ["assets", "pages", `${name}.css`];
	const made = sheetPages(view, pages, { name, styles: addressOf(styles) });
	const [first, ...others] = made.contents as [PageContent, ...PageContent[]];
	return {
		address,
		page: first,
		more: others.map((page, n) => ({
			address: addressOfPart(name, n + 1),
			page,
		})),
		card: card(view, address),
		remarks,
		files: [
			{ parts: styles, content: made.css },
			...(plotSvg === undefined ? [] : [{ parts: plot, content: plotSvg }]),
			...(solverSource === undefined
				? []
				: [{ parts: solver, content: solverSource }]),
		],
	};
}

/** The address of a file of the site, as seen from a page. */
function addressOf(parts: readonly string[]): string {
	return parts.map(encodeURIComponent).join("/");
}
