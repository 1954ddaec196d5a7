import { describe, expect, it } from "vitest";
import { compileSolver } from "../../src/compile/index.js";
import { loadSolver } from "../../src/solve/solver.js";
import { mixture, weightedMixture } from "./solvables.js";

const x = [
	[0, 0],
	[1, 0],
	[9, 9],
];
const good = { x, K: 2, sigma: 10, lambda: 1 };

describe("what a solver takes", () => {
	const equal = loadSolver(compileSolver(mixture(), { target: "js" }));
	const weighted = loadSolver(
		compileSolver(weightedMixture(), { target: "js" }),
	);

	it.each([
		[
			"a missing input",
			{ sigma: undefined },
			"sigma is missing: give it among the inputs",
		],
		[
			"an unknown size",
			{ K: undefined },
			"K is not known: give it as a number among the inputs",
		],
		["K = 0", { K: 0 }, "K must be a whole number of at least 1, but is 0"],
		[
			"half a component",
			{ K: 1.5 },
			"K must be a whole number of at least 1, but is 1.5",
		],
		["σ = 0", { sigma: 0 }, "sigma must be positive, but is 0"],
		["a negative λ", { lambda: -1 }, "lambda must be positive, but is -1"],
		[
			"an infinite σ",
			{ sigma: Infinity },
			"sigma must be positive, but is Infinity",
		],
		[
			"text for a number",
			{ sigma: "10" },
			"sigma must be a number, nested arrays or { shape, data }",
		],
		[
			"NaN in the data",
			{
				x: [
					[1, 2],
					[Number.NaN, 0],
				],
			},
			"x[2, 1] must be a finite number, but is NaN",
		],
		[
			"infinite data",
			{ x: [[1, -Infinity]] },
			"x[1, 2] must be a finite number, but is -Infinity",
		],
		[
			"ragged rows",
			{ x: [[1, 2], [3]] },
			"x[2] must have 2 entries, as its neighbours have",
		],
		[
			"a shape too flat",
			{ x: [1, 2] },
			"x must have the shape [N, D], but has the shape [2]",
		],
		[
			"no data",
			{ x: { shape: [0, 2], data: new Float64Array(0) } },
			"x is empty: its shape is [0, 2]",
		],
		[
			"a shape that does not hold the data",
			{ x: { shape: [2, 2], data: new Float64Array(3) } },
			"x has the shape [2, 2], that is 4 numbers, but 3 were given",
		],
		[
			"a vector for a number",
			{ sigma: [1, 2] },
			"sigma must be a number, but has the shape [2]",
		],
		[
			"sizes that contradict the data",
			{ D: 3 },
			"x must have the shape [N, D], but has [3, 2], and D is 3",
		],
	])("refuses %s", async (_, change, message) => {
		const { solve } = await equal;
		const run = solve({ ...good, ...change });
		await expect(run).rejects.toMatchObject({ name: "InputError", message });
	});

	it.each([
		[
			"weights that do not add up to 1",
			{ pi: [0.5, 0.4] },
			"pi must add up to 1, but adds up to 0.9",
		],
		[
			"a negative weight",
			{ pi: [1.5, -0.5] },
			"pi[1] must be between 0 and 1, but is 1.5",
		],
		[
			"lists of different lengths",
			{ lambda: [1, 2, 3] },
			"lambda must have the shape [K], but has [3], and K is 2",
		],
		[
			"a zero among scales",
			{ lambda: [1, 0] },
			"lambda[2] must be positive, but is 0",
		],
	])("refuses %s", async (_, change, message) => {
		const { solve } = await weighted;
		const run = solve({
			x,
			sigma: 10,
			pi: [0.2, 0.8],
			lambda: [1, 2],
			...change,
		});
		await expect(run).rejects.toMatchObject({ name: "InputError", message });
	});

	it.each([
		[
			"an unknown starting value",
			{ init: { mu: [[0, 0]] } },
			"mu in init is not a variational parameter",
		],
		[
			"a start of the wrong shape",
			{ init: { s: [1] } },
			"s must have the shape [K], but has [1], and K is 2",
		],
		[
			"no sweeps",
			{ maxSweeps: 0 },
			"maxSweeps must be a whole number of at least 1, but is 0",
		],
		[
			"a negative tolerance",
			{ tolerance: -1 },
			"tolerance must be at least 0, but is -1",
		],
		["half a seed", { seed: 0.5 }, "seed must be a whole number, but is 0.5"],
	])("refuses %s", async (_, options, message) => {
		const { solve } = await equal;
		const run = solve(good, options as never);
		await expect(run).rejects.toMatchObject({ name: "InputError", message });
	});

	it("takes more components than data, with a warning", async () => {
		const { solve } = await equal;
		const result = await solve({ ...good, K: 4 });
		expect(result.warnings).toEqual(["K is 4, more than the 3 data points"]);
		expect(result.elbo.every(Number.isFinite)).toBe(true);
		expect((await solve(good)).warnings).toEqual([]);
	});

	it("takes a weight of 0: such a component gets nothing", async () => {
		const { solve } = await weighted;
		const result = await solve({ x, sigma: 10, pi: [0, 1], lambda: [1, 2] });
		const phi = [...(result.parameters.phi?.data ?? [])];
		expect(phi).toEqual([0, 1, 0, 1, 0, 1]);
		expect(result.elbo.every(Number.isFinite)).toBe(true);
	});

	it("takes nested arrays, typed arrays with a shape, and starting values among the inputs alike", async () => {
		const { solve } = await equal;
		const m = [
			[0, 0],
			[9, 9],
		];
		const flat = { shape: [3, 2], data: Float64Array.from(x.flat()) };
		const a = await solve({ ...good, m });
		const b = await solve(
			{ ...good, x: flat },
			{ init: { m: { shape: [2, 2], data: m.flat() } } },
		);
		expect(b.elbo).toEqual(a.elbo);
		expect([...flat.data]).toEqual(x.flat());
	});

	it("gives the same for the same seed, and starts elsewhere for another", async () => {
		const { solve } = await equal;
		const spread = {
			...good,
			x: Array.from({ length: 40 }, (_, n) => [n % 7, (n * n) % 11]),
			K: 4,
		};
		const [a, b, c] = await Promise.all(
			[3, 3, 4].map((seed) => solve(spread, { seed })),
		);
		expect(b).toEqual(a);
		expect(c?.elbo[0]).not.toBe(a?.elbo[0]);
	});

	it("starts from responsibilities if they are what is given", async () => {
		const { solve } = await equal;
		const phi = [
			[1, 0],
			[1, 0],
			[0, 1],
		];
		const result = await solve(good, { init: { phi }, maxSweeps: 1 });
		// s_k² = 1/(1/σ² + n_k/λ²) and m_k = s_k² Σ x: two rows and one row
		const s2 = [1 / 2.01, 1 / 1.01];
		expect([...(result.parameters.m?.data ?? [])]).toEqual(
			[1, 0, 9, 9].map((total, n) =>
				expect.closeTo(total * (s2[n >> 1] as number), 12),
			),
		);
	});

	it("reports every sweep, and waits for the report", async () => {
		const { solve } = await equal;
		const seen: number[] = [];
		const result = await solve(good, {
			onSweep: async ({ sweep, elbo, ms }) => {
				await Promise.resolve();
				expect(ms).toBeGreaterThanOrEqual(0);
				seen.push(sweep, elbo);
			},
		});
		expect(seen).toEqual(result.elbo.flatMap((value, n) => [n + 1, value]));
	});

	it("survives data far from 0, where squares cancel", async () => {
		const { solve } = await equal;
		const far = Array.from({ length: 200 }, (_, n) => [
			1e7 + Math.sin(n) + (n % 2) * 20,
			1e7 + Math.cos(n),
		]);
		const result = await solve(
			{ x: far, K: 2, sigma: 1e8, lambda: 1 },
			{ maxSweeps: 50 },
		);
		expect(result.elbo.every(Number.isFinite)).toBe(true);
	});
});

describe("predict", () => {
	it("refuses a result without the parameters that it needs", async () => {
		const { predict } = await loadSolver(
			compileSolver(mixture(), { target: "js" }),
		);
		const run = predict({ x }, { parameters: {}, known: {} });
		await expect(run).rejects.toThrow("the result has no parameter");
	});
});
