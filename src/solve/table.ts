import Table from "cli-table3";
import { type ComponentTable, componentTables } from "./components.js";
import type { Fit } from "./fitted.js";

/** No table is longer than this. */
const mostRows = 40;

/** The fitted parameters for the terminal: a row for each component. */
export function fitTable(fit: Fit): string {
	return componentTables(fit).map(render).join("\n");
}

function render({ plate, columns, rows }: ComponentTable): string {
	const table = new Table({
		head: [...(plate === null ? [] : [plate]), ...columns],
		colAligns: [
			...(plate === null ? [] : ["right" as const]),
			...columns.map(() => "right" as const),
		],
		style: { head: [], border: [], compact: true },
	});
	rows.slice(0, mostRows).forEach((row, n) => {
		const cells = row.map(shortNumber);
		table.push(plate === null ? cells : [String(n + 1), ...cells]);
	});
	const more = rows.length - mostRows;
	return more > 0
		? `${table.toString()}\n… and ${more} more`
		: table.toString();
}

/** A number with five significant digits, or as a power of ten where it is very large or small. */
export function shortNumber(value: number): string {
	const size = Math.abs(value);
	if (value === 0) return "0";
	if (size >= 1e7 || size < 1e-4) return value.toExponential(3);
	return String(Number(value.toPrecision(5)));
}
