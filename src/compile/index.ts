import type { Solvable } from "../check/result.js";
import { describePlan } from "./describe.js";
import { describeBlocks, describeLoops } from "./describeLoops.js";
import { type Loops, makeLoops, type Step } from "./kernels.js";
import { makePlan } from "./plan.js";
import { writeC, writeHeader } from "./targets/c.js";
import { writeDask } from "./targets/dask.js";
import { writeModule } from "./targets/js.js";
import { writeNumpy } from "./targets/numpy.js";
import { writeWasm } from "./targets/wasm.js";

export { describePlan } from "./describe.js";
export { describeLoops } from "./describeLoops.js";
export { makeLoops, type Step, steps } from "./kernels.js";
export { makePlan } from "./plan.js";

/** What a sheet can be compiled to, and the stages that are written to files: the first is the solver. */
export const targets = {
	js: ["js"],
	c: ["c", "h"],
	numpy: ["py"],
	dask: ["dask"],
	wasm: ["wasm"],
} as const satisfies Record<string, readonly [Stage, ...Stage[]]>;

export type Target = keyof typeof targets;

/** The stages of the compiler, each of which can be read: the schedule, the loops, the text of a target. */
export type Stage = keyof typeof stages;

const stages = {
	plan: (loops: Loops) => `${describePlan(loops.plan)}\n`,
	loops: (loops: Loops) => `${describeLoops(loops)}\n`,
	blocks: (loops: Loops) => `${describeBlocks(loops)}\n`,
	js: writeModule,
	c: writeC,
	h: writeHeader,
	py: writeNumpy,
	dask: writeDask,
	wasm: writeWasm,
};

export interface CompileOptions {
	readonly target: Target;
	/** Compile updates without a certificate too; the artefact then says so at its top and in every result. */
	readonly allowUnverified?: boolean;
	/** Steps of the compiler to leave out, to see what each is worth. */
	readonly without?: readonly Step[];
}

/**
 * The source of a solver for a solvable sheet.
 * @throws Problem if an update is missing, uncertified, circular or not a closed form.
 */
export function compileSolver(
	solvable: Solvable,
	options: CompileOptions,
): string {
	return emitStage(
		solvable,
		targets[options.target][0],
		options.allowUnverified ?? false,
		options.without,
	);
}

/** One stage of the compiler as text. */
export function emitStage(
	solvable: Solvable,
	stage: Stage,
	allowUnverified: boolean,
	without: readonly Step[] = [],
): string {
	const plan = makePlan(solvable, allowUnverified);
	return stages[stage](makeLoops(plan, new Set(without)));
}
