import type { Input, Plan } from "../compile/plan.js";
import type { Dim } from "../expr/tree.js";
import { Problem } from "../problem.js";
import { counted, type DataTable } from "./data/index.js";
import { DataProblem } from "./dataProblem.js";
import { requirePossible } from "./possible.js";

/** An array as solvers take it, row-major. */
export interface Tensor {
	readonly shape: readonly number[];
	readonly data: Float64Array;
}

/** What a data file fills. */
export interface Rows {
	/** By the sheet's names. */
	readonly inputs: Readonly<Record<string, Tensor>>;
	/** The columns that each input took. */
	readonly columns: Readonly<Record<string, readonly string[]>>;
	readonly observed: Input;
}

/**
 * Hands the columns of a table to the inputs that have a value for each data point. A number takes the column of its
 * name, unless it is the only such input; a vector takes the columns that are left.
 * @param settings sizes and values that are known, to hold a vector's length against
 * @throws Problem if the columns do not fit, DataProblem for a value that an input cannot have
 */
export function rowsOf(
	plan: Plan,
	table: DataTable,
	settings: Readonly<Record<string, unknown>>,
): Rows {
	const byRow = plan.inputs.filter(
		(v) =>
			plan.dataAxis !== null &&
			v.dims[0] === plan.dataAxis &&
			!(v.name in settings),
	);
	const observed = byRow.filter((v) => v.observed);
	if (observed.length !== 1)
		throw new Problem(
			observed.length === 0
				? "no observed variable has a value for each row of the data"
				: `the data could be any of ${observed.map((v) => v.name).join(", ")}`,
			null,
			"a model with one observed variable, such as x_i, i = 1…N",
		);
	const taken = share(byRow, table, settings);
	return {
		...filled(table, taken, settings),
		observed: observed[0] as Input,
	};
}

/**
 * The values of inputs and the columns that they took.
 * @throws DataProblem for a value that an input cannot have
 */
export function filled(
	table: DataTable,
	taken: ReadonlyMap<Input, readonly string[]>,
	settings: Readonly<Record<string, unknown>>,
): Pick<Rows, "inputs" | "columns"> {
	const entries = [...taken].map(
		([input, names]) => [input.name, tensor(table, input, names)] as const,
	);
	const inputs = Object.fromEntries(entries);
	const known = { ...settings, ...inputs };
	for (const [input, names] of taken)
		requirePossible(table, input, names, known);
	const columns = [...taken].map(([{ name }, names]) => [name, names] as const);
	return { inputs, columns: Object.fromEntries(columns) };
}

function share(
	inputs: readonly Input[],
	table: DataTable,
	settings: Readonly<Record<string, unknown>>,
): Map<Input, readonly string[]> {
	const taken = new Map<Input, readonly string[]>();
	const { columns } = table;
	let left = [...columns];
	for (const input of inputs.filter((v) => v.dims.length === 1)) {
		const name = inputs.length === 1 ? left[0] : input.name;
		if (name === undefined || !left.includes(name))
			throw noColumn(input.name, table);
		taken.set(input, [name]);
		left = left.filter((column) => column !== name);
	}
	const vectors = inputs.filter((v) => v.dims.length > 1);
	if (vectors.length > 1 || vectors.some((v) => v.dims.length > 2))
		throw new Problem(
			`one table cannot fill ${vectors.map((v) => v.name).join(", ")}`,
			null,
			"at most one vector for each row",
		);
	const [vector] = vectors;
	const width = vector ? sizeOf(vector.dims[1] as Dim, settings) : 0;
	if (vector) taken.set(vector, left);
	if (vector ? width !== null && width !== left.length : left.length > 0)
		throw new DataProblem(
			`there are ${counted(columns.length, "column")}`,
			counted(columns.length - left.length + (width ?? 0), "column") +
				neededFor(inputs),
			table.path,
			1,
			1,
		);
	return taken;
}

function neededFor(inputs: readonly Input[]): string {
	const names = inputs.map((v) => `${v.name}[${v.dims.join(",")}]`);
	return ` for ${names.join(" and ")}`;
}

function noColumn(name: string, table: DataTable): DataProblem {
	return new DataProblem(
		`no column is named \`${name}\``,
		`one of ${table.columns.join(", ")}`,
		table.path,
		1,
		1,
	);
}

/** A size if it is known before the data are read. */
function sizeOf(
	dim: Dim,
	settings: Readonly<Record<string, unknown>>,
): number | null {
	if (typeof dim === "number") return dim;
	const value = settings[dim];
	return typeof value === "number" ? value : null;
}

/** Numbers that threads can share, so that no start has a copy of the data. */
function sharedNumbers(length: number): Float64Array {
	return new Float64Array(
		new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT),
	);
}

/** The columns of the observed variable. */
export function observedColumns(rows: Rows): readonly string[] {
	return rows.columns[rows.observed.name] ?? [];
}

/** The columns of a table as the value of an input. */
export function tensor(
	table: DataTable,
	input: Input,
	names: readonly string[],
): Tensor {
	const width = table.columns.length;
	const at = names.map((name) => table.columns.indexOf(name));
	const data = sharedNumbers(table.rows * at.length);
	for (let row = 0; row < table.rows; row++)
		at.forEach((column, n) => {
			data[row * at.length + n] = table.data[row * width + column] as number;
		});
	return {
		shape: input.dims.length === 1 ? [table.rows] : [table.rows, at.length],
		data,
	};
}
