import { availableParallelism } from "node:os";
import { makeLoops } from "../../compile/kernels.js";
import type { Plan } from "../../compile/plan.js";
import { splitPlan } from "../../compile/split.js";
import { writeModule } from "../../compile/targets/js.js";
import { writeWasm } from "../../compile/targets/wasm.js";
import { Problem } from "../../problem.js";
import {
	type BestRun,
	type Fit,
	type FitOptions,
	type Run,
	seedOf,
} from "../fitted.js";
import type { Tensor } from "../rows.js";
import { Best } from "../run/best.js";
import { Checkpoint, type EndedRun, type Origin } from "../run/checkpoint.js";
import { asProblem, loadSolver, type SolverResult } from "../solver.js";
import { type ChunkInitialisation, chunkInitialisation } from "../starts.js";
import { ChunkPool, type Pass } from "./chunkPool.js";
import { type Dataset, openDataset } from "./dataset.js";
import { writeLocals } from "./localsFile.js";
import { localsOfRow, rowsWithin, wholeGroups } from "./memory.js";

/** What `solveChunks` returns: the values by which the local parameters came about stand beside the result. */
interface ChunksResult extends SolverResult {
	readonly renewal: Pass["values"] | null;
}

/** An emitted module for data in chunks. */
interface ChunksSolver {
	solveChunks(
		inputs: Readonly<Record<string, unknown>>,
		options: Readonly<Record<string, unknown>>,
		over: (pass: Pass) => AsyncIterable<unknown>,
	): Promise<ChunksResult>;
}

/**
 * Fits a sheet to data that are read in chunks, once for each pass over the data, so that memory does not grow with their
 * number. The plot and the table of components show a sample of the data points.
 * @throws Problem if the sheet's updates need more of the data than sums over its points, and as `fitSheet` does
 */
export async function fitChunks(
	plan: Plan,
	options: FitOptions,
	originOf: (data: string, columns: readonly string[]) => Origin,
): Promise<Omit<Fit, "plotSvg">> {
	const set = options.set ?? {};
	requireNoRowsIn(set, plan);
	const split = splitPlan(plan);
	const loops = makeLoops(split);
	const source = loops.pass ? writeWasm(loops) : writeModule(loops);
	const data = await openDataset(plan, options);
	let pool: ChunkPool | null = null;
	try {
		const threads = Math.min(options.threads ?? availableParallelism(), 64);
		const rows = chunkRows(plan, data, options, threads);
		const known = { ...set, [split.total as string]: data.rows };
		pool = new ChunkPool(source, known, data, rows, threads);
		const fit = new ChunksFit(plan, options, data, pool, source, known);
		const checkpoint = await Checkpoint.open(
			options,
			originOf(data.digest, data.columns),
		);
		const ran = await fit.runAll(checkpoint);
		const locals = await fit.writeLocals(ran.best);
		return {
			...ran,
			plan,
			table: data.sample,
			rows: data.sampled,
			scaling: data.scaling,
			source,
			options,
			chunks: { rows: data.rows, size: rows, locals },
			best: { ...ran.best, result: await fit.withSample(ran.best.result) },
		};
	} finally {
		await pool?.end();
		await data.close();
	}
}

function requireNoRowsIn(
	set: Readonly<Record<string, unknown>>,
	plan: Plan,
): void {
	const own = [...plan.inputs, ...plan.parameters].find(
		(v) => v.name in set && v.dims[0] === plan.dataAxis,
	);
	if (own)
		throw new Problem(
			`${own.name} has a value for each data point, and cannot be set for data that are read in chunks`,
			null,
			`a column \`${own.name}\` in the data`,
		);
}

function chunkRows(
	plan: Plan,
	data: Dataset,
	{ chunk, memory, set = {} }: FitOptions,
	threads: number,
): number {
	const most = wholeGroups(data.rows);
	const wanted =
		chunk === undefined
			? rowsWithin(
					memory as number,
					data.columns.length,
					localsOfRow(plan, set, data.sampled),
					threads,
				)
			: wholeGroups(chunk);
	return Math.min(wanted, most);
}

class ChunksFit {
	constructor(
		private readonly plan: Plan,
		private readonly options: FitOptions,
		private readonly data: Dataset,
		private readonly pool: ChunkPool,
		private readonly source: string,
		private readonly known: Readonly<Record<string, unknown>>,
	) {}

