import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { compileSolver } from "../../src/compile/index.js";
import { readData } from "../../src/solve/data/index.js";
import { nested } from "../../src/solve/resultFile.js";
import {
	loadSolver,
	type Solver,
	type SolverResult,
} from "../../src/solve/solver.js";
import { mixture, normalMean, weightedMixture } from "../compile/solvables.js";

/** Results of reference/cavi.py, an implementation with NumPy and SciPy that shares nothing with the compiler. */
interface Case {
	readonly x?: number[][];
	readonly start: { m: number[][]; s: number[] };
	readonly settings: {
		sigma: number;
		lambda: number[];
		weights: number[];
		sweeps: number;
	};
	readonly m: number[][];
	readonly s: number[];
	readonly phi: number[][];
	readonly elbo: number[];
	readonly bruteForce?: number;
}

const reference = (name: string) =>
	JSON.parse(
		readFileSync(new URL(`./reference/${name}.json`, import.meta.url), "utf8"),
	);

const faithful = () =>
	readData(
		new URL("../../derivations/data/old-faithful.csv", import.meta.url)
			.pathname,
	);

let data: number[][];
beforeAll(async () => {
	const table = await faithful();
	data = nested({ shape: [table.rows, 2], data: table.data }) as number[][];
});

function expectClose(actual: unknown, expected: unknown): void {
	const [a, b] = [[actual], [expected]].map((v) => v.flat(3) as number[]) as [
		number[],
		number[],
	];
	expect(a.length).toBe(b.length);
	const worst = a.map((v, n) => {
		const other = b[n] as number;
		return Math.abs(v - other) / Math.max(1, Math.abs(other));
	});
	expect(Math.max(...worst)).toBeLessThan(1e-6);
}

function expectSame(result: SolverResult, expected: Case): void {
	const values = Object.fromEntries(
		Object.entries(result.parameters).map(([name, t]) => [name, nested(t)]),
	);
	expectClose(values.m, expected.m);
	expectClose(values.s, expected.s);
	expectClose(values.phi, expected.phi);
	expectClose(result.elbo, expected.elbo);
}

describe.each([
	{
		file: "mixture",
		sheet: mixture,
		known: (c: Case) => ({ K: c.m.length, lambda: c.settings.lambda[0] }),
	},
	{
		file: "known-weights",
		sheet: weightedMixture,
		known: (c: Case) => ({ pi: c.settings.weights, lambda: c.settings.lambda }),
	},
])("$file", ({ file, sheet, known }) => {
	let solver: Solver;
	beforeAll(async () => {
		solver = await loadSolver(compileSolver(sheet(), { target: "js" }));
	});

	const run = (c: Case) =>
		solver.solve(
			{ x: c.x ?? data, sigma: c.settings.sigma, ...known(c) },
			{
				init: c.start,
				maxSweeps: c.settings.sweeps,
				tolerance: 0,
				debug: true,
			},
		);

	it("goes through the same states and bounds on Old Faithful", async () => {
		const expected: Case = reference(file).faithful;
		const result = await run(expected);
		const elbo = expected.elbo.slice(0, result.sweeps);
		expectSame(result, { ...expected, elbo });
	});

	it("never lowers the bound", async () => {
		const { elbo } = await run(reference(file).faithful);
		const steps = elbo.slice(1).map((value, n) => value - (elbo[n] as number));
		expect(Math.min(...steps)).toBeGreaterThan(-1e-9);
	});

	it("has the bound that summing over all labels and integrating over all means gives", async () => {
		const expected: Case = reference(file).tiny;
		const result = await run(expected);
		expectClose(result.elbo.at(-1), expected.bruteForce);
		expectSame(result, expected);
	});

	it("predicts for the same data what it found", async () => {
		const expected: Case = reference(file).faithful;
		const result = await run(expected);
		const again = await solver.predict({ x: data }, result);
		expectClose(nested(again.parameters.phi as never), expected.phi);
	});
});

describe("normal-mean", () => {
	it("is the posterior after one sweep, and its bound is the log evidence", async () => {
		const expected = reference("normal-mean");
		const solver = await loadSolver(
			compileSolver(normalMean(), { target: "js" }),
		);
		const result = await solver.solve({ x: data, ...expected.settings });
		expect(result.converged).toBe(true);
		expect(result.sweeps).toBe(2);
		expectClose(nested(result.parameters.m as never), expected.m);
		expectClose(nested(result.parameters.s as never), expected.s);
		expectClose([...result.elbo], [expected.evidence, expected.evidence]);
	});
});
