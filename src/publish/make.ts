import { checkSheet } from "../check/check.js";
import { type Memory, newMemory } from "../check/memory.js";
import type { CheckedSheet, SheetMessage } from "../check/result.js";
import { compileSolver } from "../compile/index.js";
import { Problem } from "../problem.js";
import { ownErrors } from "../report/tally.js";
import { SetFormulas } from "../site/formula/typeset.js";
import { sheetPart } from "../site/sheetPart.js";
import type { FitSetting, Made, Task } from "./task.js";

/** What a thread keeps from one sheet to the next, which may be the same one after it was saved again. */
export interface Kept {
	readonly memory: Memory;
	readonly formulas: SetFormulas;
	/** Plots of fits, by the program and the data that they are made of. */
	readonly plots: Map<string, Fitted>;
}

export function keepNothingYet(): Kept {
	return {
		memory: newMemory(),
		formulas: new SetFormulas(),
		plots: new Map(),
	};
}

/** A plot is some 50 kB. */
const mostPlots = 100;

/** Checks a sheet, compiles what is certified, and makes its part of a site. */
export async function makeSheet(
	{ path, text, name, fit }: Task,
	pages: ReadonlyMap<string, string>,
	kept: Kept = keepNothingYet(),
): Promise<Made> {
	const checked = await checkSheet(text, path, { memory: kept.memory });
	const solverSource = await solverOf(checked);
	const asking = new AskedPages(pages);
	const { plotSvg, problem } = await plotted(checked, solverSource, fit, kept);
	const sheet = {
		text,
		checked,
		...(solverSource !== null && { solverSource }),
		...(plotSvg !== null && { plotSvg }),
	};
	const part = sheetPart(sheet, name, asking, kept.formulas);
	const { counts } = checked;
	const messages = [...ownErrors(checked), ...problem, ...part.remarks];
	return { part, counts, messages, asked: [...asking.asked] };
}

/** The compiled solver; null if the sheet does not compile, which its page shows by its verdicts. */
async function solverOf({ solvable }: CheckedSheet): Promise<string | null> {
	if (!solvable) return null;
	try {
		const options = { target: "js", allowUnverified: false } as const;
		return await compileSolver(solvable, options);
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** A plot, and why there is none, if it could not be made. */
interface Fitted {
	readonly plotSvg: string | null;
	readonly problem: readonly SheetMessage[];
}

/** The same program finds the same in the same data: then the plot is the one that was made before. */
async function plotted(
	checked: CheckedSheet,
	source: string | null,
	fit: FitSetting | undefined,
	{ plots }: Kept,
): Promise<Fitted> {
	// The sheet's hash in the program changes with every word of the prose.
	const program = source?.replaceAll(checked.hash, "");
	const key = JSON.stringify([program, fit]);
	const known = plots.get(key);
	if (known) return known;
	const made = await fitted(checked, fit);
	if (program === undefined || made.plotSvg === null) return made;
	if (plots.size >= mostPlots) plots.clear();
	plots.set(key, made);
	return made;
}

/** The plot of the fit that the sheet has a setting for; why there is none, if it could not be made. */
async function fitted(
	{ solvable }: CheckedSheet,
	fit: FitSetting | undefined,
): Promise<Fitted> {
	if (!fit || !solvable) return { plotSvg: null, problem: [] };
	try {
		const { fitSheet } = await import("../solve/index.js");
		const { data, set, restarts } = fit;
		// Other threads are busy with other sheets.
		const options = { data, set, restarts, seed: 1, threads: 1 };
		const { plotSvg } = await fitSheet(solvable, options);
		return { plotSvg, problem: [] };
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const place = { line: 1, column: 1, endLine: 1 };
		const text = `the fit was not made: ${error.message}`;
		const message = { level: "error" as const, text, expected: error.expected };
		return { plotSvg: null, problem: [{ ...place, ...message }] };
	}
}

/** Notes what is asked of it. */
class AskedPages extends Map<string, string> {
	readonly asked = new Map<string, string | null>();

	override get(path: string): string | undefined {
		const page = super.get(path);
		// Called while the map is filled, before its fields are there.
		this.asked?.set(path, page ?? null);
		return page;
	}
}
