import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeNumpy } from "../../../src/compile/targets/numpy.js";
import { type Run, sweeps } from "./agreement.js";
import { numpyPython } from "./tools.js";
import type { Tensor, World } from "./worlds.js";

const driver = `
import importlib, json, sys
import numpy as np
def array(t):
    return np.array(t["data"], dtype=float).reshape(t["shape"])
for task in json.load(sys.stdin):
    module = importlib.import_module(task["module"])
    inputs = {**task["sizes"], **{name: array(t) for name, t in task["inputs"].items()}}
    starts = {name: array(t) for name, t in task["starts"].items()}
    result = module.solve(inputs, init=starts, max_sweeps=${sweeps}, tolerance=0.0)
    parameters = {name: a.ravel().tolist() for name, a in result["parameters"].items()}
    print(json.dumps({"parameters": parameters, "elbo": result["elbo"]}))
`;

/** 50 sweeps of emitted Python modules from worlds' starting values, all in one process. */
export function runNumpy(
	tasks: readonly { readonly loops: Loops; readonly world: World }[],
): readonly Run[] {
	const folder = mkdtempSync(join(tmpdir(), "tightbound-numpy-"));
	tasks.forEach(({ loops }, n) => {
		writeFileSync(join(folder, `solver${n}.py`), writeNumpy(loops));
	});
	const input = tasks.map(({ world }, n) => ({
		module: `solver${n}`,
		sizes: world.sizes,
		inputs: plain(world.inputs),
		starts: plain(world.starts),
	}));
	const output = execFileSync(numpyPython as string, ["-c", driver], {
		cwd: folder,
		input: JSON.stringify(input),
		encoding: "utf8",
		maxBuffer: 2 ** 28,
	});
	rmSync(folder, { recursive: true });
	return output
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
}

function plain(tensors: Readonly<Record<string, Tensor>>) {
	return Object.fromEntries(
		Object.entries(tensors).map(([name, { shape, data }]) => [
			name,
			{ shape, data: [...data] },
		]),
	);
}
