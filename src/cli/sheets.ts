import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { CheckedSheet } from "../check/result.js";
import { check } from "../index.js";
import { Problem } from "../problem.js";
import type { Source } from "../publish/index.js";
import { fileErrorText, readSheetFile } from "./files.js";
import { readFits } from "./fits.js";
import { createProgress } from "./progress.js";

/** A checked sheet with its text. */
export interface LoadedSheet {
	readonly path: string;
	readonly text: string;
	readonly checked: CheckedSheet;
}

/**
 * Reads and checks the sheets of a folder, in alphabetical order, without those in folders below it.
 * @throws Problem if the folder or a file cannot be read, or the folder has no sheet
 */
export async function loadSheets(directory: string): Promise<LoadedSheet[]> {
	const sources = await readFolder(directory);
	const progress = createProgress();
	const sheets: LoadedSheet[] = [];
	for (const [n, { path, text }] of sources.entries()) {
		if (text instanceof Problem) throw text;
		progress.show(`checking ${path} (${n + 1} of ${sources.length})`);
		sheets.push({ path, text, checked: await check(text, path) });
	}
	progress.clear();
	return sheets;
}

/**
 * The sheets of a folder, in alphabetical order, without those in folders below it. For a file that cannot be read the
 * reason stands in the place of its text.
 * @throws Problem if the folder or its `fits.json` cannot be read, or the folder has no sheet
 */
export async function readFolder(directory: string): Promise<Source[]> {
	const entries = await readdir(directory, { withFileTypes: true }).catch(
		(error: unknown) => {
			const reason = fileErrorText(error);
			throw new Problem(reason, null, "a folder of sheets");
		},
	);
	const sheets = entries
		.filter(isSheet)
		.toSorted((a, b) => (a.name < b.name ? -1 : 1));
	if (sheets.length === 0)
		throw new Problem(
			"there is no sheet in this folder",
			null,
			"files that end in `.md`",
		);
	const fits = await readFits(directory);
	return Promise.all(
		sheets.map(async (entry) => ({
			...(await readEntry(directory, entry)),
			fit: fits.get(entry.name),
		})),
	);
}

function isSheet(entry: Dirent): boolean {
	return isSheetName(entry.name) && (entry.isFile() || entry.isSymbolicLink());
}

export function isSheetName(name: string): boolean {
	return name.endsWith(".md");
}

/** A link may lead to any file of the machine, which is then published; whoever put it there may be somebody else. */
async function readEntry(directory: string, entry: Dirent): Promise<Source> {
	const path = join(directory, entry.name);
	if (entry.isSymbolicLink()) {
		const expected = "the sheet itself, since a link is not followed";
		const text = new Problem("this is a symbolic link", null, expected);
		return { path, text };
	}
	const text = await readSheetFile(path).catch((error: unknown) => {
		if (error instanceof Problem) return error;
		throw error;
	});
	return { path, text };
}
