/**
 * The public interface. Each function loads its part of the program when it is first called, so that a program that only
 * checks never loads the compiler or the typesetter.
 */
import type { CheckedSheet, Explanation, Solvable } from "./check/result.js";

import type { Stage, Step, Target } from "./compile/index.js";
import type {
	Fit,
	FitOptions,
	Prediction,
	PredictOptions,
} from "./solve/index.js";

export type * from "./check/result.js";
export type { Stage, Step, Target } from "./compile/index.js";
export { Problem } from "./problem.js";
export type {
	Fit,
	FitOptions,
	Prediction,
	PredictOptions,
} from "./solve/index.js";

export interface CheckOptions {
	/** Moves the worlds in which steps are computed. */
	readonly seed?: number;
	/** How much help refuted steps come with; `repair` unless said otherwise. */
	readonly hints?: "where" | "kind" | "repair";
}

/** Checks a sheet. `path` is only named in the result. Never throws for what the sheet contains. */
export async function check(
	text: string,
	path: string,
	options: CheckOptions = {},
): Promise<CheckedSheet> {
	const { checkSheet } = await import("./check/check.js");
	return checkSheet(text, path, options);
}

/** How the steps on a line (from 1) of a sheet were read and decided. */
export async function explain(
	text: string,
	path: string,
	line: number,
	options: Pick<CheckOptions, "seed"> = {},
): Promise<Explanation> {
	const { explainStep } = await import("./check/check.js");
	return explainStep(text, path, line, options);
}

export interface CompileOptions {
	/** `js` unless said otherwise. */
	readonly target?: Target;
	readonly allowUnverified?: boolean;
	/** Steps of the compiler to leave out, to see what each is worth. */
	readonly without?: readonly Step[];
}

/**
 * The source of a program that runs a sheet's updates: an ES module, or a file of another language.
 * @throws Problem if an update is not certified (unless `allowUnverified`) or cannot be compiled
 */
export async function compile(
	solvable: Solvable,
	options: CompileOptions = {},
): Promise<string> {
	const { compileSolver } = await import("./compile/index.js");
	return compileSolver(solvable, {
		target: options.target ?? "js",
		allowUnverified: options.allowUnverified ?? false,
		without: options.without ?? [],
	});
}

/**
 * A stage of the compiler as text: the plan, the loops, the header or source of a target.
 * @throws Problem as `compile` does
 */
export async function emit(
	solvable: Solvable,
	stage: Stage,
	options: Pick<CompileOptions, "allowUnverified"> = {},
): Promise<string> {
	const { emitStage } = await import("./compile/index.js");
	return emitStage(solvable, stage, options.allowUnverified ?? false);
}

/**
 * Fits a sheet to a data file by its own updates.
 * @throws Problem if an update is not certified, or data and settings do not fit the sheet
 */
export async function fit(
	solvable: Solvable,
	options: FitOptions,
): Promise<Fit> {
	const { fitSheet } = await import("./solve/index.js");
	return fitSheet(solvable, options);
}

/**
 * The local parameters of new data, by the result of a fit.
 * @throws Problem if the result is of another sheet, or the data do not fit
 */
export async function predict(
	solvable: Solvable,
	options: PredictOptions,
): Promise<Prediction> {
	const { predictSheet } = await import("./solve/index.js");
	return predictSheet(solvable, options);
}

/**
 * Writes checked sheets as a static site and returns the paths of its pages, the index first.
 * @throws Problem if the folder `out` cannot be written
 */
export async function render(
	options: Parameters<typeof import("./site/index.js").writeSite>[0],
): Promise<{ pages: string[] }> {
	const { writeSite } = await import("./site/index.js");
	return writeSite(options);
}
