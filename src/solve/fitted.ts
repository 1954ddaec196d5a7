import type { Plan } from "../compile/plan.js";
import type { DataTable } from "./data/index.js";
import type { Rows } from "./rows.js";
import type { SolverResult, SweepReport } from "./solver.js";
import type { Scaling } from "./standardize.js";

export interface FitOptions {
	/** Path of a data file, `-` for standard input. */
	readonly data: string;
	/** Which of its columns to use, in which order; all of them unless given. */
	readonly columns?: readonly string[] | undefined;
	/** Sizes, known parameters and starting values by the sheet's names. */
	readonly set?: Readonly<Record<string, unknown>>;
	/** Whether each real column is moved to mean 0 and scaled to standard deviation 1. */
	readonly standardize?: boolean | undefined;
	/** `k-means++` (unless given), `random`, or the path of a result to start from. */
	readonly init?: string | undefined;
	/** How often to start anew (1); the result with the highest bound is kept. */
	readonly restarts?: number | undefined;
	readonly seed?: number | undefined;
	/** How many starts run at the same time; as many as there are cores unless given. */
	readonly threads?: number | undefined;
	readonly maxSweeps?: number | undefined;
	readonly tolerance?: number | undefined;
	/** Where to keep what a later fit needs to go on. */
	readonly checkpoint?: string | undefined;
	/** Seconds between two looks at a running start for the checkpoint (10). */
	readonly checkpointEvery?: number | undefined;
	/** A checkpoint to go on from; it is kept up to date unless another is given. */
	readonly resume?: string | undefined;
	/** Bytes of memory: the data are read in chunks, as large as fit into them. */
	readonly memory?: number | undefined;
	/** Rows in a chunk: the data are read so, and never there as a whole. */
	readonly chunk?: number | undefined;
	/** Where to write the parameters of single data points as `.npy`. */
	readonly locals?: string | undefined;
	/** Looks at the bound after every update, and holds each closed form against a search for its optimum. */
	readonly debug?: boolean | undefined;
	/** Where to write the result as JSON. */
	readonly out?: string | undefined;
	/** Where to write the plot as SVG. */
	readonly plot?: string | undefined;
	readonly allowUnverified?: boolean | undefined;
	/** Ends the running starts after their sweep, and begins no others; what there is then is the result. */
	readonly signal?: AbortSignal | undefined;
	readonly onSweep?: ((report: FitReport) => unknown) | undefined;
	/** Called when a start has ended. */
	readonly onRun?: ((run: Run) => unknown) | undefined;
}

export interface FitReport extends Omit<SweepReport, "state"> {
	/** From 1. */
	readonly restart: number;
	readonly restarts: number;
}

/** One run from one start. */
export interface Run {
	/** From 1. */
	readonly restart: number;
	readonly seed: number;
	/** After each sweep. */
	readonly elbo: readonly number[];
	readonly sweeps: number;
	readonly converged: boolean;
}

/** The run that is kept, with what came out of it. */
export interface BestRun extends Run {
	readonly result: SolverResult;
}

/** Data that were read in chunks. */
export interface Chunks {
	readonly rows: number;
	/** Rows in a chunk. */
	readonly size: number;
	/** Where the local parameters of all rows were written, by name; null if they were not. */
	readonly locals: Readonly<Record<string, string>> | null;
}

/** A fitted sheet. */
export interface Fit {
	readonly plan: Plan;
	readonly table: DataTable;
	readonly rows: Rows;
	/** How data that were read in chunks were; `table` and `rows` are then a sample of them. Null if they were in memory. */
	readonly chunks: Chunks | null;
	/** How the columns were standardized; null if they were not. */
	readonly scaling: Scaling | null;
	/** In the order of their seeds; those that were begun, if the fit was stopped. */
	readonly runs: readonly Run[];
	/** The run with the highest bound, the first of them. */
	readonly best: BestRun;
	/** Whether it was ended from outside. */
	readonly stopped: boolean;
	/** The solver's source. */
	readonly source: string;
	readonly plotSvg: string;
	readonly options: FitOptions;
}

/** The bound at the end of a run. */
export function bound(run: Pick<Run, "elbo">): number {
	return run.elbo.at(-1) ?? Number.NEGATIVE_INFINITY;
}

/** The seed of a start, from 0: the first has the given one, the others keep its low 32 bits and differ in the high ones. */
export function seedOf(seed: number, start: number): number {
	return seed + start * 2 ** 32;
}
