import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { compileSolver } from "../../src/compile/index.js";
import { loadSolver } from "../../src/solve/solver.js";
import { faultOf, modelNames, randomCase, sheetOf } from "./cases.mjs";
import { partsOf } from "./parts.mjs";

async function solverOf(name: string) {
	const sheet = partsOf(readFileSync(sheetOf(name), "utf8"));
	const { solvable } = await checkSheet(sheet, `${name}.md`, {});
	if (!solvable) throw new Error(`${name} has nothing to compile`);
	return loadSolver(compileSolver(solvable, { target: "js" }));
}

const solvers = new Map(
	await Promise.all(
		modelNames.map(async (name) => [name, await solverOf(name)] as const),
	),
);

describe("a slice of what `node test/fits/run.mjs` does a thousand times", () => {
	it("raises every bound at every update and never ends in NaN, however awkward the data", async () => {
		const faults: string[] = [];
		for (let number = 0; number < 160; number++) {
			const one = randomCase(number);
			const solver = solvers.get(one.sheet);
			if (!solver) throw new Error(`no solver for ${one.sheet}`);
			const fault = await faultOf(one, solver);
			if (fault !== null) faults.push(`${one.name}: ${fault}`);
		}
		expect(faults).toEqual([]);
	});
});

it("finds the fault of a solver that has one", async () => {
	const broken = (elbo: number[], value: number) => ({
		solve: async () => ({
			parameters: { m: { shape: [1], data: Float64Array.of(value) } },
			elbo,
			sweeps: 1,
			converged: true,
			known: {},
			warnings: [],
		}),
	});
	const one = randomCase(0);
	expect(await faultOf(one, broken([-1], 0))).toBe(null);
	expect(await faultOf(one, broken([Number.NaN], 0))).toMatch(/not finite/);
	expect(await faultOf(one, broken([-1], Infinity))).toBe("m is not finite");
});

/** Fits at the edge, each told what it must come to. */
describe("degenerate data", () => {
	const gaussians = () => solvers.get("mixture-of-gaussians");
	const known = { sigma: 3, lambda: 1 };

	it("one point: every component answers for its share of it, and the bound is that of one component at least", async () => {
		const one = await gaussians()?.solve({ x: [[2]], K: 1, ...known });
		// Its evidence is N(2 | 0, σ² + λ²), and one component has the exact posterior.
		const evidence = -0.5 * Math.log(2 * Math.PI * 10) - 4 / 20;
		expect(one?.elbo.at(-1)).toBeCloseTo(evidence, 12);
		const many = await gaussians()?.solve({ x: [[2]], K: 4, ...known });
		const phi = [...(many?.parameters.phi?.data ?? [])];
		expect(phi.reduce((a, b) => a + b)).toBeCloseTo(1, 14);
		expect(many?.elbo.at(-1)).toBeLessThanOrEqual(evidence + 1e-12);
	});

	it("points that coincide: the means are pulled to them alike", async () => {
		const x = Array.from({ length: 50 }, () => [1, -1]);
		const result = await gaussians()?.solve({ x, K: 3, ...known });
		const { phi, m } = result?.parameters ?? {};
		const total = [0, 1, 2].map((k) =>
			x.reduce((sum, _, i) => sum + (phi?.data[3 * i + k] ?? 0), 0),
		);
		// m = σ² n x / (λ² + σ² n) for the number n of points that a component has.
		for (const k of [0, 1, 2]) {
			const n = total[k] as number;
			expect(m?.data[2 * k]).toBeCloseTo((9 * n) / (1 + 9 * n), 7);
			expect(m?.data[2 * k + 1]).toBeCloseTo((-9 * n) / (1 + 9 * n), 7);
		}
		expect(result?.converged).toBe(true);
	});

	it("a component without points falls back to its prior", async () => {
		const result = await gaussians()?.solve(
			{ x: [[0], [0.1], [-0.1]], K: 2, sigma: 100, lambda: 0.01 },
			{ init: { m: [[0], [50]], s: [0.01, 0.01] } },
		);
		const { phi, m, s } = result?.parameters ?? {};
		expect([phi?.data[1], phi?.data[3], phi?.data[5]]).toEqual([0, 0, 0]);
		expect([m?.data[1], s?.data[1]]).toEqual([0, 100]);
	});

	it("more components than distinct points", async () => {
		const x = [[0], [0], [10], [10]];
		const result = await gaussians()?.solve({ x, K: 3, ...known });
		const bounds = result?.elbo ?? [];
		expect(bounds.every(Number.isFinite)).toBe(true);
		expect(result?.converged).toBe(true);
		expect(result?.warnings).toEqual([]);
	});
});
