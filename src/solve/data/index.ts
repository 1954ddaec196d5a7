import { DataProblem } from "../dataProblem.js";
import { readBytes } from "./bytes.js";
import { parseCsv } from "./csv.js";
import { parseJsonLines } from "./jsonLines.js";
import { numpyMagic, parseNpy, parseNpz } from "./numpy.js";
import { parseParquet } from "./parquet.js";
import type { DataFile, DataTable } from "./table.js";

export { counted, type DataTable } from "./table.js";

type Format = "csv" | "json" | "parquet" | "npy" | "npz";

/** What files of a format begin with, where that tells. */
const beginnings: readonly (readonly [Format, readonly number[]])[] = [
	["parquet", [0x50, 0x41, 0x52, 0x31]],
	["npy", numpyMagic],
	["npz", [0x50, 0x4b, 0x03, 0x04]],
];

/**
 * Reads a data file: CSV or TSV with a header, JSON lines, Parquet, `.npy` or `.npz`, each also compressed by gzip.
 * @param path `-` for standard input
 * @param wanted the columns to read and their order; all if null
 * @throws DataProblem for a file that cannot be read, has no rows, or has a wanted entry that is no finite number
 */
export async function readData(
	path: string,
	wanted: readonly string[] | null = null,
): Promise<DataTable> {
	const file = await readBytes(path);
	switch (formatOf(file)) {
		case "parquet":
			return parseParquet(file, wanted);
		case "npy":
			return parseNpy(file, wanted);
		case "npz":
			return parseNpz(file, wanted);
		case "json":
			return parseJsonLines(textOf(file), file.path, wanted);
		case "csv":
			return parseCsv(textOf(file), file.path, wanted);
	}
}

/** The format by how the file begins, else by its name; text without a telling name is JSON lines if it begins like that. */
export function formatOf({ path, bytes }: DataFile): Format {
	for (const [format, beginning] of beginnings)
		if (beginning.every((byte, n) => bytes[n] === byte)) return format;
	const ending = /\.(\w+)(?:\.gz)?$/.exec(path.toLowerCase())?.[1] ?? "";
	if (["jsonl", "ndjson", "json"].includes(ending)) return "json";
	const binary = beginnings.find(([format]) => format === ending);
	if (binary)
		throw new DataProblem(
			`the file does not begin as a .${ending} file does`,
			`a .${ending} file, or another ending`,
			path,
			1,
			1,
		);
	const first = String.fromCharCode(bytes[0] ?? 0);
	return ending === "" && (first === "{" || first === "[") ? "json" : "csv";
}

function textOf({ path, bytes }: DataFile): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new DataProblem(
			"the file is no UTF-8 text",
			"CSV, TSV, JSON lines, Parquet or NumPy",
			path,
			1,
			1,
		);
	}
}
