import { describe, expect, it } from "vitest";
import {
	add,
	apply,
	dot,
	log,
	matmul,
	mul,
	num,
	pow,
	sub,
	sum,
	symbol,
	transpose,
} from "../../src/expr/build.js";
import type { Derivative, Expr } from "../../src/expr/tree.js";
import {
	decimals,
	evaluate,
	evaluatePrecisely,
} from "../../src/numeric/index.js";
import * as mix from "./mixture.js";

const { context, i, k, l } = mix;

/** N = 2, K = 3, D = 2. */
const x = [
	[0.7, -1.3],
	[2.1, 0.4],
];
const m = [
	[0.5, 1.1],
	[-0.9, 0.3],
	[1.7, -2.2],
];
const s = [0.6, 1.4, 0.9];
const phi = [
	[0.2, 0.3, 0.5],
	[0.6, 0.1, 0.3],
];
const lambda = 1.2;
const world = (indices: Record<string, number> = {}) =>
	mix.worldOf(
		{ N: 2, K: 3, D: 2 },
		{ x, m, s, phi, lambda, sigma: 2, mu: m, c: [1, 3] },
		indices,
	);

function value(tree: Expr, indices: Record<string, number> = {}): number {
	const result = evaluate(tree, world(indices), context);
	expect(result.status).toBe("ok");
	return result.values[0] as number;
}

const norm2 = (a: readonly number[]) => a.reduce((t, v) => t + v * v, 0);
const at = <T>(list: readonly T[], n: number): T => list[n] as T;

