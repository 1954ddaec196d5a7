import { describe, expect, it } from "vitest";
import type { Solvable } from "../../src/check/result.js";
import { compileSolver } from "../../src/compile/index.js";
import { loadSolver, type SolverState } from "../../src/solve/solver.js";
import { mixture, poissonMixture, regression } from "./solvables.js";

const points = [
	[0.3, 1.9],
	[0.1, 2.2],
	[3.1, -1],
	[2.7, -1.3],
	[1.5, 0.2],
	[2.2, 0.4],
];
const counts = [0, 3, 1, 9, 14, 6, 5, 12];

interface Case {
	readonly name: string;
	readonly sheet: () => Solvable;
	readonly inputs: Readonly<Record<string, unknown>>;
}

const cases: readonly Case[] = [
	{
		name: "a mixture, whose sweeps begin with the responsibilities",
		sheet: mixture,
		inputs: { x: points, K: 3, sigma: 2, lambda: 0.9 },
	},
	{
		name: "a Poisson mixture, whose sweeps begin with the rates",
		sheet: poissonMixture,
		inputs: { x: counts, K: 3, alpha: 1, beta: 0.1 },
	},
	{
		name: "a regression without local parameters",
		sheet: regression,
		inputs: { X: points, y: [1, 2, 3, 4, 5, 7], sigma: 2, lambda: 0.9 },
	},
];

/** A copy of a state as a checkpoint has it. */
const kept = (state: SolverState): SolverState => structuredClone(state);

describe.each(cases)("$name", ({ sheet, inputs }) => {
	const solver = loadSolver(compileSolver(sheet(), { target: "js" }));

	it("goes on from any sweep to the same bits", async () => {
		const { solve } = await solver;
		const states: SolverState[] = [];
		const options = { maxSweeps: 12, tolerance: 0, seed: 3 };
		const whole = await solve(inputs, {
			...options,
			onSweep: ({ state }) => {
				states.push(kept(state()));
			},
		});
		expect(states.length).toBeGreaterThan(2);
		for (const resume of states)
			expect(await solve(inputs, { ...options, resume })).toEqual(whole);
	});

	it("ends after a sweep whose report is answered by false", async () => {
		const { solve } = await solver;
		const result = await solve(inputs, {
			tolerance: 0,
			onSweep: ({ sweep }) => sweep < 2,
		});
		expect([result.sweeps, result.elbo.length]).toEqual([2, 2]);
		expect(result.converged).toBe(false);
	});
});
