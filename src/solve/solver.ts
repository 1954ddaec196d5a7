import { Problem } from "../problem.js";
import type { Tensor } from "./rows.js";

/** Where the sweeps have come to: what `resume` takes. */
export interface SolverState {
	readonly parameters: Readonly<Record<string, Tensor>>;
	/** After each sweep. */
	readonly elbo: readonly number[];
}

/** What `solve` of an emitted module returns. */
export interface SolverResult extends SolverState {
	readonly sweeps: number;
	readonly converged: boolean;
	/** Sizes and known parameters, for `predict`. */
	readonly known: Readonly<Record<string, unknown>>;
	readonly warnings: readonly string[];
}

export interface SweepReport {
	readonly sweep: number;
	readonly elbo: number;
	/** How long the sweep took. */
	readonly ms: number;
	/** The arrays that the solver works on: to be copied if they are to be kept. */
	state(): SolverState;
}

export interface SolverOptions {
	readonly seed?: number;
	readonly init?: Readonly<Record<string, unknown>>;
	readonly maxSweeps?: number;
	readonly tolerance?: number;
	/** Ends the sweeps if it returns false. */
	readonly onSweep?: (report: SweepReport) => unknown;
	/** Where to go on, under the options that it came from. */
	readonly resume?: SolverState;
	readonly debug?: boolean;
	/** How many threads go through the data, where the rows are compiled; no result depends on it. */
	readonly threads?: number;
}

/** An emitted module. */
export interface Solver {
	solve(
		inputs: Readonly<Record<string, unknown>>,
		options?: SolverOptions,
	): Promise<SolverResult>;
	predict(
		inputs: Readonly<Record<string, unknown>>,
		/** A result, also with nested arrays as `result.json` has them. */
		result: {
			readonly parameters: Readonly<Record<string, unknown>>;
			readonly known: Readonly<Record<string, unknown>>;
		},
	): Promise<Pick<SolverResult, "parameters">>;
}

/** Loads the source of an emitted module. Equal sources give the same module. */
export async function loadSolver(source: string): Promise<Solver> {
	const encoded = Buffer.from(source).toString("base64");
	return import(`data:text/javascript;base64,${encoded}`);
}

/**
 * What a solver throws, as a problem in its words: wrong inputs, or a bound that falls. What points to a bug of ours stays
 * what it is.
 */
export function asProblem(error: unknown): unknown {
	const isBug =
		!(error instanceof Error) ||
		error instanceof TypeError ||
		error instanceof ReferenceError;
	if (isBug) return error;
	const isOverflow = /^the bound is (NaN|-?Infinity)/.test(error.message);
	const expected = isOverflow
		? "numbers whose squares are finite and not 0: --standardize helps, or other units"
		: undefined;
	return new Problem(error.message, null, expected);
}
