import { readFile, stat } from "node:fs/promises";
import { Problem } from "../problem.js";

/** Largest file that is read as a sheet, in bytes. */
const maxBytes = 2_000_000;

/**
 * The text of a sheet's file.
 * @throws Problem if it is missing, no file, unreadable, too large, or not UTF-8 text
 */
export async function readSheetFile(path: string): Promise<string> {
	const bytes = await readBytes(path);
	const expected = "a sheet in Markdown, encoded in UTF-8";
	if (bytes.includes(0))
		throw new Problem("this is a binary file", null, expected);
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true,
		}).decode(bytes);
	} catch {
		throw new Problem("this is no text in UTF-8", null, expected);
	}
}

async function readBytes(path: string): Promise<Uint8Array> {
	try {
		const { size } = await checkedStat(path);
		if (size > maxBytes)
			throw new Problem(
				`the file has ${size} bytes`,
				null,
				`at most ${maxBytes}`,
			);
		return await readFile(path);
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw new Problem(
			fileErrorText(error),
			null,
			"the path of a sheet that can be read",
		);
	}
}

async function checkedStat(path: string) {
	const stats = await stat(path);
	if (stats.isDirectory())
		throw new Problem(
			"this is a directory",
			null,
			"the path of a sheet, such as `notes.md`",
		);
	if (!stats.isFile())
		throw new Problem(
			"this is not a regular file",
			null,
			"the path of a sheet, such as `notes.md`",
		);
	return stats;
}

/** What an error of the file system means, in words. */
export function fileErrorText(error: unknown): string {
	const code = (error as NodeJS.ErrnoException).code;
	if (code === "ENOENT") return "there is no such file";
	if (code === "EACCES" || code === "EPERM")
		return "the file may not be opened";
	if (code === "ENOTDIR") return "a part of the path is not a directory";
	return `the file could not be opened (${code ?? String(error)})`;
}
