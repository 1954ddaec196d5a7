import type { Solvable } from "../check/result.js";
import { describePlan } from "./describe.js";
import { describeLoops } from "./describeLoops.js";
import { type Loops, makeLoops } from "./kernels.js";
import { makePlan } from "./plan.js";
import { writeC, writeHeader } from "./targets/c.js";
import { writeModule } from "./targets/js.js";
import { writeNumpy } from "./targets/numpy.js";
import { writeWasm } from "./targets/wasm.js";

export { describePlan } from "./describe.js";
export { describeLoops } from "./describeLoops.js";
export { makeLoops } from "./kernels.js";
export { makePlan } from "./plan.js";

/** What a sheet can be compiled to, and the stages that are written to files: the first is the solver. */
export const targets = {
	js: ["js"],
	c: ["c", "h"],
	numpy: ["py"],
	wasm: ["wasm"],
} as const satisfies Record<string, readonly [Stage, ...Stage[]]>;

export type Target = keyof typeof targets;

/** The stages of the compiler, each of which can be read: the schedule, the loops, the text of a target. */
export type Stage = keyof typeof stages;

const stages = {
	plan: (loops: Loops) => `${describePlan(loops.plan)}\n`,
	loops: (loops: Loops) => `${describeLoops(loops)}\n`,
	js: writeModule,
	c: writeC,
	h: writeHeader,
	py: writeNumpy,
	wasm: writeWasm,
};

export interface CompileOptions {
	readonly target: Target;
	/** Compile updates without a certificate too; the artefact then says so at its top and in every result. */
	readonly allowUnverified?: boolean;
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
	);
}

/** One stage of the compiler as text. */
export function emitStage(
	solvable: Solvable,
	stage: Stage,
	allowUnverified: boolean,
): string {
	return stages[stage](makeLoops(makePlan(solvable, allowUnverified)));
}
