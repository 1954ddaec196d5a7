import { writeAssets } from "./assets.js";
import { indexPage, indexStyles } from "./indexPage.js";
import { page } from "./layout.js";
import { normalPath, type PagesByPath } from "./links.js";
import { fillFolder, type Output } from "./output.js";
import { writePlayground } from "./playground.js";
import { type SheetPart, type SiteSheet, sheetPart } from "./sheetPart.js";
import { pageNames } from "./slug.js";
import { verdictsPage } from "./verdictsPage.js";

/**
 * Writes a static site: an index, a page a sheet, a page on the verdicts, and what they need. The pages hold no script
 * and load nothing from elsewhere, so that they work from `file://` and under any address; the playground alone has scripts.
 * @returns the paths of the pages, the index first
 * @throws Problem if `out` cannot be written, or is or holds a symbolic link where a file should go
 */
export async function writeSite(options: {
	readonly sheets: readonly SiteSheet[];
	readonly out: string;
}): Promise<{ pages: string[] }> {
	const { sheets, out } = options;
	const { names, pages } = sitePages(sheets.map(({ checked }) => checked.path));
	const parts = sheets.map((sheet, n) =>
		sheetPart(sheet, names[n] ?? "", pages),
	);
	return fillFolder(out, (folder) => assembleSite(parts, folder));
}

/** The names of the pages of sheets, in order, and which page belongs to which path. */
export function sitePages(paths: readonly string[]): {
	readonly names: readonly string[];
	readonly pages: PagesByPath;
} {
	const names = pageNames(paths, ["index", "verdicts"]);
	const pages = new Map(
		paths.map((path, n) => [normalPath(path), `${names[n]}.html`]),
	);
	return { names, pages };
}

/** Puts a site together from the parts of its sheets. */
export async function assembleSite(
	parts: readonly SheetPart[],
	out: Output,
): Promise<{ pages: string[] }> {
	await writeAssets(out);
	await writePlayground(out);
	const sheetPages: string[] = [];
	for (const { address, page: content, files } of parts) {
		for (const file of files) await out.write(file.parts, file.content);
		sheetPages.push(await out.write([address], page(content)));
	}
	const verdicts = await out.write(["verdicts.html"], page(verdictsPage()));
	const { content, css } = indexPage(parts.map((part) => part.card));
	await out.write(indexStyles, css);
	const index = await out.write(["index.html"], page(content));
	return { pages: [index, verdicts, ...sheetPages] };
}
