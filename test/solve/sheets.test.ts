import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { compileSolver } from "../../src/compile/index.js";
import { readData } from "../../src/solve/data/index.js";
import { loadSolver, type Solver } from "../../src/solve/solver.js";

/** From the sheets as they ship to the states of reference/cavi.py. */

const file = (path: string) =>
	new URL(`../../${path}`, import.meta.url).pathname;

async function sourceOf(name: string): Promise<string> {
	const path = file(`derivations/${name}.md`);
	const { solvable } = await checkSheet(await readFile(path, "utf8"), path, {});
	if (!solvable) throw new Error(`${name} has nothing to compile`);
	return compileSolver(solvable, { target: "js" });
}

async function reference(name: string) {
	return JSON.parse(
		await readFile(file(`test/solve/reference/${name}.json`), "utf8"),
	);
}

async function faithful() {
	const { rows, data } = await readData(
		file("derivations/data/old-faithful.csv"),
	);
	return { shape: [rows, 2], data };
}

function expectClose(
	actual: ArrayLike<number>,
	expected: ArrayLike<number>,
): void {
	expect(actual.length).toBe(expected.length);
	for (let n = 0; n < expected.length; n++) {
		const scale = Math.max(1, Math.abs(expected[n] as number));
		expect(
			Math.abs((actual[n] as number) - (expected[n] as number)) / scale,
		).toBeLessThan(1e-6);
	}
}

describe("the sheets that ship", () => {
	it.each([
		{
			sheet: "mixture-of-gaussians",
			record: "mixture",
			known: (c: { settings: { lambda: number[] } }) => ({
				K: 3,
				lambda: c.settings.lambda[0],
			}),
		},
		{
			sheet: "mixture-with-known-weights",
			record: "known-weights",
			known: (c: { settings: { lambda: number[]; weights: number[] } }) => ({
				pi: c.settings.weights,
				lambda: c.settings.lambda,
			}),
		},
	])("$sheet", { timeout: 120_000 }, async ({ sheet, record, known }) => {
		const source = await sourceOf(sheet);
		const solver: Solver = await loadSolver(source);
		const expected = (await reference(record)).faithful;
		const result = await solver.solve(
			{
				x: await faithful(),
				sigma: expected.settings.sigma,
				...known(expected),
			},
			{
				init: expected.start,
				maxSweeps: expected.settings.sweeps,
				tolerance: 0,
				debug: true,
			},
		);
		expectClose(result.elbo, expected.elbo.slice(0, result.sweeps));
		expectClose(result.parameters.m?.data ?? [], expected.m.flat());
		expectClose(result.parameters.s?.data ?? [], expected.s);
		expectClose(result.parameters.phi?.data ?? [], expected.phi.flat());
		// A sweep is one pass; what no sweep changes is summed before, rounding is looked at only when the bound seems to fall.
		const passes = ["prepareMeans", "prepare", "pass", "elboSizes"];
		expect(
			loopsOverData(source).filter((name) => !passes.includes(name)),
		).toEqual([]);
	});

	it("normal-mean", { timeout: 120_000 }, async () => {
		const solver = await loadSolver(await sourceOf("normal-mean"));
		const expected = await reference("normal-mean");
		const result = await solver.solve({
			x: await faithful(),
			a: [0, 0],
			...expected.settings,
		});
		expectClose(result.parameters.m?.data ?? [], expected.m);
		expectClose(result.parameters.s?.data ?? [], [expected.s]);
		expectClose(result.elbo, [expected.evidence, expected.evidence]);
	});
});

/** Functions of a solver that go through the data. */
function loopsOverData(source: string): string[] {
	return [...source.matchAll(/^function (\w+)\(.*?^}$/gms)]
		.filter(([text]) => text.includes("< N;"))
		.map(([, name]) => name as string);
}
