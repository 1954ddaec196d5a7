import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { Problem } from "../problem.js";
import type { FitSetting } from "../publish/task.js";

const fileName = "fits.json";

/**
 * What `fits.json` beside the sheets says to fit: by the name of a sheet its data, as a path in the folder, the values
 * of known parameters, and the number of starts. Empty without such a file.
 * @throws Problem if it is there and cannot be read, or names data outside of the folder
 */
export async function readFits(
	directory: string,
): Promise<ReadonlyMap<string, FitSetting>> {
	const path = join(directory, fileName);
	const text = await readFile(path, "utf8").catch(() => null);
	if (text === null) return new Map();
	const entries = Object.entries(parsed(text, path));
	return new Map(
		await Promise.all(
			entries.map(
				async ([name, entry]) =>
					[name, await settingOf(directory, name, entry, path)] as const,
			),
		),
	);
}

function parsed(text: string, path: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		if (isRecord(value)) return value;
	} catch {
		// Said below.
	}
	throw new Problem(
		`${path} cannot be read`,
		null,
		'JSON such as {"sheet.md": {"data": "points.csv", "set": {"K": 3}}}',
	);
}

async function settingOf(
	directory: string,
	name: string,
	entry: unknown,
	path: string,
): Promise<FitSetting> {
	const { data, set = {}, restarts } = isRecord(entry) ? entry : {};
	const isUsable =
		typeof data === "string" &&
		isRecord(set) &&
		(restarts === undefined || isCount(restarts)) &&
		(await isInside(directory, data));
	if (!isUsable)
		throw new Problem(
			`${path}: the entry of ${name} cannot be used`,
			null,
			'"data", a file in this folder, "set", values by name, and "restarts", a number up to 1000',
		);
	const file = join(directory, data);
	const content = await readFile(file).catch(() => "");
	return {
		data: file,
		set,
		...(isCount(restarts) && { restarts }),
		sum: createHash("sha256").update(content).digest("hex"),
	};
}

/** Whether a path leads to something in the folder, also by the links on its way: pages show what is in that file. */
async function isInside(directory: string, data: string): Promise<boolean> {
	const isBelow =
		!/^(?:[\\/]|[a-z]:)/i.test(data) && !data.split(/[\\/]/).includes("..");
	if (!isBelow) return false;
	const real = await realpath(join(directory, data)).catch(() => null);
	if (real === null) return true; // there is no such file, which is said where it is read
	const isFile = (await stat(real)).isFile();
	return isFile && real.startsWith((await realpath(directory)) + sep);
}

function isCount(value: unknown): value is number {
	return Number.isInteger(value) && 1 <= Number(value) && Number(value) <= 1000;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
