import { checkSheet } from "../check/check.js";
import { forgetful, type Memory } from "../check/memory.js";
import type { CheckedSheet, SheetMessage } from "../check/result.js";
import { compileSolver } from "../compile/index.js";
import { Problem } from "../problem.js";
import { ownErrors } from "../report/tally.js";
import { sheetPart } from "../site/sheetPart.js";
import type { FitSetting, Made, Task } from "./task.js";

/** Checks a sheet, compiles what is certified, and makes its part of a site. */
export async function makeSheet(
	{ path, text, name, fit }: Task,
	pages: ReadonlyMap<string, string>,
	memory: Memory = forgetful,
): Promise<Made> {
	const checked = await checkSheet(text, path, { memory });
	const solverSource = await solverOf(checked);
	const asking = new AskedPages(pages);
	const { plotSvg, problem } = await fitted(checked, fit);
	const sheet = {
		text,
		checked,
		...(solverSource !== null && { solverSource }),
		...(plotSvg !== null && { plotSvg }),
	};
	const part = sheetPart(sheet, name, asking);
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

/** The plot of the fit that the sheet has a setting for; why there is none, if it could not be made. */
async function fitted(
	{ solvable }: CheckedSheet,
	fit: FitSetting | undefined,
): Promise<{ plotSvg: string | null; problem: readonly SheetMessage[] }> {
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
