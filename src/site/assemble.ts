import { writeAssets } from "./assets.js";
import { indexPage, indexStyles } from "./indexPage.js";
import { type PageKind, page } from "./layout.js";
import { normalPath, type PagesByPath } from "./links.js";
import type { Output } from "./output.js";
import { ledToParts, placesOfParts } from "./parts.js";
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
	await writeShared(out);
	return writePages(parts, out, "static");
}

/** Writes what is the same for all sheets. */
export async function writeShared(out: Output): Promise<void> {
	await writeAssets(out);
	await writePlayground(out);
}

/** Writes the pages, and what each of them refers to; their paths, the index first. */
export async function writePages(
	parts: readonly SheetPart[],
	out: Output,
	kind: PageKind,
): Promise<{ pages: string[] }> {
	const sheetPages: string[] = [];
	const pagesOf = ({ address, page, more }: SheetPart) => [
		{ address, page },
		...more,
	];
	const places = placesOfParts(
		parts.map((part) =>
			pagesOf(part).map(({ address, page: { main } }) => ({ address, main })),
		),
	);
	for (const part of parts) {
		for (const file of part.files) await out.write(file.parts, file.content);
		for (const { address, page: content } of pagesOf(part)) {
			const main = ledToParts(content.main, places);
			const written = page({ ...content, main }, kind);
			sheetPages.push(await out.write([address], written));
		}
	}
	const verdicts = page(verdictsPage(), kind);
	const verdictsPath = await out.write(["verdicts.html"], verdicts);
	const { content, css } = indexPage(parts.map((part) => part.card));
	await out.write(indexStyles, css);
	const index = await out.write(["index.html"], page(content, kind));
	return { pages: [index, verdictsPath, ...sheetPages] };
}
