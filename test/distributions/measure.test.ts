import { describe, expect, it } from "vitest";
import {
	add,
	apply,
	div,
	entry,
	log,
	mul,
	num,
	pow,
	sub,
	symbol,
} from "../../src/expr/build.js";
import type { Expr, Factor, Shape } from "../../src/expr/tree.js";
import {
	decimals,
	evaluate,
	evaluatePrecisely,
	type WorldValue,
} from "../../src/numeric/index.js";
import * as mix from "../numeric/mixture.js";

const context = mix.contextOf([
	mix.info("a", "positive"),
	mix.info("b", "positive"),
	mix.info("p", "probability"),
	mix.info("m", "real"),
	mix.info("alpha", "positive", ["K"]),
]);
const [a, b, p, m] = ["a", "b", "p", "m"].map((n) => symbol(n)) as [
	Expr,
	Expr,
	Expr,
	Expr,
];
const alpha = symbol("alpha", [], ["K"]);

function law(
	variable: string,
	distribution: string,
	parameters: Record<string, Expr>,
	shape: Shape = [],
): Factor {
	return {
		variable,
		plates: [],
		distribution,
		parameters,
		shape,
		labels: null,
	};
}

function mean(body: Expr, ...factors: readonly Factor[]): Expr {
	return mix.expect(body, factors.map(mix.bind));
}

function value(tree: Expr, values: Record<string, WorldValue>): number {
	const result = evaluate(tree, mix.worldOf({ K: 3 }, values), context);
	expect(result.status).toBe("ok");
	return result.values[0] as number;
}

const t = symbol("t");
const gamma = law("t", "Gamma", { shape: a, rate: b });
const psi = (x: number) => value(apply("digamma", num(x)), {});
const psi1 = (x: number) => value(apply("trigamma", num(x)), {});

describe("Gamma", () => {
	it.each([
		[2.3, 0.8],
		[0.4, 5],
		[40, 0.1],
	])("moments with shape %d, rate %d", (A, B) => {
		const at = { a: A, b: B };
		expect(value(mean(t, gamma), at) / (A / B)).toBeCloseTo(1, 10);
		expect(
			value(mean(pow(t, 2), gamma), at) / ((A * (A + 1)) / B ** 2),
		).toBeCloseTo(1, 10);
		expect(value(mean(log(t), gamma), at)).toBeCloseTo(psi(A) - Math.log(B), 9);
	});

	it("has E[1/t] = b/(a−1), and none where a ≤ 1", () => {
		expect(value(mean(pow(t, -1), gamma), { a: 2.3, b: 0.8 })).toBeCloseTo(
			0.8 / 1.3,
			9,
		);
		const none = evaluate(
			mean(pow(t, -1), gamma),
			mix.worldOf({}, { a: 0.9, b: 1 }),
			context,
		);
		expect(none.status).toBe("undecided");
	});

	it("is differentiated by its parameters through the density", () => {
		const by = (s: string): Expr => ({
			kind: "derivative",
			body: mean(log(t), gamma),
			by: symbol(s),
			order: 1,
		});
		expect(value(by("a"), { a: 2.3, b: 0.8 })).toBeCloseTo(psi1(2.3), 8);
		expect(value(by("b"), { a: 2.3, b: 0.8 })).toBeCloseTo(-1 / 0.8, 8);
	});

	it("is the precision of a Normal: marginal variance of m + ε/√t is b/(a−1)", () => {
		const u = symbol("u");
		const normal = law("u", "Normal", { mean: m, covariance: pow(t, -1) });
		const tree = mean(pow(sub(u, m), 2), gamma, normal);
		expect(value(tree, { a: 3, b: 2, m: 0.4 })).toBeCloseTo(1, 8);
		expect(
			value(mean(mul(t, pow(u, 2)), gamma, normal), { a: 3, b: 2, m: 0.4 }),
		).toBeCloseTo(1 + 1.5 * 0.16, 8);
	});

	it("agrees with many digits", async () => {
		const precise = evaluatePrecisely(
			mean(t, gamma),
			mix.worldOf({}, { a: 2, b: 4 }),
			context,
			await decimals(40),
		);
		expect(precise.values[0]).toBeCloseTo(0.5, 12);
	});
});

