import type { CheckedSheet, Solvable } from "../check/result.js";
import { check } from "../index.js";
import { Problem } from "../problem.js";
import { printErrors } from "./output.js";

/**
 * What can be compiled of a sheet, after its errors are printed.
 * @throws Problem if the sheet has nothing to compile
 */
export async function solvableOf(
	text: string,
	path: string,
): Promise<Solvable> {
	return requireSolvable(await check(text, path));
}

/** As `solvableOf`, of a sheet that is checked already. */
export function requireSolvable(sheet: CheckedSheet): Solvable {
	if (sheet.solvable) return sheet.solvable;
	printErrors(
		sheet.path,
		sheet.messages.filter((message) => message.level === "error"),
	);
	const expected = "a model, a family, and a div `updates` that could be read";
	throw new Problem("this sheet cannot be compiled", null, expected);
}
