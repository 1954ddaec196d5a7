import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Solvable } from "../../../src/check/result.js";
import { makeLoops, makePlan } from "../../../src/compile/index.js";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeModule } from "../../../src/compile/targets/js.js";
import { writeWasm } from "../../../src/compile/targets/wasm.js";
import { type Run, runModule, sweeps } from "./agreement.js";
import { CProgram } from "./cProgram.js";
import { daskPython, runDask } from "./daskPrograms.js";
import { runNumpy } from "./numpyPrograms.js";
import { certifiedSheets } from "./sheets.js";
import { hasC, numpyPython } from "./tools.js";
import type { Tensor, World } from "./worlds.js";

/** Data at 10⁸ ± 1: states and bounds after 50 sweeps by mpmath with 60 digits (test/solve/reference/far.py). */
interface Case {
	readonly known: Readonly<Record<string, unknown>>;
	readonly start: Readonly<Record<string, unknown>>;
	readonly sweeps: number;
	readonly elbo: readonly number[];
	readonly [parameter: string]: unknown;
}

const cases: Readonly<Record<string, Case>> = JSON.parse(
	readFileSync(
		new URL("../../solve/reference/far.json", import.meta.url),
		"utf8",
	),
);

const paths: Readonly<Record<string, string>> = {
	mixture: "derivations/mixture-of-gaussians.md",
	precisions: "test/solve/reference/precisions.md",
	noise: "test/solve/reference/noise.md",
};

let sheets: ReadonlyMap<string, Solvable>;
beforeAll(async () => {
	const both = ["derivations", "test/solve/reference"].map((folder) =>
		certifiedSheets([folder]),
	);
	sheets = new Map((await Promise.all(both)).flatMap((found) => [...found]));
}, 120_000);

const loopsOf = (name: string) =>
	makeLoops(makePlan(sheets.get(paths[name] as string) as Solvable, false));

function tensor(value: unknown): Tensor {
	const shape: number[] = [];
	for (let inner = value; Array.isArray(inner); inner = inner[0])
		shape.push(inner.length);
	return { shape, data: Float64Array.from([value].flat(3) as number[]) };
}

/** What the solver is given; parameters of single points are renewed before they are read. */
function worldOf({ plan }: Loops, { known, start }: Case): World {
	const tensors = (all: Readonly<Record<string, unknown>>) =>
		Object.fromEntries(Object.entries(all).map(([n, v]) => [n, tensor(v)]));
	const inputs = tensors(known);
	const given = tensors(start);
	const sizes: Record<string, number> = {};
	for (const v of [...plan.inputs, ...plan.parameters])
		v.dims.forEach((dim, n) => {
			const length = (inputs[v.name] ?? given[v.name])?.shape[n];
			if (typeof dim === "string" && length) sizes[dim] = length;
		});
	const starts = plan.parameters.map((p): [string, Tensor] => {
		const shape = p.dims.map((d) =>
			typeof d === "number" ? d : (sizes[d] ?? 1),
		);
		const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
		const width = shape.at(-1) ?? 1;
		return [p.name, given[p.name] ?? { shape, data: data.fill(1 / width) }];
	});
	return { sizes, inputs, starts: Object.fromEntries(starts) };
}

/**
 * As close as states allow that are doubles, of which the next to 10⁸ is 1.5e-8 away: parameters to 1e-6, and bounds on the
 * way, which move with them; at the end, where the bound is flat, to 1e-9.
 */
function expectExact({ parameters, elbo }: Run, expected: Case): void {
	expect(expected.sweeps).toBe(sweeps);
	const apart = (a: ArrayLike<number>, b: readonly number[]) =>
		Math.max(
			...b.slice(0, a.length).map((v, n) => Math.abs((a[n] as number) - v)),
		);
	expect(apart(elbo, expected.elbo)).toBeLessThan(1e-5);
	const last = elbo.at(-1) as number;
	const exactLast = expected.elbo[elbo.length - 1] as number;
	// a regression's residuals are differences from fits of size 10⁸, each rounded to 1.5e-8
	const tolerance = expected.phi ? 1e-9 : 1e-7;
	expect(Math.abs(last / exactLast - 1)).toBeLessThan(tolerance);
	for (const [name, values] of Object.entries(parameters)) {
		const exact = [expected[name]].flat(3) as number[];
		const size = Math.max(...exact.map(Math.abs));
		expect(values).toHaveLength(exact.length);
		expect(apart(values, exact), name).toBeLessThan(1e-6 * Math.min(1, size));
	}
}

describe.each(Object.keys(cases))("data at 10⁸ ± 1, %s", (name) => {
	const given = () => {
		const expected = cases[name] as Case;
		const loops = loopsOf(name);
		return { expected, loops, world: worldOf(loops, expected) };
	};

	it.each([
		["js", writeModule],
		["wasm", writeWasm],
	] as const)("%s", async (_, write) => {
		const { expected, loops, world } = given();
		expectExact(await runModule(loops, world, write), expected);
	});

	it.skipIf(!hasC)("c (skipped without gcc)", () => {
		const { expected, loops, world } = given();
		const program = new CProgram(loops);
		expectExact(program.run(world), expected);
		program.remove();
	});

	it.skipIf(!numpyPython)("numpy (skipped without Python and NumPy)", () => {
		const { expected, loops, world } = given();
		expectExact(runNumpy([{ loops, world }])[0] as Run, expected);
	});

	it.skipIf(!daskPython)(
		"dask (skipped without Python, NumPy and dask)",
		() => {
			const { expected, loops, world } = given();
			const task = { loops, world, chunk: 17, cluster: false };
			expectExact(runDask([task])[0] as Run, expected);
		},
		60_000,
	);
});
