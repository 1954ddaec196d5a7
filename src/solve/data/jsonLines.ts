import { DataProblem } from "../dataProblem.js";
import { Numbers } from "./numbers.js";
import { chosenColumns, counted, type DataTable, noRows } from "./table.js";

/** What stands on a line, by the names of its columns. */
type Row = ReadonlyMap<string, unknown>;

/**
 * Reads text with a JSON value on each line: an object of numbers by column, `{"u": 1, "v": 2}`, or a list of numbers,
 * whose columns are named 1, 2, …. A list in an object is a vector: `{"x": [1, 2]}` has the columns `x[1]` and `x[2]`.
 * The columns are those of the first line.
 * @throws DataProblem for a line that is no such value, or lacks a wanted column
 */
export function parseJsonLines(
	text: string,
	path: string,
	wanted: readonly string[] | null,
): DataTable {
	let names: readonly string[] = [];
	let columns: readonly string[] | null = null;
	const numbers = new Numbers();
	const lines: number[] = [];
	let number = 0;
	for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
		number++;
		if (line.trim() === "") continue;
		const row = readRow(line, number, path);
		lines.push(number);
		if (columns === null) {
			names = [...row.keys()];
			columns = chosenColumns(names, wanted, path, number).map(
				(at) => names[at] as string,
			);
		}
		if (wanted === null) requireNoMore(row, names, line, number, path);
		for (const name of columns)
			numbers.add(readEntry(row, name, line, number, path));
	}
	if (!columns?.length) throw noRows(path);
	const found = columns;
	return {
		path,
		columns: found,
		rows: numbers.length / found.length,
		data: numbers.all(),
		placeOf: (row, column) => {
			const line = lines[row] as number;
			const own = text.split("\n")[line - 1] as string;
			return { line, column: placeOf(found[column] as string, own) };
		},
	};
}

function readRow(line: string, number: number, path: string): Row {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch (error) {
		const at = /at position (\d+)/.exec((error as Error).message)?.[1];
		const column = at === undefined ? line.trimEnd().length : Number(at) + 1;
		throw new DataProblem(
			"the line is no JSON",
			"an object or a list of numbers on each line",
			path,
			number,
			column,
		);
	}
	if (Array.isArray(value))
		return new Map(value.map((entry, n) => [String(n + 1), entry]));
	if (typeof value === "object" && value !== null) {
		const entries = Object.entries(value).flatMap(([name, entry]) =>
			Array.isArray(entry)
				? entry.map((v, n): [string, unknown] => [`${name}[${n + 1}]`, v])
				: [[name, entry] as [string, unknown]],
		);
		return new Map(entries);
	}
	return new Map([["1", value]]);
}

function requireNoMore(
	row: Row,
	names: readonly string[],
	line: string,
	number: number,
	path: string,
): void {
	if (row.size <= names.length) return;
	const more = [...row.keys()].find((name) => !names.includes(name)) as string;
	throw new DataProblem(
		`the column \`${more}\` is not in the first line`,
		`${counted(names.length, "column")}, as in the first line`,
		path,
		number,
		placeOf(more, line),
	);
}

function readEntry(
	row: Row,
	name: string,
	line: string,
	number: number,
	path: string,
): number {
	const entry = row.get(name);
	const value = typeof entry === "boolean" ? Number(entry) : entry;
	if (typeof value === "number" && Number.isFinite(value)) return value;
	const seen =
		entry === undefined
			? `there is no \`${name}\``
			: `\`${JSON.stringify(entry).slice(0, 40)}\` is no finite number`;
	throw new DataProblem(
		seen,
		`a number in the column \`${name}\``,
		path,
		number,
		placeOf(name, line),
	);
}

/** Where a column's name stands in a line, else where the line begins; from 1. */
function placeOf(name: string, line: string): number {
	const key = JSON.stringify(name.replace(/\[\d+\]$/, ""));
	return line.indexOf(key) + 1 || 1;
}