describe("expectations under q", () => {
	it("has D s² beside the squared mean (trap 1)", () => {
		const tree = mix.expect(dot(mix.mu(), mix.mu()));
		expect(value(tree, { k: 2 })).toBeCloseTo(
			norm2(at(m, 1)) + 2 * 1.4 ** 2,
			12,
		);
	});

	it("tells products with equal indices from products with different ones (trap 5)", () => {
		const tree = mix.expect(dot(mix.mu(k), mix.mu(l)));
		const cross = at(m, 0).reduce(
			(t, v, d) => t + v * (at(at(m, 2), d) as number),
			0,
		);
		expect(value(tree, { k: 1, l: 3 })).toBeCloseTo(cross, 12);
		expect(value(tree, { k: 3, l: 3 })).toBeCloseTo(
			norm2(at(m, 2)) + 2 * 0.9 ** 2,
			12,
		);
	});

	it("computes the expected log-likelihood of a mixture", () => {
		let total = 0;
		x.forEach((xi, n) => {
			m.forEach((mk, c) => {
				const distance =
					norm2(xi.map((v, d) => v - (mk[d] as number))) +
					2 * (s[c] as number) ** 2;
				total +=
					(at(phi, n)[c] as number) *
					(-Math.log(2 * Math.PI * lambda ** 2) - distance / (2 * lambda ** 2));
			});
		});
		expect(value(mix.expect(mix.logLikelihood))).toBeCloseTo(total, 11);
	});

	it("reads μ_{c_i}", () => {
		const tree = mix.expect(dot(mix.mu(mix.c()), mix.x()));
		let total = 0;
		m.forEach((mk, c) => {
			total +=
				(at(phi, 1)[c] as number) *
				mk.reduce((t, v, d) => t + v * (at(x, 1)[d] as number), 0);
		});
		expect(value(tree, { i: 2 })).toBeCloseTo(total, 12);
	});

	it("keeps the variance of a square of a linear form", () => {
		const tree = mix.expect(pow(dot(mix.mu(), mix.x()), 2));
		const mean = at(m, 0).reduce(
			(t, v, d) => t + v * (at(x, 0)[d] as number),
			0,
		);
		expect(value(tree, { i: 1, k: 1 })).toBeCloseTo(
			mean ** 2 + 0.6 ** 2 * norm2(at(x, 0)),
			12,
		);
	});

	it("multiplies sums out where all at once would be too many dimensions", () => {
		const tree = mix.expect(pow(sum("l", "K", dot(mix.mu(l), mix.x())), 2));
		const xi = at(x, 1);
		const mean = m.reduce(
			(t, mk) => t + mk.reduce((u, v, d) => u + v * (xi[d] as number), 0),
			0,
		);
		const variance = s.reduce((t, v) => t + v * v, 0) * norm2(xi);
		expect(value(tree, { i: 2 })).toBeCloseTo(mean ** 2 + variance, 11);
	});

	it("computes what is no polynomial: E[exp μ] and E[log(1 + exp μ)]", () => {
		const first: Expr = { kind: "entry", of: mix.mu(), at: [num(1)] };
		const lognormal = value(mix.expect(apply("exp", first)), { k: 2 });
		expect(lognormal).toBeCloseTo(Math.exp(-0.9 + 1.4 ** 2 / 2), 8);
		// NumPy: trapezoid of log(1 + e^u) N(u; -0.9, 1.4²) over ±12 standard deviations, 200001 points.
		const softplus = value(mix.expect(log(add(num(1), apply("exp", first)))), {
			k: 2,
		});
		expect(softplus).toBeCloseTo(0.5217897916590932, 9);
	});

	it("leaves the instance alone that it is not over (E_{−μ_k})", () => {
		const all = sum("l", "K", dot(mix.mu(l), mix.mu(l)));
		const except = mix.expect(all, [
			{ factor: mix.qMu, only: null, except: [k] },
		]);
		const rest = (kept: number) =>
			m.reduce(
				(t, mk, c) =>
					t + norm2(mk) + (c === kept ? 0 : 2 * (s[c] as number) ** 2),
				0,
			);
		expect(value(except, { k: 2 })).toBeCloseTo(rest(1), 12);
		const only = mix.expect(all, [
			{ factor: mix.qMu, only: [k], except: null },
		]);
		expect(value(only, { k: 2 })).toBeCloseTo(
			m.reduce((t, mk) => t + norm2(mk), 0) + 2 * 1.4 ** 2,
			12,
		);
	});

	it("integrates full covariances through their Cholesky factor", () => {
		const a = symbol("A", [], ["D", "D"]);
		const b = symbol("b", [], ["D"]);
		const w = symbol("w", [], ["D"]);
		const own = mix.contextOf([
			mix.info("A", "posdef", ["D", "D"]),
			mix.info("b", "real", ["D"]),
			mix.info("w", "real", ["D"]),
		]);
		const factor = {
			variable: "w",
			plates: [],
			distribution: "Normal",
			parameters: { mean: b, covariance: a },
			shape: ["D"],
			labels: null,
		};
		const tree = mix.expect(matmul(w, transpose(w)), [mix.bind(factor)]);
		const covariance = [
			[1.3, -0.4],
			[-0.4, 2.1],
		];
		const result = evaluate(
			tree,
			mix.worldOf({ D: 2 }, { A: covariance, b: [0.3, -0.7] }),
			own,
		);
		const want = [1.3 + 0.09, -0.4 - 0.21, -0.4 - 0.21, 2.1 + 0.49];
		result.values.forEach((v, n) => {
			expect(v).toBeCloseTo(want[n] as number, 12);
		});
	});
});

