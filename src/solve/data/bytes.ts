import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { DataProblem } from "../dataProblem.js";
import type { DataFile } from "./table.js";

/** The path that stands for standard input. */
export const standardInput = "-";

/**
 * A data file's bytes, decompressed if they are gzip's.
 * @throws DataProblem if the file cannot be read
 */
export async function readBytes(path: string): Promise<DataFile> {
	const isPiped = path === standardInput;
	const named = isPiped ? "standard input" : path;
	const stored = isPiped
		? await buffer(process.stdin)
		: await readFile(path).catch((error: NodeJS.ErrnoException) => {
				const reason =
					error.code === "ENOENT"
						? "there is no such file"
						: "the file cannot be read";
				throw new DataProblem(reason, "a data file", named, 1, 1);
			});
	return { path: named, bytes: decompressed(stored, named) };
}

function decompressed(stored: Uint8Array, path: string): Uint8Array {
	const isGzip = stored[0] === 0x1f && stored[1] === 0x8b;
	try {
		return isGzip ? gunzipSync(stored) : stored;
	} catch {
		throw new DataProblem(
			"the file is damaged: it cannot be decompressed",
			"gzip",
			path,
			1,
			1,
		);
	}
}
