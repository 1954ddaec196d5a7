import { writeAssets } from "./assets.js";
import { indexPage, indexStyles } from "./indexPage.js";
import { page } from "./layout.js";
import { normalPath, type PagesByPath } from "./links.js";
import type { Output } from "./output.js";
import { writePlayground } from "./playground.js";
import type { SheetPart } from "./sheetPart.js";
import { pageNames } from "./slug.js";
import { verdictsPage } from "./verdictsPage.js";

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
