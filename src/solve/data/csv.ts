import { DataProblem } from "../dataProblem.js";
import { Numbers } from "./numbers.js";
import { type Record, records } from "./records.js";
import { chosenColumns, counted, type DataTable } from "./table.js";

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads text with a header, whose wanted cells are all numbers. Cells are separated by tabs in a `.tsv`, else by commas,
 * semicolons or tabs, whichever the header has most of.
 * @param path only named in errors, and looked at for its ending
 * @param wanted the columns to read and their order; all if null
 * @throws DataProblem for text that has no header or no rows, or a wanted cell that is no finite number
 */
export function parseCsv(
	text: string,
	path: string,
	wanted: readonly string[] | null,
): DataTable {
	const lines = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
	const delimiter = delimiterOf(lines, path);
	const rows = records(lines, delimiter, path);
	const header: Record | undefined = rows.next().value;
	if (!header)
		throw new DataProblem(
			"the file is empty",
			"a header and rows of numbers",
			path,
			1,
			1,
		);
	const names = columnNames(header, path);
	const at = chosenColumns(names, wanted, path, header.line);
	const numbers = new Numbers();
	for (const row of rows) {
		requireWidth(row, names, path);
		for (const column of at)
			numbers.add(readCell(row, column, at, names, path));
	}
	if (numbers.length === 0)
		throw new DataProblem(
			"there are no rows below the header",
			"at least one row of numbers",
			path,
			header.line,
			1,
		);
	return {
		path,
		columns: at.map((column) => names[column] as string),
		rows: numbers.length / at.length,
		data: numbers.all(),
		placeOf: (row, column) => {
			const wantedRow = nth(records(lines, delimiter, path), row + 1);
			return {
				line: wantedRow.line,
				column: wantedRow.columnOf(at[column] as number),
			};
		},
	};
}

/** The record after so many others. */
function nth(rows: Iterator<Record>, before: number): Record {
	for (let n = 0; n < before; n++) rows.next();
	return rows.next().value;
}

function delimiterOf(text: string, path: string): string {
	if (/\.tsv(\.gz)?$/i.test(path)) return "\t";
	const header = text.trimStart().split("\n", 1)[0] ?? "";
	const count = (mark: string) => header.split(mark).length;
	return [",", ";", "\t"].reduce((best, mark) =>
		count(mark) > count(best) ? mark : best,
	);
}

function columnNames(header: Record, path: string): readonly string[] {
	const names = header.cells;
	if (names.every((name) => plainNumber.test(name)))
		throw new DataProblem(
			"the first row is no header: all of its cells are numbers",
			"the columns' names in the first row",
			path,
			header.line,
			1,
		);
	const seen = new Set<string>();
	names.forEach((name, column) => {
		const wrong =
			name === ""
				? ["a column has no name", "a name in each cell of the first row"]
				: seen.has(name)
					? [`two columns are named \`${name}\``, "different names"]
					: null;
		seen.add(name);
		if (wrong)
			throw new DataProblem(
				...(wrong as [string, string]),
				path,
				header.line,
				header.columnOf(column),
			);
	});
	return names;
}

function requireWidth(
	row: Record,
	names: readonly string[],
	path: string,
): void {
	const { length } = row.cells;
	if (length === names.length) return;
	throw new DataProblem(
		`the row has ${counted(length, "cell")}`,
		`${counted(names.length, "cell")}, as in the header`,
		path,
		row.line,
		length > names.length
			? row.columnOf(names.length)
			: row.columnOf(length) - 1,
	);
}

function readCell(
	row: Record,
	column: number,
	wanted: readonly number[],
	names: readonly string[],
	path: string,
): number {
	const cell = row.cells[column] as string;
	const value = plainNumber.test(cell) ? Number(cell) : Number.NaN;
	if (Number.isFinite(value)) return value;
	const seen =
		cell === ""
			? "the cell is empty"
			: `\`${cell.slice(0, 40)}\` is no finite number`;
	const point = /^[+-]?\d+,\d+$/.test(cell)
		? " with a decimal point, not a comma,"
		: "";
	const without =
		wanted.length > 1 && isWord(cell) ? ", or --columns without it" : "";
	throw new DataProblem(
		seen,
		`a number${point} in the column \`${names[column]}\`${without}`,
		path,
		row.line,
		row.columnOf(column),
	);
}

/** Whether a cell is neither an attempt at a number nor a sign that there is none. */
function isWord(cell: string): boolean {
	return (
		/^[^\d.+-]/.test(cell) &&
		!/^(n\/?a|nan|inf(inity)?|null|none|\?)$/i.test(cell)
	);
}
