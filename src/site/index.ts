import type { CheckedSheet } from "../check/result.js";
import { readSheet } from "../sheet/read.js";
import { writeAssets } from "./assets.js";
import { indexPage } from "./indexPage.js";
import { normalPath } from "./links.js";
import { OutputFolder } from "./output.js";
import { type SheetView, sheetPage } from "./sheetPage.js";
import { pageNames } from "./slug.js";
import { verdictsPage } from "./verdictsPage.js";

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
 * Writes a static site: an index, a page a sheet, a page on the verdicts, and what they need. The pages hold no script
 * and load nothing from elsewhere, so that they work from `file://` and under any address.
 * @returns the paths of the pages, the index first
 * @throws Problem if `out` cannot be written, or is or holds a symbolic link where a file should go
 */
export async function writeSite(options: {
	readonly sheets: readonly SiteSheet[];
	readonly out: string;
}): Promise<{ pages: string[] }> {
	const out = new OutputFolder(options.out);
	const paths = options.sheets.map(({ checked }) => checked.path);
	const names = pageNames(paths, ["index", "verdicts"]);
	const addresses = names.map((name) => `${name}.html`);
	const pagesByPath = new Map(
		paths.map((path, n) => [normalPath(path), addresses[n] ?? ""]),
	);

	await writeAssets(out);
	const views: SheetView[] = [];
	for (const [n, sheet] of options.sheets.entries()) {
		views.push(await prepare(sheet, names[n] ?? "", out));
	}
	const pages = [
		await out.write(["index.html"], indexPage(views, addresses)),
		await out.write(["verdicts.html"], verdictsPage()),
	];
	for (const [n, view] of views.entries()) {
		const markup = sheetPage(view, pagesByPath);
		pages.push(await out.write([addresses[n] ?? ""], markup));
	}
	return { pages };
}

/** Writes the files that a sheet's page refers to. */
async function prepare(
	sheet: SiteSheet,
	name: string,
	out: OutputFolder,
): Promise<SheetView> {
	const { text, checked, plotSvg, solverSource } = sheet;
	if (plotSvg !== undefined) {
		await out.write(["assets", "plots", `${name}.svg`], plotSvg);
	}
	if (solverSource !== undefined) {
		await out.write(["assets", "solvers", `${name}.mjs`], solverSource);
	}
	return {
		sheet: readSheet(text, checked.path),
		checked,
		plot: plotSvg === undefined ? null : address("plots", `${name}.svg`),
		solver:
			solverSource === undefined
				? null
				: {
						address: address("solvers", `${name}.mjs`),
						source: solverSource,
					},
	};
}

/** The address of a file below `assets`, as seen from a page. */
function address(folder: string, file: string): string {
	return `assets/${folder}/${encodeURIComponent(file)}`;
}
