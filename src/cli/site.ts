import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { Problem } from "../problem.js";
import { countsText, tally } from "../report/tally.js";
import { fileErrorText, readSheetFile } from "./files.js";
import { guarded } from "./output.js";

/** `site [DIR] --out OUT`: the sheets of a folder as web pages. */
export function addSite(program: Command): void {
	program
		.command("site")
		.description("write the sheets of a folder as web pages")
		.argument("[dir]", "folder of the sheets", ".")
		.requiredOption("--out <dir>", "folder for the pages")
		.action(run);
}

async function run(directory: string, options: { out: string }): Promise<void> {
	await guarded(directory, async () => {
		const paths = await sheetPaths(directory);
		const { check, render } = await import("../index.js");
		const sheets = [];
		for (const path of paths) {
			const text = await readSheetFile(path);
			sheets.push({ text, checked: await check(text, path) });
		}
		const { pages } = await render({ sheets, out: options.out });
		const counts = countsText(tally(sheets.map(({ checked }) => checked)));
		process.stdout.write(
			`${sheets.length} sheets: ${counts}\nopen ${pages[0]}\n`,
		);
	});
}

/**
 * The Markdown files of a folder, in alphabetical order, without those below it.
 * @throws Problem if the folder cannot be read or has none
 */
export async function sheetPaths(directory: string): Promise<string[]> {
	const entries = await readdir(directory, { withFileTypes: true }).catch(
		(error: unknown) => {
			throw new Problem(
				`the folder could not be read: ${fileErrorText(error)}`,
				null,
				"a folder of sheets",
			);
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
