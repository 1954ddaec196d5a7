import type { Command } from "commander";
import type { CheckedSheet } from "../check/result.js";
import { compile, render } from "../index.js";
import { Problem } from "../problem.js";
import { countsText, tally } from "../report/tally.js";
import { guarded } from "./output.js";
import { loadSheets } from "./sheets.js";

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
		const loaded = await loadSheets(directory);
		const sheets = [];
		for (const { text, checked } of loaded)
			sheets.push({ text, checked, ...(await solverOf(checked)) });
		const { pages } = await render({ sheets, out: options.out });
		const counts = countsText(tally(loaded.map(({ checked }) => checked)));
		process.stdout.write(
			`${loaded.length} sheets: ${counts}\nopen ${pages[0]}\n`,
		);
	});
}

/** The solver of a sheet for its page; nothing if the sheet does not compile, which the page shows by its verdicts. */
async function solverOf(
	sheet: CheckedSheet,
): Promise<{ solverSource?: string }> {
	if (!sheet.solvable) return {};
	try {
		return { solverSource: await compile(sheet.solvable) };
	} catch (error) {
		if (error instanceof Problem) return {};
		throw error;
	}
}
