import type { DataTable } from "../data/table.js";
import { DataProblem } from "../dataProblem.js";
import type { ByteStream } from "./bytes.js";
import { inTheWhole } from "./inTheWhole.js";

/** Characters in a block, about. */
const blockLength = 2 ** 22;

/**
 * The blocks of a text with a row on each line, whose first line says what the columns are: each is read as if it followed
 * that line.
 * @throws DataProblem if it is no text, or has no rows
 */
export async function* textBlocks(
	stream: ByteStream,
	parse: (text: string) => DataTable,
): AsyncGenerator<DataTable> {
	const isJson = (line: string) => /^\s*[[{]/.test(line);
	let first: string | null = null;
	let linesBefore = 0;
	let found = false;
	for await (const text of wholeLines(stream)) {
		const head: string = first ?? firstLine(text);
		const begins = first === null;
		const own = begins ? text : `${head}\n${text}`;
		const extra = begins ? 0 : 1;
		const before = linesBefore - extra;
		linesBefore += text.split("\n").length - 1;
		first = head;
		if (!begins && text.trim() === "") continue;
		const place = (line: number) => line + (begins ? 0 : before);
		const table = inTheWhole(() => parse(own), place);
		found = true;
		yield !begins && isJson(head) ? withoutFirst(table) : table;
	}
	if (!found) parse("");
}

/** The line that says what the columns are: the first that is not empty. */
function firstLine(text: string): string {
	return /^(?:\s*\n)*([^\n]*)/.exec(text.replace(/^\uFEFF/, ""))?.[1] ?? "";
}

/** A table without the row that was read to know its columns. */
function withoutFirst(table: DataTable): DataTable {
	const width = table.columns.length;
	return {
		...table,
		rows: table.rows - 1,
		data: table.data.subarray(width),
		placeOf: (row, column) => table.placeOf(row + 1, column),
	};
}

/** The text in pieces that end where a line ends. */
async function* wholeLines({
	bytes,
	path,
}: ByteStream): AsyncGenerator<string> {
	const decoder = new TextDecoder("utf-8", { fatal: true });
	const decoded = (part?: Uint8Array) => {
		try {
			return part ? decoder.decode(part, { stream: true }) : decoder.decode();
		} catch {
			throw new DataProblem(
				"the file is no UTF-8 text",
				"CSV, TSV, JSON lines, Parquet or NumPy",
				path,
				1,
				1,
			);
		}
	};
	let pieces: string[] = [];
	let length = 0;
	for await (const part of bytes) {
		const text = decoded(part);
		pieces.push(text);
		length += text.length;
		if (length < blockLength) continue;
		const all = unixLines(pieces.join(""));
		const end = all.lastIndexOf("\n") + 1;
		if (end === 0) continue;
		yield all.slice(0, end);
		pieces = [all.slice(end)];
		length = all.length - end;
	}
	const rest = unixLines(pieces.join("") + decoded());
	if (rest !== "") yield rest;
}

/** Line ends as `\n`; a `\r` at the very end waits for what follows it. */
function unixLines(text: string): string {
	return text.replace(/\r\n/g, "\n").replace(/\r(?!$)/g, "\n");
}
