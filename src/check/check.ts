import { type CheckOptions, checkWith } from "./checkWith.js";
import type { CheckedSheet } from "./result.js";

export type { CheckOptions } from "./checkWith.js";
export { explainStep } from "./explain.js";

/** Checks every step and every update of a sheet. Never throws for what a sheet may contain. */
export async function checkSheet(
	text: string,
	path: string,
	options: CheckOptions = {},
): Promise<CheckedSheet> {
	return (await checkWith(text, path, options)).sheet;
}
