import { readFile } from "node:fs/promises";
import { CsvError, type Options, parse } from "csv-parse/sync";
import { DataProblem } from "./dataProblem.js";

/** The numbers of a data file, row by row. */
export interface DataTable {
	readonly path: string;
	readonly columns: readonly string[];
	readonly rows: number;
	/** Row-major, `rows` × `columns.length`. */
	readonly data: Float64Array;
}

/** A line of the file as csv-parse hands it over. */
interface CsvRecord {
	readonly record: readonly string[];
	readonly raw: string;
	/** `lines` is the line on which the record ends. */
	readonly info: { readonly lines: number };
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads a CSV file with a header, all of whose cells are numbers. Cells are separated by commas, semicolons or tabs,
 * whichever the header has most of.
 * @throws DataProblem for a file that cannot be read, has no rows, or has a cell that is no finite number
 */
export async function readData(path: string): Promise<DataTable> {
	return parseData(await readText(path), path);
}

async function readText(path: string): Promise<string> {
	try {
		const bytes = await readFile(path);
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		const reason =
			code === "ENOENT"
				? "there is no such file"
				: error instanceof TypeError
					? "the file is no UTF-8 text"
					: "the file cannot be read";
		throw new DataProblem(reason, "a CSV file with a header", path, 1, 1);
	}
}

/** As `readData`, from text; `path` is only named in errors. */
export function parseData(text: string, path: string): DataTable {
	const [header, ...body] = readRecords(text.replace(/\r\n?/g, "\n"), path);
	if (!header)
		throw new DataProblem(
			"the file is empty",
			"a header and rows of numbers",
			path,
			1,
			1,
		);
	const columns = columnNames(header, path);
	if (body.length === 0)
		throw new DataProblem(
			"there are no rows below the header",
			"at least one row of numbers",
			path,
			1,
			1,
		);
	const data = new Float64Array(body.length * columns.length);
	body.forEach((line, row) => {
		requireWidth(line, columns, path);
		line.record.forEach((cell, column) => {
			const value = readCell(cell, line, column, columns, path);
			data[row * columns.length + column] = value;
		});
	});
	return { path, columns, rows: body.length, data };
}

function readRecords(text: string, path: string): CsvRecord[] {
	const options: Options = {
		bom: true,
		delimiter: delimiterOf(text),
		info: true,
		raw: true,
		relax_column_count: true,
		skip_empty_lines: true,
		trim: true,
	};
	try {
		return parse(text, options) as unknown as CsvRecord[];
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const line = Number((error as { lines?: unknown }).lines ?? 1);
		throw new DataProblem(error.message, "well-formed CSV", path, line, 1);
	}
}

function delimiterOf(text: string): string {
	const header = text.slice(0, text.search(/\n|$/));
	const count = (mark: string) => header.split(mark).length;
	return [",", ";", "\t"].reduce((best, mark) =>
		count(mark) > count(best) ? mark : best,
	);
}

function columnNames(header: CsvRecord, path: string): readonly string[] {
	const names = header.record;
	if (names.every((name) => plainNumber.test(name)))
		throw new DataProblem(
			"the first row is no header: all of its cells are numbers",
			"the columns' names in the first row",
			path,
			lineOf(header),
			1,
		);
	names.forEach((name, column) => {
		if (name === "")
			throw new DataProblem(
				"a column has no name",
				"a name in each cell of the first row",
				path,
				lineOf(header),
				columnAt(header, column),
			);
		if (names.indexOf(name) !== column)
			throw new DataProblem(
				`two columns are named \`${name}\``,
				"different names",
				path,
				lineOf(header),
				columnAt(header, column),
			);
	});
	return names;
}

function requireWidth(
	line: CsvRecord,
	columns: readonly string[],
	path: string,
): void {
	const { length } = line.record;
	if (length === columns.length) return;
	const column =
		length > columns.length
			? columnAt(line, columns.length)
			: ownText(line).length + 1;
	throw new DataProblem(
		`the row has ${counted(length, "cell")}`,
		`${counted(columns.length, "cell")}, as in the header`,
		path,
		lineOf(line),
		column,
	);
}

function readCell(
	cell: string,
	line: CsvRecord,
	column: number,
	columns: readonly string[],
	path: string,
): number {
	const value = plainNumber.test(cell) ? Number(cell) : Number.NaN;
	if (Number.isFinite(value)) return value;
	const seen =
		cell === ""
			? "the cell is empty"
			: `\`${cell.slice(0, 40)}\` is no finite number`;
	throw new DataProblem(
		seen,
		`a number in the column \`${columns[column]}\``,
		path,
		lineOf(line),
		columnAt(line, column),
	);
}

/** The line on which a record begins. */
function lineOf(record: CsvRecord): number {
	return record.info.lines - ownText(record).split("\n").length + 1;
}

/** Where a cell begins in its line; in a line with quotes, where the line begins. */
function columnAt(record: CsvRecord, cell: number): number {
	const line = ownText(record);
	if (line.includes('"')) return 1;
	const cells = line.split(/[,;\t]/);
	return cells.slice(0, cell).reduce((at, text) => at + text.length + 1, 1);
}

/** The text of a record without the empty lines around it. */
function ownText(record: CsvRecord): string {
	return record.raw.replace(/^\n+|\n+$/g, "");
}

/** "1 cell", "3 cells". */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
