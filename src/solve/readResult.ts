import { readFile } from "node:fs/promises";
import { Problem } from "../problem.js";
import type { Scaling } from "./standardize.js";

/** What of a `result.json` is needed to start from it or to predict by it. */
export interface StoredResult {
	readonly hash: string;
	readonly settings: {
		readonly inputs: Readonly<Record<string, readonly string[]>>;
		readonly standardized: Scaling | null;
	};
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly known: Readonly<Record<string, unknown>>;
}

/**
 * Reads a `result.json`.
 * @throws Problem if it is none
 */
export async function readResult(path: string): Promise<StoredResult> {
	const text = await readFile(path, "utf8").catch(() => {
		throw new Problem(`${path} cannot be read`, null, "the result of a fit");
	});
	const refuse = () =>
		new Problem(`${path} is no result`, null, "what `fit --out` has written");
	let value: Partial<StoredResult> | null;
	try {
		value = JSON.parse(text);
	} catch {
		throw refuse();
	}
	const parts = [value?.parameters, value?.known, value?.settings?.inputs];
	if (parts.some((part) => typeof part !== "object" || part === null))
		throw refuse();
	return value as StoredResult;
}