describe("other distributions", () => {
	it("Exponential", () => {
		const e = law("t", "Exponential", { rate: b });
		expect(value(mean(t, e), { b: 0.8 })).toBeCloseTo(1.25, 10);
		expect(value(mean(log(t), e), { b: 0.8 })).toBeCloseTo(
			psi(1) - Math.log(0.8),
			9,
		);
	});

	it.each([
		[2.5, 1.4],
		[30, 70],
		[0.8, 0.9],
	])("Beta(%d, %d)", (A, B) => {
		const beta = law("t", "Beta", { a, b });
		const at = { a: A, b: B };
		expect(value(mean(t, beta), at)).toBeCloseTo(A / (A + B), 9);
		expect(value(mean(pow(t, 2), beta), at)).toBeCloseTo(
			(A * (A + 1)) / ((A + B) * (A + B + 1)),
			9,
		);
		expect(value(mean(log(sub(num(1), t)), beta), at)).toBeCloseTo(
			psi(B) - psi(A + B),
			8,
		);
	});

	it("Dirichlet: means, mixed moments, logs, and entries that add up to 1", () => {
		const theta = symbol("theta", [], ["K"]);
		const q = law("theta", "Dirichlet", { concentration: alpha }, ["K"]);
		const at = { alpha: [1.2, 0.7, 2.9] };
		const part = (k: number) => entry(theta, num(k));
		expect(value(mean(part(2), q), at)).toBeCloseTo(0.7 / 4.8, 9);
		expect(value(mean(mul(part(1), part(3)), q), at)).toBeCloseTo(
			(1.2 * 2.9) / (4.8 * 5.8),
			9,
		);
		expect(value(mean(log(part(3)), q), at)).toBeCloseTo(
			psi(2.9) - psi(4.8),
			8,
		);
		expect(
			value(mean(pow(sub(num(1), sub(num(1), part(1))), 2), q), at),
		).toBeCloseTo((1.2 * 2.2) / (4.8 * 5.8), 9);
		const derivative: Expr = {
			kind: "derivative",
			body: mean(log(part(3)), q),
			by: symbol("alpha", [num(3)]),
			order: 1,
		};
		expect(value(derivative, at)).toBeCloseTo(psi1(2.9) - psi1(4.8), 7);
	});

	it("Bernoulli and Poisson", () => {
		const z = law("t", "Bernoulli", { probability: p });
		expect(value(mean(pow(t, 2), z), { p: 0.3 })).toBeCloseTo(0.3, 14);
		expect(value(mean(apply("exp", t), z), { p: 0.3 })).toBeCloseTo(
			0.7 + 0.3 * Math.E,
			13,
		);
		const n = law("t", "Poisson", { rate: a });
		expect(value(mean(pow(t, 2), n), { a: 2.6 })).toBeCloseTo(
			2.6 + 2.6 ** 2,
			11,
		);
		const slope: Expr = {
			kind: "derivative",
			body: mean(pow(t, 2), n),
			by: symbol("a"),
			order: 1,
		};
		expect(value(slope, { a: 2.6 })).toBeCloseTo(1 + 5.2, 10);
	});
});

describe("Laplace", () => {
	const laplace = law("t", "Laplace", { location: m, scale: b });
	const at = { m: -0.3, b: 0.7 };

	it("has its moments", () => {
		expect(value(mean(t, laplace), at)).toBeCloseTo(-0.3, 10);
		expect(value(mean(pow(t, 2), laplace), at)).toBeCloseTo(
			0.09 + 2 * 0.49,
			10,
		);
	});

	it("is laid out between its own kink and those of what is integrated", () => {
		const away = apply("abs", sub(t, num(1)));
		expect(value(mean(away, laplace), at)).toBeCloseTo(
			1.3 + 0.7 * Math.exp(-1.3 / 0.7),
			10,
		);
		// mpmath.quad, split at −0.3 and 1.
		expect(value(mean(mul(away, pow(t, 2)), laplace), at)).toBeCloseTo(
			2.71556493780075,
			9,
		);
	});

	it("integrates smooth functions", () => {
		// mpmath.quad.
		expect(value(mean(log(add(num(1), pow(t, 2))), laplace), at)).toBeCloseTo(
			0.49214457179075,
			9,
		);
	});
});

