import type { Solvable } from "../../../src/check/result.js";
import type { makeLoops } from "../../../src/compile/kernels.js";
import type { Input, makePlan } from "../../../src/compile/plan.js";
import type { Limit } from "../../../src/compile/support.js";
import type { writeModule } from "../../../src/compile/targets/js.js";
import type { Program, ProgramInput } from "../program.js";
import { load } from "./packages.js";

interface Compiler {
	makePlan: typeof makePlan;
	makeLoops: typeof makeLoops;
	writeModule: typeof writeModule;
}

/**
 * Compiles a sheet's certified updates to the same module as the command line does.
 * @throws Problem if an update is not certified or cannot be compiled
 */
export async function programOf(solvable: Solvable): Promise<Program> {
	const compiler = (await load("compiler")) as Compiler;
	const plan = compiler.makePlan(solvable, false);
	const module = compiler.writeModule(compiler.makeLoops(plan));
	const { title, hash } = solvable;
	return {
		title,
		module,
		identity: module.replaceAll(hash, "").replaceAll(title, ""),
		dataAxis: plan.dataAxis,
		sizes: plan.sizes,
		inputs: plan.inputs.map(inputOf),
		parameters: plan.parameters.map(({ name, type, dims, local }) => ({
			name,
			type,
			dims,
			local,
		})),
	};
}

function inputOf({ name, type, dims, observed, support }: Input): ProgramInput {
	const isPositive = type === "positive" || type === "nonnegative";
	const range = {
		whole: support?.whole ?? (type === "count" || type === "integer"),
		lower: numberOf(support?.lower?.at) ?? (isPositive ? 0 : null),
		upper: numberOf(support?.upper?.at) ?? (type === "probability" ? 1 : null),
	};
	return { name, type, dims, observed, range };
}

/** A limit that is a number; what the sheet only names is not known before it runs. */
function numberOf(limit: Limit | undefined): number | null {
	return typeof limit === "number" ? limit : null;
}
