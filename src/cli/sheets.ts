import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { CheckedSheet } from "../check/result.js";
import { check } from "../index.js";
import { Problem } from "../problem.js";
import { fileErrorText, readSheetFile } from "./files.js";
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
	const paths = await sheetPaths(directory);
	const progress = createProgress();
	const sheets: LoadedSheet[] = [];
	for (const [n, path] of paths.entries()) {
		progress.show(`checking ${path} (${n + 1} of ${paths.length})`);
		const text = await readSheetFile(path);
		sheets.push({ path, text, checked: await check(text, path) });
	}
	progress.clear();
	return sheets;
}

async function sheetPaths(directory: string): Promise<string[]> {
	const entries = await readdir(directory, { withFileTypes: true }).catch(
		(error: unknown) => {
			const reason = fileErrorText(error);
			throw new Problem(reason, null, "a folder of sheets");
		},
	);
	const names = entries
		.filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
		.map((entry) => entry.name);
	if (names.length === 0)
		throw new Problem(
			"there is no sheet in this folder",
			null,
			"files that end in `.md`",
		);
	return names.toSorted().map((name) => join(directory, name));
}