describe("Student t", () => {
	const student = law("t", "StudentT", {
		location: m,
		scaleSquared: b,
		degrees: a,
	});
	const at = { m: -0.3, b: 1.7, a: 3.5 };

	it("has its moments, and none where ν ≤ 2", () => {
		expect(value(mean(t, student), at)).toBeCloseTo(-0.3, 9);
		expect(value(mean(pow(t, 2), student), at)).toBeCloseTo(
			0.09 + (1.7 * 3.5) / 1.5,
			7,
		);
		const none = evaluate(
			mean(pow(t, 2), student),
			mix.worldOf({}, { ...at, a: 1.9 }),
			context,
		);
		expect(none.status).toBe("undecided");
	});

	it("integrates logarithms under heavy tails", () => {
		// mpmath.quad.
		const body = log(add(num(1), pow(t, 2)));
		expect(value(mean(body, student), at)).toBeCloseTo(0.957568726200917, 9);
	});
});

describe("Uniform", () => {
	const uniform = law("t", "Uniform", { lower: a, upper: b });

	it("has its moments, and is no law where the bounds are not in order", () => {
		const at = { a: 0.5, b: 2.5 };
		expect(value(mean(t, uniform), at)).toBeCloseTo(1.5, 10);
		expect(value(mean(pow(t, num("1/2")), uniform), at)).toBeCloseTo(
			(2.5 ** 1.5 - 0.5 ** 1.5) / 3,
			10,
		);
		const none = evaluate(
			mean(t, uniform),
			mix.worldOf({}, { a: 2.5, b: 0.5 }),
			context,
		);
		expect(none.status).toBe("undecided");
	});

	it("integrates a logarithm up to its singular end", () => {
		const from0 = law("t", "Uniform", { lower: num(0), upper: b });
		expect(value(mean(log(t), from0), { b: 2.5 })).toBeCloseTo(
			Math.log(2.5) - 1,
			9,
		);
	});
});

describe("Multinomial", () => {
	const counts = symbol("n", [], ["K"]);
	const probabilities = symbol("alpha", [], ["K"]);
	const part = (k: number) => entry(counts, num(k));
	const draws = (trials: number) =>
		law("n", "Multinomial", { trials: num(trials), probabilities }, ["K"]);
	const at = { alpha: [0.2, 0.3, 0.5] };

	it("lists all counts that add up", () => {
		const n = draws(4);
		expect(value(mean(part(2), n), at)).toBeCloseTo(1.2, 13);
		expect(value(mean(mul(part(1), part(3)), n), at)).toBeCloseTo(
			4 * 3 * 0.2 * 0.5,
			13,
		);
		// By enumeration in Python.
		expect(value(mean(mul(pow(part(1), 2), part(3)), n), at)).toBeCloseTo(
			1.68,
			13,
		);
		const total = add(part(1), part(2), part(3));
		expect(value(mean(pow(total, 2), n), at)).toBeCloseTo(16, 12);
	});

	it("is linear in each free probability: ∂E[n_2]/∂π_2 = N", () => {
		const slope: Expr = {
			kind: "derivative",
			body: mean(part(2), draws(4)),
			by: symbol("alpha", [num(2)]),
			order: 1,
		};
		expect(value(slope, at)).toBeCloseTo(4, 12);
	});
});

describe("divergences", () => {
	it("KL between Gammas has its closed form", () => {
		const density = (shape: Expr, rate: Expr): Expr => ({
			kind: "pdf",
			distribution: "Gamma",
			of: t,
			parameters: { shape, rate },
		});
		const tree = mean(log(div(density(a, b), density(num(2), num(1)))), gamma);
		const [A, B] = [3.1, 0.7];
		const lg = (x: number) => value(apply("lgamma", num(x)), {});
		const want =
			(A - 2) * psi(A) - lg(A) + lg(2) + 2 * Math.log(B) + A * ((1 - B) / B);
		expect(value(tree, { a: A, b: B })).toBeCloseTo(want, 8);
	});
});
