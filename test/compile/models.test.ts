import { describe, expect, it } from "vitest";
import { compileSolver } from "../../src/compile/index.js";
import { loadSolver } from "../../src/solve/solver.js";
import { poissonMixture, regression } from "./solvables.js";

describe("a Poisson mixture", () => {
	const solver = loadSolver(compileSolver(poissonMixture(), { target: "js" }));

	it("with one component is the conjugate posterior, its bound the log evidence", async () => {
		const { solve } = await solver;
		const result = await solve({ x: [0, 1, 2], K: 1, alpha: 1, beta: 1 });
		expect([...(result.parameters.a?.data ?? [])]).toEqual([4]);
		expect([...(result.parameters.b?.data ?? [])]).toEqual([4]);
		// log of β^α Γ(α + Σx) / (Γ(α) Π x! (β + n)^(α + Σx)) = log(3! / (2 · 4⁴))
		expect(result.elbo.at(-1)).toBeCloseTo(Math.log(6 / (2 * 4 ** 4)), 12);
	});

	it("tells two rates apart, although its global parameters start alike", async () => {
		const { solve } = await solver;
		const x = [0, 1, 0, 2, 1, 0, 30, 28, 33, 31, 29, 35];
		const result = await solve(
			{ x, K: 2, alpha: 1, beta: 0.1 },
			{ debug: true },
		);
		const [a, b] = [result.parameters.a?.data, result.parameters.b?.data];
		const rates = [0, 1]
			.map((k) => (a?.[k] ?? 0) / (b?.[k] ?? 1))
			.sort((p, q) => p - q);
		// (α + Σx) / (β + n) of the six small and the six large counts
		expect(rates[0]).toBeCloseTo(5 / 6.1, 3);
		expect(rates[1]).toBeCloseTo(187 / 6.1, 3);
	});

	it("refuses data that are no counts", async () => {
		const { solve } = await solver;
		const wrong = solve({ x: [1, 2.5], K: 1, alpha: 1, beta: 1 });
		await expect(wrong).rejects.toThrow(
			"x[2] must be a whole number of at least 0, but is 2.5",
		);
	});
});

describe("regression with a factor for each weight", () => {
	const solver = loadSolver(compileSolver(regression(), { target: "js" }));
	/** Columns that almost coincide: weights renewed all at once would overshoot and diverge. */
	const X = [
		[1, 1.1, 0.9],
		[2, 1.9, 2.1],
		[-1, -1, -1.2],
		[0.5, 0.6, 0.4],
		[3, 3.1, 2.8],
	];
	const y = [1, 2.2, -0.7, 0.4, 3.1];

	it("converges to the exact posterior mean, and to variances 1/diag(precision)", async () => {
		const { solve } = await solver;
		const [sigma, lambda] = [2, 0.5];
		const result = await solve(
			{ X, y, sigma, lambda },
			{ maxSweeps: 100_000, tolerance: 1e-13 },
		);
		const precision = [0, 1, 2].map((a) =>
			[0, 1, 2].map(
				(b) =>
					(a === b ? 1 / sigma ** 2 : 0) +
					X.reduce(
						(t, row) =>
							t + ((row[a] as number) * (row[b] as number)) / lambda ** 2,
						0,
					),
			),
		);
		const right = [0, 1, 2].map((a) =>
			X.reduce(
				(t, row, n) =>
					t + ((row[a] as number) * (y[n] as number)) / lambda ** 2,
				0,
			),
		);
		const m = [...(result.parameters.m?.data ?? [])];
		const applied = precision.map((row) =>
			row.reduce((t, p, b) => t + p * (m[b] as number), 0),
		);
		applied.forEach((value, a) => {
			expect(value).toBeCloseTo(right[a] as number, 6);
		});
		[...(result.parameters.s?.data ?? [])].forEach((s, a) => {
			expect(s * s).toBeCloseTo(1 / (precision[a]?.[a] as number), 12);
		});
		expect(result.converged).toBe(true);
	});

	it("never lowers the bound on the way", async () => {
		const { solve } = await solver;
		const { elbo } = await solve(
			{ X, y, sigma: 2, lambda: 0.5 },
			{ debug: true, maxSweeps: 300 },
		);
		const steps = elbo.slice(1).map((value, n) => value - (elbo[n] as number));
		expect(Math.min(...steps)).toBeGreaterThan(-1e-10);
	});
});
