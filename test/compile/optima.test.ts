import { describe, expect, it } from "vitest";
import type { Solvable, Update } from "../../src/check/result.js";
import { compileSolver } from "../../src/compile/index.js";
import { mul, num } from "../../src/expr/build.js";
import { loadSolver } from "../../src/solve/solver.js";
import {
	mixture,
	normalMean,
	poissonMixture,
	regression,
} from "./solvables.js";

/** The sheet with the right side of one update multiplied by a number, as a slip would have it. */
function slipped(solvable: Solvable, name: string, factor: string): Solvable {
	const wrong = (u: Update): Update =>
		u.value
			? { ...u, value: mul(num(factor), u.value) }
			: { ...u, logWeights: mul(num(factor), u.logWeights ?? num(1)) };
	const updates = solvable.updates.map((u) =>
		u.target.name === name ? wrong(u) : u,
	);
	return { ...solvable, updates };
}

async function debugged(solvable: Solvable, inputs: object, maxSweeps = 20) {
	const { solve } = await loadSolver(compileSolver(solvable, { target: "js" }));
	return solve({ ...inputs }, { debug: true, maxSweeps });
}

const points = {
	x: [
		[1, 2],
		[2, 1],
		[-3, 0],
		[-2, -1],
		[1.5, 1],
		[-2.5, 0.5],
	],
	K: 2,
	sigma: 3,
	lambda: 0.7,
};
const columns = {
	X: [
		[1, 1.1, 0.9],
		[2, 1.9, 2.1],
		[-1, -1, -1.2],
		[0.5, 0.6, 0.4],
		[3, 3.1, 2.8],
	],
	y: [1, 2.2, -0.7, 0.4, 3.1],
	sigma: 2,
	lambda: 0.5,
};
const counts = { x: [0, 1, 0, 2, 30, 28, 33], K: 2, alpha: 1, beta: 0.1 };

describe("debug mode", () => {
	it("finds every update of right sheets at the optimum of its coordinate", async () => {
		for (const run of [
			debugged(mixture(), points),
			debugged(normalMean(), { x: points.x, a: [0, 0], sigma: 3, lambda: 1 }),
			debugged(poissonMixture(), counts),
			debugged(regression(), columns),
		])
			expect((await run).elbo.length).toBeGreaterThan(1);
	});

	it.each<[string, () => Solvable, object, string, string]>([
		["a variance of twice the size", mixture, points, "s", "2"],
		["a mean that is off by a hundredth", mixture, points, "m", "101/100"],
		[
			"responsibilities with a factor in the exponent",
			mixture,
			{ ...points, lambda: 3 },
			"phi",
			"11/10",
		],
		[
			"a shape that is off by a twentieth",
			poissonMixture,
			counts,
			"a",
			"21/20",
		],
		["a weight that is off", regression, columns, "m", "9/10"],
	])(
		"names sweep and update for %s",
		async (_, sheet, inputs, name, factor) => {
			const wrong = slipped(sheet(), name, factor);
			await expect(debugged(wrong, inputs)).rejects.toThrow(
				new RegExp(
					`(the update of ${name} in sweep 1 is no optimum: it sets ${name}\\[|in sweep \\d+, by the update of .*\\b${name}\\b)`,
				),
			);
		},
	);
});
