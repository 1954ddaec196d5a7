import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeDask } from "../../../src/compile/targets/dask.js";
import { type Run, sweeps } from "./agreement.js";
import { pythonWith } from "./tools.js";
import type { Tensor, World } from "./worlds.js";

/** A Python with what the dask target needs. */
export const daskPython = pythonWith(
	"cloudpickle",
	"dask.array",
	"distributed",
	"numpy",
);

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

export interface Task {
	readonly loops: Loops;
	readonly world: World;
	readonly chunk: number;
	readonly cluster: boolean;
}

export interface DaskRun extends Run {
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

/** 50 sweeps of emitted modules over chunks, from the starting values of the global parameters. */
export function runDask(tasks: readonly Task[]): readonly DaskRun[] {
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
		daskPython as string,
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
