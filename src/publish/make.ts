import { checkSheet } from "../check/check.js";
import type { CheckedSheet } from "../check/result.js";
import { compileSolver } from "../compile/index.js";
import { Problem } from "../problem.js";
import { ownErrors } from "../report/tally.js";
import { sheetPart } from "../site/sheetPart.js";
import type { Made, Task } from "./task.js";

/** Checks a sheet, compiles what is certified, and makes its part of a site. */
export async function makeSheet(
	{ path, text, name }: Task,
	pages: ReadonlyMap<string, string>,
): Promise<Made> {
	const checked = await checkSheet(text, path);
	const solverSource = await solverOf(checked);
	const asking = new AskedPages(pages);
	const sheet = { text, checked };
	const part = sheetPart(
		solverSource === null ? sheet : { ...sheet, solverSource },
		name,
		asking,
	);
	const { counts } = checked;
	const errors = ownErrors(checked);
	return { part, counts, errors, asked: [...asking.asked] };
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
