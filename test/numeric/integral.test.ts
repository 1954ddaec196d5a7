import { describe, expect, it } from "vitest";
import {
	add,
	apply,
	dot,
	log,
	matmul,
	mul,
	neg,
	num,
	one,
	pow,
	product,
	sub,
	sum,
	symbol,
	transpose,
} from "../../src/expr/build.js";
import type {
	Domain,
	Expr,
	Integral,
	Plate,
	Shape,
} from "../../src/expr/tree.js";
import {
	decimals,
	evaluate,
	evaluatePrecisely,
	type WorldValue,
} from "../../src/numeric/index.js";
import * as mix from "./mixture.js";

const real = (shape: Shape = []): Domain => ({ kind: "real", shape });

function integral(
	variable: string,
	domain: Domain,
	body: Expr,
	plates: readonly Plate[] = [],
): Integral {
	return {
		kind: "integral",
		variable,
		plates,
		only: null,
		except: null,
		domain,
		body,
	};
}

const context = mix.contextOf([
	mix.info("a", "positive"),
	mix.info("c", "real"),
	mix.info("u", "real"),
	mix.info("A", "posdef", ["D", "D"]),
	mix.info("b", "real", ["D"]),
	mix.info("w", "real", ["D"]),
]);
const [a, c, u] = ["a", "c", "u"].map((n) => symbol(n)) as [Expr, Expr, Expr];
const A = symbol("A", [], ["D", "D"]);
const b = symbol("b", [], ["D"]);
const w = symbol("w", [], ["D"]);

describe("integrals over real numbers", () => {
	const quadratic = (scale: Expr) =>
		add(mul(num("-1/2"), scale, pow(u, 2)), mul(c, u));
	it.each([
		[1.3, 0.7],
		[0.1, 4.1],
		[10, -2.9],
	])("∫ exp(−a u²/2 + c u) du with a = %d, c = %d", (aValue, cValue) => {
		const tree = integral("u", real(), apply("exp", quadratic(a)));
		const result = evaluate(
			tree,
			mix.worldOf({}, { a: aValue, c: cValue }),
			context,
		);
		const want =
			Math.sqrt((2 * Math.PI) / aValue) * Math.exp(cValue ** 2 / (2 * aValue));
		expect(result.status).toBe("ok");
		expect((result.values[0] as number) / want).toBeCloseTo(1, 11);
	});

	it.each([1, 2, 3])("∫ exp(−½ wᵀAw + bᵀw) dw in %d dimensions", (D) => {
		const tree = integral(
			"w",
			real(["D"]),
			apply(
				"exp",
				add(mul(num("-1/2"), matmul(transpose(w), matmul(A, w))), dot(b, w)),
			),
		);
		const full = [
			[1.3, -0.4, 0.2],
			[-0.4, 2.1, 0.3],
			[0.2, 0.3, 0.9],
		];
		const values = {
			A: full.slice(0, D).map((row) => row.slice(0, D)),
			b: [0.7, -1.1, 0.4].slice(0, D),
		};
		const world = mix.worldOf({ D }, values);
		const result = evaluate(tree, world, context, 5_000_000);
		// NumPy: (2π)^{D/2} |A|^{-1/2} exp(½ bᵀ A⁻¹ b).
		const want = [gaussian1, gaussian2, gaussian3][D - 1] as number;
		expect((result.values[0] as number) / want).toBeCloseTo(1, 9);
	});

	it("integrates slow tails and other ranges", () => {
		const world = mix.worldOf({}, {});
		const cauchy = evaluate(
			integral("u", real(), pow(add(one, pow(u, 2)), -1)),
			world,
			context,
		);
		expect(cauchy.values[0]).toBeCloseTo(Math.PI, 8);
		const gamma = integral(
			"u",
			{ kind: "positive" },
			mul(pow(u, num("3/2")), apply("exp", neg(u))),
		);
		expect(evaluate(gamma, world, context).values[0]).toBeCloseTo(
			0.75 * Math.sqrt(Math.PI),
			9,
		);
		const beta = integral("u", { kind: "unit" }, mul(pow(u, 2), sub(one, u)));
		expect(evaluate(beta, world, context).values[0]).toBeCloseTo(1 / 12, 10);
	});

	it("differentiates under the integral", () => {
		const tree: Expr = {
			kind: "derivative",
			body: integral("u", real(), apply("exp", quadratic(a))),
			by: symbol("c"),
			order: 1,
		};
		const result = evaluate(tree, mix.worldOf({}, { a: 1.3, c: 0.7 }), context);
		const want =
			Math.sqrt((2 * Math.PI) / 1.3) * Math.exp(0.49 / 2.6) * (0.7 / 1.3);
		expect(result.values[0]).toBeCloseTo(want, 9);
	});

	it("does not give a value to an integral that has none", () => {
		const result = evaluate(
			integral("u", real(), apply("exp", u)),
			mix.worldOf({}, {}),
			context,
		);
		expect(result.status).not.toBe("ok");
	});
});

