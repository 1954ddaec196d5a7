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
	const scaling: Record<string, { mean: number; deviation: number }> = {};
	for (const [name, columns] of Object.entries(rows.columns)) {
		const type = plan.inputs.find((v) => v.name === name)?.type;
		if (type !== "real")
			throw new Problem(
				`${name} is ${type}, and cannot be standardized`,
				null,
				"data that are real numbers",
			);
		for (const column of columns) scaling[column] = momentsOf(table, column);
	}
	return scaling;
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
