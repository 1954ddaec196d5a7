import { mkdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import * as tightbound from "../index.js";
import type { FitSetting } from "../publish/task.js";
import { countsText, tally } from "../report/tally.js";
import type { Fit } from "../solve/index.js";
import { outcome } from "./fit.js";
import { readFits } from "./fits.js";
import { guarded } from "./output.js";
import { type LoadedSheet, loadSheets } from "./sheets.js";
import { requireSolvable } from "./solvable.js";

/** The sheets that ship, two levels above the compiled file. */
const derivations = fileURLToPath(
	new URL("../../derivations", import.meta.url),
);

/** `demo`, which is `npm start`: everything once, on the sheets that ship, into `./out`. */
export function addDemo(program: Command): void {
	program
		.command("demo", { hidden: true })
		.description("check, compile, fit and render the sheets that ship")
		.action(() => guarded(derivations, run));
}

async function run(): Promise<void> {
	const out = "out";
	await mkdir(out, { recursive: true });
	const folder = relative(".", derivations) || ".";
	const sheets = await loadSheets(folder);
	print(`Checked the sheets in ${folder}:`);
	for (const { path, checked } of sheets)
		print(`  ${basename(path)}: ${countsText(tally([checked]))}`);

	const settings = await readFits(derivations);
	const fits = new Map<LoadedSheet, Fit>();
	for (const sheet of sheets) {
		const setting = settings.get(basename(sheet.path));
		if (setting) fits.set(sheet, await compileAndFit(sheet, setting, out));
	}

	const pages = await writePages(sheets, fits, join(out, "site"));
	print(`Wrote the site: open ${pages[0]} in a browser.`);
}

/** Writes solver, result and plot of a sheet next to each other. */
async function compileAndFit(
	{ path, checked }: LoadedSheet,
	{ data, set, restarts }: FitSetting,
	out: string,
): Promise<Fit> {
	const { writeAtomically } = await import("../solve/resultFile.js");
	const solvable = requireSolvable(checked);
	const target = join(out, basename(path, ".md"));
	await writeAtomically(`${target}.mjs`, await tightbound.compile(solvable));
	const fitted = await tightbound.fit(solvable, {
		data,
		set,
		restarts,
		seed: 1,
		out: `${target}.json`,
		plot: `${target}.svg`,
	});
	print(`Compiled ${target}.mjs and fitted ${basename(data)}:`);
	print(`  ${outcome(fitted)}; see ${target}.svg`);
	return fitted;
}

async function writePages(
	sheets: readonly LoadedSheet[],
	fits: ReadonlyMap<LoadedSheet, Fit>,
	out: string,
): Promise<string[]> {
	const pages = sheets.map((sheet) => {
		const { text, checked } = sheet;
		const fitted = fits.get(sheet);
		if (!fitted) return { text, checked };
		const { plotSvg, source: solverSource } = fitted;
		return { text, checked, plotSvg, solverSource };
	});
	return (await tightbound.render({ sheets: pages, out })).pages;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