// NumPy, with the matrices and vectors of the test above.
const gaussian1 = Math.sqrt((2 * Math.PI) / 1.3) * Math.exp(0.49 / 2.6);
const gaussian2 =
	((2 * Math.PI) / Math.sqrt(1.3 * 2.1 - 0.16)) *
	Math.exp(0.5 * quadraticForm2());
const gaussian3 = 18.34295510462494;

/** bᵀ A⁻¹ b for the 2 × 2 case, by Cramer's rule. */
function quadraticForm2(): number {
	const det = 1.3 * 2.1 - 0.4 ** 2;
	return (2.1 * 0.49 + 2 * 0.4 * 0.7 * -1.1 + 1.3 * 1.21) / det;
}

describe("the evidence of a mixture", () => {
	const { sigma, lambda, identity, mu, x, k, i } = mix;
	const prior = product(
		"k",
		"K",
		mix.normalPdf(
			mu(),
			{ kind: "tabulate", index: "e", size: "D", body: num(0) },
			mul(pow(sigma, 2), identity),
		),
	);
	const probabilities: Expr = {
		kind: "tabulate",
		index: "e",
		size: "K",
		body: pow({ kind: "size", name: "K" }, -1),
	};
	const labels = product("i", "N", {
		kind: "pdf",
		distribution: "Categorical",
		of: mix.c(),
		parameters: { probabilities },
	});
	const data = product(
		"i",
		"N",
		mix.normalPdf(x(), mu(mix.c()), mul(pow(lambda, 2), identity)),
	);
	const overC = (body: Expr) =>
		integral("c", { kind: "labels", size: "K" }, body, [
			{ index: "i", size: "N" },
		]);
	const overMu = (body: Expr) =>
		integral("mu", real(["D"]), body, [{ index: "k", size: "K" }]);
	const summed = product(
		"i",
		"N",
		sum(
			"k",
			"K",
			mul(
				pow({ kind: "size", name: "K" }, -1),
				mix.normalPdf(x(i), mu(k), mul(pow(lambda, 2), identity)),
			),
		),
	);

	const trees: [string, Expr][] = [
		["labels inside", overMu(mul(prior, overC(mul(labels, data))))],
		["labels outside", overC(mul(labels, overMu(mul(prior, data))))],
		["labels summed by hand", overMu(mul(prior, summed))],
	];
	// scipy: Σ_c K^{-N} Π_d N(x_{·d}; 0, σ² [c_i = c_j] + λ² I).
	const worlds: [
		string,
		number,
		Record<string, number>,
		Record<string, WorldValue>,
	][] = [
		[
			"N = 2, K = 2, D = 1",
			0.022647683064792534,
			{ N: 2, K: 2, D: 1 },
			{ x: [[0.7], [-1.3]], sigma: 2, lambda: 1.2 },
		],
		[
			"N = 2, K = 2, D = 2",
			0.00046658996463484585,
			{ N: 2, K: 2, D: 2 },
			{
				x: [
					[0.7, 0.4],
					[-1.3, 2.1],
				],
				sigma: 2,
				lambda: 1.2,
			},
		],
		[
			"N = 3, K = 3, D = 2",
			3.2587416495250126e-6,
			{ N: 3, K: 3, D: 2 },
			{
				x: [
					[0.7, 0.4],
					[-0.3, 0.1],
					[0.2, -0.6],
				],
				sigma: 10,
				lambda: 0.5,
			},
		],
	];
	it.each(
		trees.flatMap(([name, tree]) =>
			worlds.map((w) => [name, ...w, tree] as const),
		),
	)("%s, %s", (_, __, want, sizes, values, tree) => {
		const result = evaluate(tree, mix.worldOf(sizes, values), mix.context);
		expect(result.status).toBe("ok");
		expect((result.values[0] as number) / want).toBeCloseTo(1, 9);
	});

	it("keeps its value in many digits", async () => {
		const [, , sizes, values] = worlds[0] as (typeof worlds)[number];
		const tree = log((trees[1] as (typeof trees)[number])[1]);
		const precise = evaluatePrecisely(
			tree,
			mix.worldOf(sizes, values),
			mix.context,
			await decimals(40),
		);
		expect(precise.values[0]).toBeCloseTo(
			Math.log((worlds[0] as (typeof worlds)[number])[1]),
			9,
		);
	});
});
