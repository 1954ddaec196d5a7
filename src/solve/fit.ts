import { createHash } from "node:crypto";
import type { Solvable } from "../check/result.js";
import { makePlan, type Plan } from "../compile/plan.js";
import { meantName } from "../expr/spelling.js";
import { Problem } from "../problem.js";
import { fitChunks } from "./chunks/fitChunks.js";
import { localsPaths, writeLocals } from "./chunks/localsFile.js";
import { type DataTable, readData } from "./data/index.js";
import type { Fit, FitOptions } from "./fitted.js";
import { plotFit } from "./plot/index.js";
import { requireWritable, writeAtomically, writeResult } from "./resultFile.js";
import { type Rows, rowsOf } from "./rows.js";
import { Checkpoint, type Origin } from "./run/checkpoint.js";
import { runStarts } from "./run/runs.js";
import { solverSource } from "./source.js";
import { type Scaling, scalingOf, standardized } from "./standardize.js";
import { initialisation } from "./starts.js";

/**
 * Fits a sheet to a data file: compiles its updates, runs them from one start or several, keeps the best.
 * @throws Problem (DataProblem if it has a place in the data file) for anything that does not fit together
 */
export async function fitSheet(
	solvable: Solvable,
	options: FitOptions,
): Promise<Fit> {
	const plan = makePlan(solvable, options.allowUnverified ?? false);
	const set = options.set ?? {};
	requireKnownNames(plan, set);
	requireInputs(plan, options);
	if (options.locals !== undefined) localsPaths(options.locals, plan);
	const restarts = requireRestarts(options);
	const { out, plot, locals, checkpoint } = options;
	await requireWritable([out, plot, locals, checkpoint]);
	const originOf = (data: string, columns: readonly string[]): Origin => ({
		sheet: solvable.hash,
		data,
		columns,
		set,
		seed: options.seed ?? 1,
		restarts,
		tolerance: options.tolerance ?? null,
		init: options.init ?? null,
		standardize: options.standardize ?? false,
	});
	const inChunks = options.memory !== undefined || options.chunk !== undefined;
	const unplotted = inChunks
		? await fitChunks(plan, options, originOf)
		: await fitInMemory(plan, options, originOf, restarts);
	const fit = { ...unplotted, plotSvg: plotFit(unplotted) };
	if (options.out) await writeResult(options.out, fit);
	if (options.plot) await writeAtomically(options.plot, fit.plotSvg);
	return fit;
}

async function fitInMemory(
	plan: Plan,
	options: FitOptions,
	originOf: (data: string, columns: readonly string[]) => Origin,
	restarts: number,
): Promise<Omit<Fit, "plotSvg">> {
	const set = options.set ?? {};
	const { table, rows, scaling } = await readRows(plan, options);
	const source = solverSource(plan, rows, set, options.debug);
	const how = options.init ?? "k-means++";
	const start = await initialisation(how, plan, rows, set);
	const checkpoint = await Checkpoint.open(
		options,
		originOf(digestOf(rows), table.columns),
	);
	const inputs = { ...set, ...rows.inputs };
	const starts = { source, inputs, start, restarts, checkpoint, options };
	const ran = await runStarts(starts);
	const { parameters } = ran.best.result;
	const whole = async function* () {
		yield parameters;
	};
	if (options.locals !== undefined)
		await writeLocals(options.locals, plan, whole());
	return { plan, table, rows, scaling, ...ran, source, options, chunks: null };
}

/** The data as the solver takes them, standardized if that is wanted. */
async function readRows(
	plan: Plan,
	options: FitOptions,
): Promise<{ table: DataTable; rows: Rows; scaling: Scaling | null }> {
	const set = options.set ?? {};
	const table = await readData(options.data, options.columns ?? null);
	const rows = rowsOf(plan, table, set);
	if (!options.standardize) return { table, rows, scaling: null };
	const scaling = scalingOf(plan, rows, table);
	const moved = standardized(table, scaling);
	return { table: moved, rows: rowsOf(plan, moved, set), scaling };
}

function requireRestarts({ restarts = 1, init }: FitOptions): number {
	if (!Number.isInteger(restarts) || restarts < 1)
		throw new Problem(
			`restarts is ${restarts}`,
			null,
			"a whole number of at least 1",
		);
	if (startsFromFile(init) && restarts > 1)
		throw new Problem(
			`${restarts} starts from ${init} would be the same`,
			null,
			"one start, or another initialisation",
		);
	return restarts;
}

/** SHA-256 of all that the data file fills. */
function digestOf(rows: Rows): string {
	const hash = createHash("sha256");
	for (const [name, { shape, data }] of Object.entries(rows.inputs)) {
		hash.update(JSON.stringify([name, shape]));
		hash.update(Uint8Array.from(new Uint8Array(data.buffer)));
	}
	return hash.digest("hex");
}

/** All sizes and known parameters that neither the data nor the settings have a value for are named at once. */
function requireInputs(plan: Plan, options: FitOptions): void {
	const set = options.set ?? {};
	const parameters = plan.inputs
		.filter((v) => !v.observed && v.dims[0] !== plan.dataAxis)
		.map((v) => v.name)
		.filter((name) => set[name] === undefined);
	const missing = [...untoldSizes(plan, options), ...parameters];
	if (missing.length === 0) return;
	throw new Problem(
		`${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing`,
		null,
		`${parameters.length === 0 ? "a whole number" : "a number, or a list of numbers,"} for each: ${missing.map((name) => `--set ${name}=…`).join(" ")}`,
	);
}

/** Sizes that are not set, and that no input, no starting value that is set and no result to start from has an axis of. */
function untoldSizes(plan: Plan, options: FitOptions): readonly string[] {
	const { set = {}, init } = options;
	if (startsFromFile(init)) return [];
	const starting = plan.parameters.filter((p) => set[p.name] !== undefined);
	const told = [...plan.inputs, ...starting].flatMap((v) => v.dims);
	return plan.sizes.filter(
		(name) => set[name] === undefined && !told.includes(name),
	);
}

function startsFromFile(init: FitOptions["init"]): boolean {
	return init !== undefined && init !== "random" && init !== "k-means++";
}

function requireKnownNames(
	plan: Plan,
	set: Readonly<Record<string, unknown>>,
): void {
	const inputs = plan.inputs.filter((v) => !v.observed).map((v) => v.name);
	const sizes = plan.sizes.filter((name) => name !== plan.dataAxis);
	const names = [...sizes, ...inputs, ...plan.parameters.map((p) => p.name)];
	const told = plan.inputs.filter((v) => v.observed).map((v) => v.name);
	for (const name of Object.keys(set))
		if (!names.includes(name))
			throw new Problem(
				name === plan.dataAxis || told.includes(name)
					? `\`${name}\` is what the data tell`
					: `\`${name}\` is no size and no known parameter of the sheet`,
				null,
				meantName(name, names) ?? `one of ${names.join(", ")}`,
			);
}
