import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Solvable } from "../../../src/check/result.js";
import { makeLoops, makePlan } from "../../../src/compile/index.js";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeDask } from "../../../src/compile/targets/dask.js";
import { writeModule } from "../../../src/compile/targets/js.js";
import { loadSolver } from "../../../src/solve/solver.js";
import { regression } from "../solvables.js";
import { expectAgreement, type Run, sweeps } from "./agreement.js";
import { certifiedSheets } from "./sheets.js";
import { pythonWith } from "./tools.js";
import { type Tensor, type World, worldFor } from "./worlds.js";

const python = pythonWith("cloudpickle", "dask.array", "distributed", "numpy");

/**
 * Solves tasks: rows of the data are cut into chunks; with workers, in processes of their own, of which the first is killed
 * after the third sweep.
 */
const driver = `
import importlib, json, os, signal, sys
import dask.array, numpy as np

def array(t):
    return np.array(t["data"], dtype=float).reshape(t["shape"])

def solve(task, on_sweep=None):
    module = importlib.import_module(task["module"])
    known = {**task["sizes"], **{name: array(t) for name, t in task["known"].items()}}
    data = {name: array(t) for name, t in task["rows"].items()}
    cut = {name: dask.array.from_array(a, chunks=(task["chunk"], *a.shape[1:])) for name, a in data.items()}
    init = {name: array(t) for name, t in task["starts"].items()}
    result = module.solve(cut, known, init=init, max_sweeps=${sweeps}, tolerance=0.0, on_sweep=on_sweep)
    local = {name: a.compute() for name, a in module.locals_of(cut, result).items()}
    parameters = {name: np.ravel(a).tolist() for name, a in {**result["parameters"], **local}.items()}
    return {"parameters": parameters, "elbo": result["elbo"]}

def on_cluster(task):
    from distributed import Client, LocalCluster
    options = {"processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(n_workers=2, **options) as cluster, Client(cluster) as client:
        workers = list(client.run(os.getpid).values())
        def kill(sweep, bound):
            if sweep == 3:
                os.kill(workers[0], signal.SIGKILL)
        found = solve(task, kill)
        return {**found, "workers": workers, "after": list(client.run(os.getpid).values())}

if __name__ == "__main__":
    tasks = json.load(sys.stdin)
    print(json.dumps([on_cluster(t) if t["cluster"] else solve(t) for t in tasks]))
`;

interface Task {
	readonly loops: Loops;
	readonly world: World;
	readonly chunk: number;
	readonly cluster: boolean;
}

interface DaskRun extends Run {
	readonly workers?: readonly number[];
	readonly after?: readonly number[];
}

function plain(tensors: readonly (readonly [string, Tensor])[]) {
	return Object.fromEntries(
		tensors.map(([name, { shape, data }]) => [
			name,
			{ shape, data: [...data] },
		]),
	);
}

function runDask(tasks: readonly Task[]): readonly DaskRun[] {
	const folder = mkdtempSync(join(tmpdir(), "tightbound-dask-"));
	const input = tasks.map(({ loops, world, chunk, cluster }, n) => {
		const { plan } = loops;
		writeFileSync(join(folder, `solver${n}.py`), writeDask(loops));
		const { [String(plan.dataAxis)]: _, ...sizes } = world.sizes;
		const inputs = Object.entries(world.inputs);
		const byRow = new Set(
			plan.inputs.filter((v) => v.dims[0] === plan.dataAxis).map((v) => v.name),
		);
		const globals = new Set(
			plan.parameters.filter((p) => !p.local).map((p) => p.name),
		);
		return {
			...{ module: `solver${n}`, sizes, chunk, cluster },
			known: plain(inputs.filter(([name]) => !byRow.has(name))),
			rows: plain(inputs.filter(([name]) => byRow.has(name))),
			starts: plain(
				Object.entries(world.starts).filter(([name]) => globals.has(name)),
			),
		};
	});
	writeFileSync(join(folder, "driver.py"), driver);
	const { status, stdout, stderr } = spawnSync(
		python as string,
		[join(folder, "driver.py")],
		{
			cwd: folder,
			input: JSON.stringify(input),
			encoding: "utf8",
			maxBuffer: 2 ** 28,
			timeout: 120_000,
		},
	);
	rmSync(folder, { recursive: true });
	if (status !== 0) throw new Error(stderr.slice(-2000));
	return JSON.parse(stdout);
}

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

describe.skipIf(!python)(
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
			"the parameters of single data points are needed from one sweep to the next",
		);
	}, 120_000);
});
