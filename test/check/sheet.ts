import { checkSheet } from "../../src/check/check.js";
import type { CheckedStep } from "../../src/check/result.js";

/** The steps of a sheet with these symbols and, in one passage, these displays. */
export async function stepsOf(
	symbols: string,
	...displays: readonly string[]
): Promise<readonly CheckedStep[]> {
	const front = symbols === "" ? "" : `---\nsymbols: {${symbols}}\n---\n\n`;
	const body = displays.map((d) => `$$ ${d} $$`).join("\n\n");
	return (await checkSheet(`${front}${body}\n`, "test.md", { hints: "where" }))
		.steps;
}

/** The last step of such a sheet. */
export async function lastStep(
	symbols: string,
	...displays: readonly string[]
): Promise<CheckedStep> {
	const step = (await stepsOf(symbols, ...displays)).at(-1);
	if (!step) throw new Error("the sheet has no step");
	return step;
}
