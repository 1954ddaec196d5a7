import { DataProblem } from "../dataProblem.js";

/** The numbers of a data file, row by row. */
export interface DataTable {
	readonly path: string;
	/** The columns that were asked for, in that order. */
	readonly columns: readonly string[];
	readonly rows: number;
	/** Row-major, `rows` × `columns.length`. */
	readonly data: Float64Array;
	/** Where an entry stands in the file, for errors; row and column count from 0. */
	placeOf(row: number, column: number): Place;
}

/** A place in a file, from 1; files without lines have rows and columns there. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

/** A file as it was found, decompressed. */
export interface DataFile {
	/** As errors name it. */
	readonly path: string;
	readonly bytes: Uint8Array;
}

/** Columns of numbers as typed arrays have them, for formats that are stored by column. */
export interface NumberColumn {
	readonly name: string;
	readonly length: number;
	/** The number in a row, from 0; null if there is none. */
	at(row: number): number | null;
}

/**
 * Which of a file's columns are wanted, as positions among their names; all of them if `wanted` is null. `x` stands for
 * `x[1]`, `x[2]`, … too, as a matrix that is stored under one name is called.
 * @throws DataProblem if there is no such column, or one is asked for twice
 */
export function chosenColumns(
	names: readonly string[],
	wanted: readonly string[] | null,
	path: string,
	line = 1,
): readonly number[] {
	if (wanted === null) return names.map((_, n) => n);
	const chosen = wanted.flatMap((name) => {
		const exact = names.indexOf(name);
		if (exact >= 0) return [exact];
		const entries = names.flatMap((other, n) =>
			other.startsWith(`${name}[`) ? [n] : [],
		);
		if (entries.length > 0) return entries;
		throw new DataProblem(
			`no column is named \`${name}\``,
			`one of ${listed(names)}`,
			path,
			line,
			1,
		);
	});
	const twice = chosen.find((at, n) => chosen.indexOf(at) !== n);
	if (twice === undefined) return chosen;
	throw new DataProblem(
		`the column \`${names[twice]}\` is asked for twice`,
		"different columns",
		path,
		line,
		1,
	);
}

/**
 * The table of columns that are stored whole. Files without lines have their errors at row and column, from 1.
 * @throws DataProblem if their lengths differ, there are no rows, or an entry is no finite number
 */
export function tableOf(
	path: string,
	all: readonly NumberColumn[],
	wanted: readonly string[] | null,
): DataTable {
	const names = all.map((c) => c.name);
	const columns = chosenColumns(names, wanted, path).map(
		(at) => all[at] as NumberColumn,
	);
	const rows = columns[0]?.length ?? 0;
	for (const c of columns)
		if (c.length !== rows)
			throw new DataProblem(
				`\`${columns[0]?.name}\` has ${counted(rows, "row")} and \`${c.name}\` has ${c.length}`,
				"as many rows in each",
				path,
				1,
				1,
			);
	if (rows === 0) throw noRows(path);
	const data = new Float64Array(rows * columns.length);
	const placeOf = (row: number, column: number): Place => ({
		line: row + 1,
		column: all.indexOf(columns[column] as NumberColumn) + 1,
	});
	columns.forEach((column, n) => {
		for (let row = 0; row < rows; row++) {
			const value = column.at(row);
			if (value === null || !Number.isFinite(value))
				throw badEntry(value, column.name, path, placeOf(row, n));
			data[row * columns.length + n] = value;
		}
	});
	return { path, columns: columns.map((c) => c.name), rows, data, placeOf };
}

function badEntry(
	value: number | null,
	name: string,
	path: string,
	{ line, column }: Place,
): DataProblem {
	return new DataProblem(
		`row ${line} ${value === null ? "has no number" : `is ${value}`}`,
		`a number in the column \`${name}\``,
		path,
		line,
		column,
	);
}

export function noRows(path: string): DataProblem {
	return new DataProblem(
		"there are no rows",
		"at least one row of numbers",
		path,
		1,
		1,
	);
}

/** Names in a sentence, the first of them if there are many; those with a comma in quotes, as `--columns` takes them. */
export function listed(all: readonly string[]): string {
	const names = all.map((name) =>
		name.includes(",") ? `"${name.replaceAll('"', '""')}"` : name,
	);
	const most = 20;
	const more = names.length - most;
	return more > 0
		? `${names.slice(0, most).join(", ")} and ${more} more`
		: names.join(", ");
}

/** "1 cell", "3 cells". */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
