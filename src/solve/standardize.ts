import type { Plan } from "../compile/plan.js";
import { Problem } from "../problem.js";
import type { DataTable } from "./data/index.js";
import type { Rows } from "./rows.js";

/** How columns were moved and scaled, by name: a value v became (v − mean) / deviation. */
export type Scaling = Readonly<
	Record<string, { readonly mean: number; readonly deviation: number }>
>;

/**
 * How each column is brought to mean 0 and standard deviation 1.
 * @throws Problem if a column goes to an input that is not real, or does not vary
 */
export function scalingOf(plan: Plan, rows: Rows, table: DataTable): Scaling {
	requireReal(plan, rows);
	const columns = Object.values(rows.columns).flat();
	return Object.fromEntries(
		columns.map((column) => [column, momentsOf(table, column)]),
	);
}

/** @throws Problem if a column goes to an input that is not real */
export function requireReal(plan: Plan, rows: Rows): void {
	for (const name of Object.keys(rows.columns)) {
		const type = plan.inputs.find((v) => v.name === name)?.type;
		if (type !== "real")
			throw new Problem(
				`${name} is ${type}, and cannot be standardized`,
				null,
				"data that are real numbers",
			);
	}
}

function momentsOf(table: DataTable, column: string) {
	const { rows, columns, data } = table;
	const at = columns.indexOf(column);
	const value = (row: number) => data[row * columns.length + at] as number;
	let mean = 0;
	for (let row = 0; row < rows; row++) mean += value(row) / rows;
	let variance = 0;
	for (let row = 0; row < rows; row++)
		variance += (value(row) - mean) ** 2 / rows;
	return requireSpread(column, mean, variance);
}

/** @throws Problem if a column does not vary */
export function requireSpread(
	column: string,
	mean: number,
	variance: number,
): Scaling[string] {
	const deviation = Math.sqrt(variance);
	if (deviation > 0 && Number.isFinite(deviation)) return { mean, deviation };
	throw new Problem(
		`the column \`${column}\` cannot be standardized: its standard deviation is ${deviation}`,
		null,
		"--columns without it, or no --standardize",
	);
}

/** The table with its columns moved and scaled. */
export function standardized(table: DataTable, scaling: Scaling): DataTable {
	const width = table.columns.length;
	const factors = table.columns.map((name) => scaling[name]);
	const data = table.data.map((value, n) => {
		const factor = factors[n % width];
		return factor ? (value - factor.mean) / factor.deviation : value;
	});
	return { ...table, data };
}
