import { all, create, type FactoryFunctionMap } from "mathjs";
import { describe, expect, it } from "vitest";
import { compileSolver } from "../../src/compile/index.js";
import { helpers } from "../../src/compile/targets/js/runtime/index.js";
import { loadSolver, type Solver } from "../../src/solve/solver.js";
import { mixture } from "./solvables.js";

const { bignumber: big } = create(all as FactoryFunctionMap, { precision: 60 });

const targets = ["js", "wasm"] as const;
const solvers = new Map(
	targets.map((target) => [
		target,
		loadSolver(compileSolver(mixture(), { target })),
	]),
);

/** φ of a mixture with equal weights, from the differences of points and means: exp(−(‖x−m‖² + D s²)/2λ²), normalised. */
function responsibilities(
	x: readonly number[][],
	m: readonly number[][],
	s: readonly number[],
	lambda: number,
): number[] {
	return x.flatMap((row) => {
		const logs = m.map((mean, k) => {
			const squares = row.map((v, d) => (v - (mean[d] as number)) ** 2);
			const spread = row.length * (s[k] as number) ** 2;
			const total = squares.reduce((a, b) => a + b, 0) + spread;
			return big(-total)
				.div(2 * lambda * lambda)
				.exp();
		});
		const all = logs.reduce((a, b) => a.plus(b));
		return logs.map((w) => w.div(all).toNumber());
	});
}

describe("responsibilities", () => {
	const at = 1e8;
	const x = [-1, -0.5, 0.25, 1].map((v) => [at + v, at - v]);
	const m = [
		[at - 0.75, at + 0.5],
		[at + 0.5, at - 0.25],
	];
	const s = [0.5, 0.25];

	it.each(targets)("are right for data at 10⁸ ± 1, %s", async (target) => {
		const { solve, predict } = (await solvers.get(target)) as Solver;
		const known = { K: 2, sigma: 1e9, lambda: 0.5 };
		const { known: kept } = await solve(
			{ x, m, s, ...known },
			{ maxSweeps: 1 },
		);
		const parameters = {
			m: { shape: [2, 2], data: Float64Array.from(m.flat()) },
			s: { shape: [2], data: Float64Array.from(s) },
		};
		const { parameters: found } = await predict(
			{ x },
			{ parameters, known: kept },
		);
		const phi = [...(found.phi?.data ?? [])];
		responsibilities(x, m, s, 0.5).forEach((expected, n) => {
			expect(phi[n]).toBeCloseTo(expected, 10);
		});
	});

	it.each(
		targets.flatMap((t) => [-300, -7, 1, 300].map((p) => [p, t] as const)),
	)(
		"keep every bit when data, σ and λ are all times 2^%i, %s",
		async (power, target) => {
			const { solve } = (await solvers.get(target)) as Solver;
			const by = 2 ** power;
			const points = [0.1, 0.7, -2.3, 5.1, 4.8].map((v) => [v, v * v - 2]);
			const run = (c: number) =>
				solve(
					{
						x: points.map((row) => row.map((v) => v * c)),
						K: 2,
						sigma: 3 * c,
						lambda: 0.75 * c,
						m: [
							[0.2 * c, -1 * c],
							[4 * c, 20 * c],
						],
						s: [c, c],
					},
					{ maxSweeps: 20, tolerance: 0 },
				);
			const [one, scaled] = await Promise.all([run(1), run(by)]);
			expect(scaled.parameters.phi?.data).toEqual(one.parameters.phi?.data);
		},
	);
});

describe("the exponential of the ES module", () => {
	const source = helpers.find((h) => h.name === "expNegative")?.source;
	const exp = new Function(`${source}; return expNegative;`)() as (
		x: number,
	) => number;

	it("is within 2 units in the last place", () => {
		// arguments whose decimals are the very doubles: multiples of 1/64, and 3/2 times powers of 1/2
		for (let n = 0; n <= 1550; n++) {
			const x = n < 1500 ? -n * (31 / 64) : -1.5 * 2 ** (1500 - n);
			const argument = big(n < 1500 ? -n * 31 : -1.5).div(
				n < 1500 ? 64 : big(2).pow(n - 1500),
			);
			const exact = argument.exp();
			const value = exact.toNumber();
			const unit = Math.max(
				2 ** -1074,
				2 ** (Math.floor(Math.log2(value)) - 52),
			);
			const apart = exact.minus(exp(x)).abs().div(unit).toNumber();
			expect(apart).toBeLessThan(2);
		}
		expect([exp(0), exp(-Infinity), exp(-746)]).toEqual([1, 0, 0]);
		expect(exp(Number.NaN)).toBeNaN();
	});
});
