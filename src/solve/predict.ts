import type { Solvable } from "../check/result.js";
import { makeLoops } from "../compile/kernels.js";
import { makePlan, type Parameter, type Plan } from "../compile/plan.js";
import { writeModule } from "../compile/targets/js.js";
import { Problem } from "../problem.js";
import { type DataTable, readData } from "./data/index.js";
import { readResult, type StoredResult } from "./readResult.js";
import { nested, writeAtomically } from "./resultFile.js";
import { filled, type Tensor } from "./rows.js";
import { asProblem, loadSolver } from "./solver.js";
import { standardized } from "./standardize.js";

export interface PredictOptions {
	/** Path of the new data, `-` for standard input. */
	readonly data: string;
	/** Path of the result of a fit. */
	readonly result: string;
	/** Where to write the predictions: nested arrays if it ends in `.json`, else CSV. */
	readonly out?: string | undefined;
	readonly allowUnverified?: boolean | undefined;
}

/** What belongs to each row of new data. */
export interface Prediction {
	readonly rows: number;
	/** By the sheet's names. */
	readonly parameters: Readonly<Record<string, Tensor>>;
	/** A column for each entry, named as `phi[1]`. */
	readonly csv: string;
}

/**
 * The local parameters of new data, with the global ones as a fit has left them.
 * @throws Problem if the result is of another sheet or nothing belongs to single data points, DataProblem for bad data
 */
export async function predictSheet(
	solvable: Solvable,
	options: PredictOptions,
): Promise<Prediction> {
	const plan = makePlan(solvable, options.allowUnverified ?? false);
	const stored = await readResult(options.result);
	requireSheet(plan, stored, options.result);
	const local = plan.parameters.filter((p) => p.local);
	if (local.length === 0)
		throw new Problem(
			"no parameter of this sheet belongs to single data points",
			null,
			"a sheet such as a mixture, with a local variable for each point",
		);
	const { inputs } = stored.settings;
	const columns = [...new Set(Object.values(inputs).flat())];
	const table = await readData(options.data, columns);
	const solver = await loadSolver(writeModule(makeLoops(plan)));
	const { parameters } = await solver
		.predict(inputsFrom(plan, table, stored), stored)
		.catch((error) => {
			throw asProblem(error);
		});
	const csv = asCsv(local, parameters, table.rows);
	if (options.out?.endsWith(".json"))
		await writeAtomically(options.out, asJson(parameters));
	else if (options.out) await writeAtomically(options.out, csv);
	return { rows: table.rows, parameters, csv };
}

function requireSheet(plan: Plan, stored: StoredResult, path: string): void {
	if (stored.hash === plan.solvable.hash) return;
	throw new Problem(
		`${path} is the result of another text of the sheet`,
		null,
		"the sheet as it was fitted, or a new fit",
	);
}

/** The columns that the fit gave to each input, on its scale. */
function inputsFrom(
	plan: Plan,
	table: DataTable,
	{ settings, known }: StoredResult,
): Readonly<Record<string, Tensor>> {
	const scaled = settings.standardized
		? standardized(table, settings.standardized)
		: table;
	const taken = plan.inputs
		.filter(({ name }) => name in settings.inputs)
		.map((input) => [input, settings.inputs[input.name] ?? []] as const);
	return filled(scaled, new Map(taken), known).inputs;
}

function asJson(parameters: Readonly<Record<string, Tensor>>): string {
	const entries = Object.entries(parameters);
	const record = entries.map(([name, value]) => [name, nested(value)]);
	return `${JSON.stringify(Object.fromEntries(record), null, 1)}\n`;
}

function asCsv(
	local: readonly Parameter[],
	parameters: Readonly<Record<string, Tensor>>,
	rows: number,
): string {
	const columns = local.flatMap(({ name }) => {
		const { shape, data } = parameters[name] as Tensor;
		const width = data.length / rows;
		return Array.from({ length: width }, (_, n) => ({
			name: shape.length === 1 ? name : `${name}[${place(shape, n)}]`,
			at: (row: number) => String(data[row * width + n]),
		}));
	});
	const quoted = columns.map(({ name }) =>
		name.includes(",") ? `"${name}"` : name,
	);
	const lines = Array.from({ length: rows }, (_, row) =>
		columns.map(({ at }) => at(row)).join(","),
	);
	return `${[quoted.join(","), ...lines].join("\n")}\n`;
}

/** Subscripts, from 1, of an entry of a row. */
function place(shape: readonly number[], n: number): string {
	const at: number[] = [];
	let rest = n;
	for (const size of shape.slice(1).toReversed()) {
		at.unshift((rest % size) + 1);
		rest = Math.floor(rest / size);
	}
	return at.join(",");
}
