import { open } from "node:fs/promises";
import { parseCsv } from "../data/csv.js";
import { formatOf } from "../data/index.js";
import { parseJsonLines } from "../data/jsonLines.js";
import {
	type NumpyHeader,
	noArray,
	readers,
	readHeader,
	rowsAndWidth,
} from "../data/numpy.js";
import { type DataTable, noRows, tableOf } from "../data/table.js";
import { DataProblem } from "../dataProblem.js";
import { type ByteStream, openBytes, temporaryFile } from "./bytes.js";
import { blockNumbers, inTheWhole } from "./inTheWhole.js";
import { parquetBlocks } from "./parquetBlocks.js";
import { textBlocks } from "./textBlocks.js";

/**
 * A data file as tables of some of its rows, one after the other, each with the places in the whole file.
 * @param wanted the columns to read and their order; all if null
 * @throws DataProblem as `readData` does, at the block that has the mistake
 */
export async function* blocksOf(
	path: string,
	wanted: readonly string[] | null,
): AsyncGenerator<DataTable> {
	const stream = await openBytes(path);
	const format = formatOf({ path: stream.path, bytes: stream.beginning });
	switch (format) {
		case "csv":
			yield* textBlocks(stream, (text) => parseCsv(text, stream.path, wanted));
			return;
		case "json":
			yield* textBlocks(stream, (text) =>
				parseJsonLines(text, stream.path, wanted),
			);
			return;
		case "npz":
			throw new DataProblem(
				"an .npz cannot be read in chunks",
				".npy, CSV, TSV, JSON lines or Parquet",
				stream.path,
				1,
				1,
			);
		default: {
			const blocks = format === "npy" ? numpyBlocks : parquetBlocks;
			if (stream.isPlainFile) yield* blocks(path, stream.path, wanted);
			else yield* unpacked(stream, (file) => blocks(file, stream.path, wanted));
		}
	}
}

/** The blocks of a format that is not read from its beginning to its end: its bytes are put aside first. */
async function* unpacked(
	stream: ByteStream,
	blocks: (path: string) => AsyncGenerator<DataTable>,
): AsyncGenerator<DataTable> {
	const { file, path, close } = await temporaryFile();
	try {
		for await (const bytes of stream.bytes) await file.write(bytes);
		yield* blocks(path);
	} finally {
		await close();
	}
}

/** The header of a NumPy file. */
export async function numpyHeader(
	file: Awaited<ReturnType<typeof open>>,
	named: string,
): Promise<NumpyHeader> {
	const start = new Uint8Array(2 ** 16);
	const { bytesRead } = await file.read(start, 0, start.length, 0);
	const header = readHeader({ path: named, bytes: start.slice(0, bytesRead) });
	const count = header.shape.reduce((a, b) => a * b, 1);
	const { size } = await file.stat();
	if (size < header.begin + count * header.size)
		throw noArray("it is cut off", named);
	return header;
}

async function* numpyBlocks(
	path: string,
	named: string,
	wanted: readonly string[] | null,
): AsyncGenerator<DataTable> {
	const file = await open(path);
	try {
		const header = await numpyHeader(file, named);
		const [rows, width] = rowsAndWidth(header.shape, named);
		if (rows === 0) throw noRows(named);
		const most = Math.max(1, Math.floor(blockNumbers / width));
		for (let first = 0; first < rows; first += most) {
			const count = Math.min(most, rows - first);
			const at = await rowsOfNumpy(file, header, first, count);
			const columns = Array.from({ length: width }, (_, column) => ({
				name: String(column + 1),
				length: count,
				at: (row: number) => at(row, column),
			}));
			yield inTheWhole(
				() => tableOf(named, columns, wanted),
				(line) => line + first,
			);
		}
	} finally {
		await file.close();
	}
}

/** Some rows of an array of one or two axes. */
async function rowsOfNumpy(
	file: Awaited<ReturnType<typeof open>>,
	header: NumpyHeader,
	first: number,
	count: number,
): Promise<(row: number, column: number) => number | null> {
	const [rows = 0, width = 1] = header.shape;
	const bytes = new Uint8Array(count * width * header.size);
	const runs = header.isColumnMajor ? width : 1;
	const length = bytes.length / runs;
	for (let run = 0; run < runs; run++) {
		const from = header.isColumnMajor ? run * rows + first : first * width;
		await file.read(
			bytes,
			run * length,
			length,
			header.begin + from * header.size,
		);
	}
	const read = readers(new DataView(bytes.buffer), header.isLittle)[
		header.type
	] as (at: number) => number | null;
	return (row, column) =>
		read(
			(header.isColumnMajor ? column * count + row : row * width + column) *
				header.size,
		);
}