describe("derivatives", () => {
	const by = (body: Expr, of: Derivative["by"], order: 1 | 2 = 1): Expr => ({
		kind: "derivative",
		body,
		by: of,
		order,
	});

	it("takes the probabilities of labels as free (trap 2)", () => {
		const entropy = mix.expect(
			log({
				kind: "pdf",
				distribution: "Categorical",
				of: mix.c(),
				parameters: { probabilities: symbol("phi", [i], ["K"]) },
			}),
		);
		expect(value(by(entropy, mix.phi()), { i: 2, k: 1 })).toBeCloseTo(
			Math.log(0.6) + 1,
			12,
		);
		const simplex = by(sum("l", "K", mix.phi(i, l)), mix.phi());
		expect(value(simplex, { i: 1, k: 2 })).toBeCloseTo(1, 14);
	});

	it("counts a density that mentions a label as one term, its constants included", () => {
		const probabilities: Expr = {
			kind: "tabulate",
			index: "e",
			size: "K",
			body: pow({ kind: "size", name: "K" }, -1),
		};
		const prior: Expr = {
			kind: "pdf",
			distribution: "Categorical",
			of: mix.c(),
			parameters: { probabilities },
		};
		const tree = by(mix.expect(log(prior)), mix.phi());
		expect(value(tree, { i: 1, k: 2 })).toBeCloseTo(-Math.log(3), 12);
		const likelihood = mix.normalPdf(
			mix.x(),
			mix.mu(mix.c()),
			mul(pow(mix.lambda, 2), mix.identity),
		);
		const mk = at(m, 1);
		const distance =
			norm2(at(x, 0).map((v, d) => v - (mk[d] as number))) + 2 * 1.4 ** 2;
		const want =
			-Math.log(2 * Math.PI * lambda ** 2) - distance / (2 * lambda ** 2);
		const slope = by(mix.expect(log(likelihood)), mix.phi());
		expect(value(slope, { i: 1, k: 2 })).toBeCloseTo(want, 11);
	});

	it("passes through the nodes to means and variances", () => {
		const tree = mix.expect(dot(mix.mu(), mix.mu()));
		const gradient = evaluate(by(tree, mix.m()), world({ k: 3 }), context);
		expect(gradient.shape).toEqual([2]);
		expect(gradient.values[0]).toBeCloseTo(3.4, 11);
		expect(gradient.values[1]).toBeCloseTo(-4.4, 11);
		expect(value(by(tree, mix.s()), { k: 3 })).toBeCloseTo(2 * 2 * 0.9, 11);
	});

	it("takes second derivatives, of numbers and as a Hessian", () => {
		expect(
			value(by(mul(pow(mix.lambda, 3), num(2)), mix.lambda, 2)),
		).toBeCloseTo(12 * lambda, 11);
		const quadratic = pow(dot(mix.m(), mix.x()), 2);
		const hessian = evaluate(
			by(quadratic, mix.m(), 2),
			world({ i: 1, k: 1 }),
			context,
		);
		const [a, b] = at(x, 0) as [number, number];
		[2 * a * a, 2 * a * b, 2 * a * b, 2 * b * b].forEach((want, n) => {
			expect(hessian.values[n]).toBeCloseTo(want, 11);
		});
	});

	it("agrees with finite differences on the whole likelihood", () => {
		const tree = mix.expect(mix.logLikelihood);
		const h = 1e-5;
		const moved = (d: number) =>
			evaluate(
				tree,
				mix.worldOf(
					{ N: 2, K: 3, D: 2 },
					{
						x,
						m,
						s: [s[0] as number, (s[1] as number) + d, s[2] as number],
						phi,
						lambda,
					},
				),
				context,
			).values[0] as number;
		expect(value(by(tree, mix.s()), { k: 2 })).toBeCloseTo(
			(moved(h) - moved(-h)) / (2 * h),
			7,
		);
	});
});

describe("big numbers", () => {
	it("give the same values with more digits", async () => {
		const tree = mix.expect(mix.logLikelihood);
		const precise = evaluatePrecisely(
			tree,
			world(),
			context,
			await decimals(40),
		);
		expect(precise.values[0]).toBeCloseTo(value(tree), 12);
		const third = evaluatePrecisely(
			sub(mul(num("1/3"), num(3)), num("1")),
			world(),
			context,
			await decimals(40),
		);
		expect(Math.abs(Number(third.precise[0]))).toBeLessThan(1e-38);
	});
});
