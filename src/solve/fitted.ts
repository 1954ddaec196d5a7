import type { Plan } from "../compile/plan.js";
import type { DataTable } from "./data.js";
import type { Rows } from "./rows.js";
import type { SolverResult, SweepReport } from "./solver.js";

export interface FitOptions {
	/** Path of a CSV file with a header. */
	readonly data: string;
	/** Which of its columns to use, in which order; all of them unless given. */
	readonly columns?: readonly string[] | undefined;
	/** Sizes, known parameters and starting values by the sheet's names. */
	readonly set?: Readonly<Record<string, unknown>>;
	/** How often to start anew (1); the result with the highest bound is kept. */
	readonly restarts?: number | undefined;
	readonly seed?: number | undefined;
	readonly maxSweeps?: number | undefined;
	readonly tolerance?: number | undefined;
	/** Where to write the result as JSON. */
	readonly out?: string | undefined;
	/** Where to write the plot as SVG. */
	readonly plot?: string | undefined;
	readonly allowUnverified?: boolean | undefined;
	readonly onSweep?: ((report: FitReport) => unknown) | undefined;
}

export interface FitReport extends Omit<SweepReport, "state"> {
	/** From 1. */
	readonly restart: number;
	readonly restarts: number;
}

/** One run from one start. */
export interface Run {
	readonly seed: number;
	readonly result: SolverResult;
}

/** A fitted sheet. */
export interface Fit {
	readonly plan: Plan;
	readonly table: DataTable;
	readonly rows: Rows;
	/** In the order of their seeds. */
	readonly runs: readonly Run[];
	/** The run with the highest bound. */
	readonly best: Run;
	/** The solver's source. */
	readonly source: string;
	readonly plotSvg: string;
	readonly options: FitOptions;
}

/** The bound at the end of a run. */
export function bound(run: Run): number {
	return run.result.elbo.at(-1) ?? Number.NEGATIVE_INFINITY;
}
