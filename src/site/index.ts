import { assembleSite, sitePages } from "./assemble.js";
import { fillFolder } from "./output.js";
import { type SiteSheet, sheetPart } from "./sheetPart.js";

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
