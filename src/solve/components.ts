import type { Parameter } from "../compile/plan.js";
import type { Dim } from "../expr/tree.js";
import type { Fit } from "./fitted.js";
import type { Tensor } from "./rows.js";

/** The parameters that belong together, a row for each instance: the components of a mixture, or a single row. */
export interface ComponentTable {
	/** The plate's size name, or null for parameters without plates. */
	readonly plate: string | null;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly number[])[];
}

/** The fitted global parameters as tables, one for each plate that they have. */
export function componentTables(fit: Fit): ComponentTable[] {
	const globals = fit.plan.parameters
		.filter((p) => !p.local)
		.map((p) => inRows(p, fit))
		.filter((p) => plates(p) <= 1);
	const names = [...new Set(globals.map(plateOf))];
	return names.map((plate) => {
		const own = globals.filter((p) => plateOf(p) === plate);
		const count = plate === null ? 1 : rowCount(own[0] as Parameter, fit);
		const columns = [
			...shares(fit, plate, count),
			...own.flatMap((p) => entries(p, fit, count)),
		];
		return {
			plate,
			columns: columns.map((c) => c.name),
			rows: Array.from({ length: count }, (_, row) =>
				columns.map((c) => c.value(row)),
			),
		};
	});
}

interface Column {
	readonly name: string;
	value(row: number): number;
}

/**
 * A parameter as the table shows it. A list with an entry for each component (`α` of Dirichlet weights) has a row for each,
 * and so has one that has an entry for each component and column of the data (`a_kd`).
 */
function inRows(p: Parameter, { plan, rows }: Fit): Parameter {
	const [first, second, ...more] = p.dims;
	const isComponents = plan.labelSizes.includes(String(first));
	if (!isComponents || more.length > 0) return p;
	if (second === undefined) return { ...p, eventAxes: 0 };
	return second === rows.observed.dims[1] ? { ...p, eventAxes: 1 } : p;
}

function plates(p: Parameter): number {
	return p.dims.length - p.eventAxes;
}

function plateOf(p: Parameter): string | null {
	return plates(p) === 0 ? null : String(p.dims[0]);
}

function rowCount(p: Parameter, fit: Fit): number {
	return fit.best.result.parameters[p.name]?.shape[0] ?? 0;
}

/** Mean responsibility of each component, from every local distribution over the components. */
function shares(fit: Fit, plate: string | null, count: number): Column[] {
	if (plate === null) return [];
	return responsibilities(fit)
		.filter(({ parameter }) => String(parameter.dims.at(-1)) === plate)
		.map(({ parameter, tensor }) => {
			const totals = new Float64Array(count);
			tensor.data.forEach((v, n) => {
				totals[n % count] = (totals[n % count] as number) + v;
			});
			const rows = tensor.data.length / count;
			return {
				name: `mean of ${parameter.name}`,
				value: (row) => (totals[row] as number) / rows,
			};
		});
}

/** The local parameters that say how much of a data point belongs to which component. */
export function responsibilities(
	fit: Pick<Fit, "plan" | "best">,
): { parameter: Parameter; tensor: Tensor }[] {
	return fit.plan.parameters
		.filter((p) => p.local && p.type === "simplex" && p.dims.length === 2)
		.map((parameter) => ({
			parameter,
			tensor: fit.best.result.parameters[parameter.name] as Tensor,
		}));
}

function entries(p: Parameter, fit: Fit, count: number): Column[] {
	const tensor = fit.best.result.parameters[p.name] as Tensor;
	const width = tensor.data.length / count;
	return shownEntries(p, tensor, width).map((n) => ({
		name:
			width === 1 && p.eventAxes === 0
				? p.name
				: `${p.name} ${entryName(p, n, fit, tensor)}`,
		value: (row) => tensor.data[row * width + n] as number,
	}));
}

/** Rows of a symmetric matrix up to which it is shown with what stands above its diagonal. */
const smallMatrix = 3;

/** The entries of an instance that the table shows: of a symmetric matrix each once, of a large one its diagonal. */
function shownEntries(p: Parameter, { shape }: Tensor, width: number) {
	const all = Array.from({ length: width }, (_, n) => n);
	const size = shape.at(-1) ?? 1;
	if (p.eventAxes !== 2 || (p.type !== "posdef" && p.type !== "symmetric"))
		return all;
	return all.filter((n) => {
		const [row, column] = [Math.floor(n / size), n % size];
		return size > smallMatrix ? row === column : row <= column;
	});
}

/** The columns that filled the vectors along an axis: those of the observed variable, or of what it depends on. */
function columnsAlong(axis: Dim, { plan, rows }: Fit) {
	const inputs = plan.inputs.filter((v) => v.dims[1] === axis);
	const input = inputs.find((v) => v.name in rows.columns);
	return input ? rows.columns[input.name] : null;
}

/** The data's column name for an axis that is that of the data, else the subscripts. */
function entryName(p: Parameter, n: number, fit: Fit, tensor: Tensor): string {
	const columns = columnsAlong(p.dims.at(-1) ?? 1, fit);
	if (p.eventAxes === 1 && columns) return columns[n] ?? `[${n + 1}]`;
	const shape = tensor.shape.slice(tensor.shape.length - p.eventAxes);
	const at: number[] = [];
	let rest = n;
	for (const size of [...shape].reverse()) {
		at.unshift((rest % size) + 1);
		rest = Math.floor(rest / size);
	}
	return `[${at.join(",")}]`;
}