	/** All starts, one after the other: each has all threads. */
	async runAll(checkpoint: Checkpoint): Promise<{
		readonly runs: readonly Run[];
		readonly best: BestRun;
		readonly stopped: boolean;
	}> {
		const { options, plan, data } = this;
		const { set = {}, restarts = 1, init = "k-means++", signal } = options;
		const begin = await chunkInitialisation(init, plan, data.sampled, set);
		const best = new Best();
		for (let restart = 1; restart <= restarts; restart++) {
			if (signal?.aborted && restart > 1) break;
			const ended = await this.runStart(restart, begin, checkpoint);
			const { result, ...run } = ended;
			best.add(run, result);
			await checkpoint.end(ended);
			options.onRun?.(run);
		}
		const stopped = signal?.aborted ?? false;
		return { runs: best.runs, best: best.run, stopped };
	}

	private async runStart(
		restart: number,
		begin: ChunkInitialisation,
		checkpoint: Checkpoint,
	): Promise<EndedRun> {
		const { options, data } = this;
		const { restarts = 1, maxSweeps, tolerance, debug, signal } = options;
		const seed = seedOf(options.seed ?? 1, restart - 1);
		const { ended, state } = checkpoint.of(restart, maxSweeps);
		if (ended) return ended;
		const { values, locals } = begin(seed);
		const solver = (await loadSolver(this.source)) as unknown as ChunksSolver;
		let last = performance.now();
		const result = await solver
			.solveChunks(
				{ ...this.known, ...data.sampled.inputs },
				{
					seed,
					init: values,
					localsGiven: locals !== null,
					debug,
					...(state ? { resume: state } : {}),
					...(maxSweeps === undefined ? {} : { maxSweeps }),
					...(tolerance === undefined ? {} : { tolerance }),
					onSweep: ({ state: now, ...report }: SweepOf) => {
						if (
							checkpoint.every !== null &&
							performance.now() - last >= checkpoint.every
						) {
							last = performance.now();
							checkpoint.keep(restart, now());
						}
						options.onSweep?.({ ...report, restart, restarts });
						return !signal?.aborted;
					},
				},
				(pass) => this.sums(pass, () => begin(seed).locals),
			)
			.catch((error) => {
				throw asProblem(error);
			});
		const { elbo, sweeps, converged } = result;
		return { restart, seed, elbo, sweeps, converged, result };
	}

	/** The sums of the chunks; where no sweep has renewed local parameters yet, of those that they start with. */
	private async *sums(
		pass: Pass,
		begin: () => ReturnType<ChunkInitialisation>["locals"],
	) {
		const observed = this.data.sampled.observed.name;
		const isFirst = pass.renewal === null && pass.pass !== "prepare";
		const locals = isFirst ? begin() : null;
		const starts = locals
			? (chunk: Readonly<Record<string, Tensor>>) =>
					locals(chunk[observed] as Tensor)
			: null;
		for await (const { sums } of this.pool.sums(pass, starts, false))
			yield sums;
	}

	/** Writes the local parameters of all rows, by a pass of their own; the path of each by name, or null. */
	async writeLocals({
		result,
	}: BestRun): Promise<Readonly<Record<string, string>> | null> {
		if (this.options.locals === undefined) return null;
		const { renewal } = result as ChunksResult;
		const { pool } = this;
		const pass = { pass: "pass", renewal: null, renew: true };
		const parts = async function* () {
			const values = renewal as Pass["values"];
			for await (const { locals } of pool.sums({ ...pass, values }, null, true))
				yield locals;
		};
		return writeLocals(this.options.locals, this.plan, parts());
	}

	/** The result with the local parameters of the sample, for the plot. */
	async withSample(found: SolverResult): Promise<SolverResult> {
		const { renewal: _, ...result } = found as ChunksResult;
		if (this.plan.locals.length === 0) return result;
		const solver = await loadSolver(writeModule(makeLoops(this.plan)));
		const { set = {} } = this.options;
		const { parameters } = await solver.predict(
			{ ...set, ...this.data.sampled.inputs },
			{ ...result, known: withoutTotal(result.known, this.plan) },
		);
		return {
			...result,
			known: withoutTotal(result.known, this.plan),
			parameters: { ...result.parameters, ...parameters },
		};
	}
}

interface SweepOf {
	readonly sweep: number;
	readonly elbo: number;
	readonly ms: number;
	state(): Pick<SolverResult, "parameters" | "elbo">;
}

/** What is known for other data too: all but how many rows these had. */
function withoutTotal(
	known: Readonly<Record<string, unknown>>,
	plan: Plan,
): Readonly<Record<string, unknown>> {
	const names = new Set([...plan.sizes, ...plan.inputs.map((v) => v.name)]);
	return Object.fromEntries(
		Object.entries(known).filter(([name]) => names.has(name)),
	);
}
