import type { Solvable } from "../check/result.js";
import { Problem } from "../problem.js";
import { makeLoops } from "./kernels.js";
import { makePlan } from "./plan.js";
import { writeModule } from "./targets/js.js";

export { describePlan } from "./describe.js";
export { describeLoops } from "./describeLoops.js";
export { makeLoops } from "./kernels.js";
export { makePlan } from "./plan.js";

export interface CompileOptions {
	readonly target: "js";
	/** Compile updates without a certificate too; the artefact then says so at its top and in every result. */
	readonly allowUnverified?: boolean;
}

/**
 * The source of a solver for a solvable sheet: an ES module without imports that exports `solve` and `predict`.
 * @throws Problem if an update is missing, uncertified, circular or not a closed form.
 */
export function compileSolver(
	solvable: Solvable,
	options: CompileOptions,
): string {
	if (options.target !== "js")
		throw new Problem(`no target is named ${options.target}`, null, "js");
	return writeModule(
		makeLoops(makePlan(solvable, options.allowUnverified ?? false)),
	);
}
