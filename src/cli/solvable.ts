import type { CheckedSheet, Solvable } from "../check/result.js";
import { check } from "../index.js";
import { Problem } from "../problem.js";
import { printErrors } from "./output.js";

/**
 * What can be compiled of a sheet. Its errors are printed first, since they may be why something is missing.
 * @throws Problem if the sheet has nothing to compile
 */
export async function solvableOf(
	text: string,
	path: string,
): Promise<Solvable> {
	const sheet = await check(text, path);
	const errors = sheet.messages.filter((message) => message.level === "error");
	printErrors(path, errors);
	return requireSolvable(sheet);
}

/** As `solvableOf`, of a sheet that is checked already and whose errors are known. */
export function requireSolvable(sheet: CheckedSheet): Solvable {
	if (sheet.solvable) return sheet.solvable;
	const expected = "a model, a family, and a div `updates` that could be read";
	throw new Problem("this sheet cannot be compiled", null, expected);
}
