import type { DataTable } from "../data/table.js";
import { DataProblem } from "../dataProblem.js";

/** Numbers in a block, about. */
export const blockNumbers = 2 ** 19;

/** A table whose places are those of its rows in the whole file. */
export function inTheWhole(
	read: () => DataTable,
	lineOf: (line: number) => number,
): DataTable {
	let table: DataTable;
	try {
		table = read();
	} catch (error) {
		if (!(error instanceof DataProblem)) throw error;
		const { message, expected, path, line, column } = error;
		const moved = lineOf(line);
		throw new DataProblem(
			message.replace(/^row \d+ /, `row ${moved} `),
			expected ?? "",
			path,
			moved,
			column,
		);
	}
	return {
		...table,
		placeOf: (row, column) => {
			const place = table.placeOf(row, column);
			return { ...place, line: lineOf(place.line) };
		},
	};
}
