import { describe, expect, it } from "vitest";
import type { Solvable } from "../../../src/check/result.js";
import { makeLoops, makePlan } from "../../../src/compile/index.js";
import { writeDask } from "../../../src/compile/targets/dask.js";
import { writeModule } from "../../../src/compile/targets/js.js";
import { loadSolver } from "../../../src/solve/solver.js";
import { regression } from "../solvables.js";
import { expectAgreement, type Run, sweeps } from "./agreement.js";
import {
	type DaskRun,
	daskPython,
	runDask,
	type Task,
} from "./daskPrograms.js";
import { certifiedSheets } from "./sheets.js";
import { worldFor } from "./worlds.js";

/** The same sweeps by the ES module: local parameters first, where they are renewed from the global ones. */
async function expectedOf({ loops, world }: Task): Promise<Run> {
	const { solve } = await loadSolver(writeModule(loops));
	const globals = loops.plan.parameters.filter((p) => !p.local);
	const init = Object.fromEntries(
		globals.map(({ name }) => [name, world.starts[name]]),
	);
	const { parameters, elbo } = await solve(
		{ ...world.sizes, ...world.inputs },
		{ init, maxSweeps: sweeps, tolerance: 0 },
	);
	const named = [...globals, ...loops.plan.parameters.filter((p) => p.local)];
	const entries = named.map(
		({ name }) => [name, [...(parameters[name]?.data ?? [])]] as const,
	);
	return { parameters: Object.fromEntries(entries), elbo };
}

function taskFor(solvable: Solvable, rows: number, cluster = false): Task {
	const loops = makeLoops(makePlan(solvable, false));
	return { loops, world: worldFor(loops, 7, rows), chunk: 40, cluster };
}

describe.skipIf(!daskPython)(
	"the dask target (skipped without Python, NumPy, dask and distributed)",
	{ timeout: 300_000 },
	() => {
		it("agrees with the ES module on every certified sheet, and loses nothing with a worker that is killed", async () => {
			const sheets = await certifiedSheets(["derivations"]);
			const mixture = sheets.get("derivations/mixture-of-gaussians.md");
			const tasks = [
				...[...sheets.values(), regression()].map((s) => taskFor(s, 133)),
				taskFor(mixture as Solvable, 400, true),
				taskFor(mixture as Solvable, 400),
			];
			const found = runDask(tasks);
			for (const [n, task] of tasks.entries())
				expectAgreement(found[n] as Run, await expectedOf(task));
			const [killed, calm] = found.slice(-2) as [DaskRun, DaskRun];
			expect(killed.elbo).toEqual(calm.elbo);
			expect(killed.parameters).toEqual(calm.parameters);
			expect(killed.after).not.toContain(killed.workers?.[0]);
		});
	},
);

describe("the dask target", () => {
	it("refuses a sheet whose sweeps need the parameters of single data points", async () => {
		const sheets = await certifiedSheets(["test/corpus/steps"], "topics.md");
		const topics = sheets.get("test/corpus/steps/topics.md") as Solvable;
		expect(() => writeDask(makeLoops(makePlan(topics, false)))).toThrow(
			/belong to single data points, and are renewed from what they were/,
		);
	}, 120_000);
});
