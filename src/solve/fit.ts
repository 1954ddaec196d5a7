import type { Solvable } from "../check/result.js";
import { makeLoops } from "../compile/kernels.js";
import { makePlan, type Plan } from "../compile/plan.js";
import { writeModule } from "../compile/targets/js.js";
import { Problem } from "../problem.js";
import { readData } from "./data.js";
import { bound, type Fit, type FitOptions, type Run } from "./fitted.js";
import { plotFit } from "./plot/index.js";
import { writeAtomically, writeResult } from "./resultFile.js";
import { rowsOf } from "./rows.js";
import { loadSolver, runSolver } from "./solver.js";

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
	const restarts = options.restarts ?? 1;
	if (!Number.isInteger(restarts) || restarts < 1)
		throw new Problem(
			`restarts is ${restarts}`,
			null,
			"a whole number of at least 1",
		);
	const source = writeModule(makeLoops(plan));
	const table = await readData(options.data);
	const rows = rowsOf(plan, table, options.columns ?? null, set);
	const runs = await runAll(
		source,
		{ ...set, ...rows.inputs },
		restarts,
		options,
	);
	const best = runs.reduce((a, b) => (bound(b) > bound(a) ? b : a));
	const unplotted = { plan, table, rows, runs, best, source, options };
	const fit = { ...unplotted, plotSvg: plotFit(unplotted) };
	if (options.out) await writeResult(options.out, fit);
	if (options.plot) await writeAtomically(options.plot, fit.plotSvg);
	return fit;
}

async function runAll(
	source: string,
	inputs: Readonly<Record<string, unknown>>,
	restarts: number,
	options: FitOptions,
): Promise<Run[]> {
	const solver = await loadSolver(source);
	const runs: Run[] = [];
	for (let restart = 0; restart < restarts; restart++) {
		const seed = seedOf(options.seed ?? 1, restart);
		const result = await runSolver(solver, inputs, {
			seed,
			...(options.maxSweeps === undefined
				? {}
				: { maxSweeps: options.maxSweeps }),
			...(options.tolerance === undefined
				? {}
				: { tolerance: options.tolerance }),
			onSweep: (report) =>
				options.onSweep?.({ ...report, restart: restart + 1, restarts }),
		});
		runs.push({ seed, result });
	}
	return runs;
}

/** The seed of a restart: the first has the given one, the others keep its low 32 bits and differ in the high ones. */
export function seedOf(seed: number, restart: number): number {
	return seed + restart * 2 ** 32;
}

function requireKnownNames(
	plan: Plan,
	set: Readonly<Record<string, unknown>>,
): void {
	const inputs = plan.inputs.filter((v) => !v.observed).map((v) => v.name);
	const sizes = plan.sizes.filter((name) => name !== plan.dataAxis);
	const names = [...sizes, ...inputs, ...plan.parameters.map((p) => p.name)];
	for (const name of Object.keys(set))
		if (!names.includes(name))
			throw new Problem(
				`\`${name}\` is no size and no known parameter of the sheet`,
				null,
				`one of ${names.join(", ")}`,
			);
}
