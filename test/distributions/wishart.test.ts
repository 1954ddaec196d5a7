import { describe, expect, it } from "vitest";
import { distributionNamed } from "../../src/distributions/index.js";
import {
	logMultivariateGamma,
	multivariateGamma,
} from "../../src/distributions/multivariateGamma.js";
import {
	apply,
	log,
	matmul,
	mul,
	num,
	pow,
	symbol,
} from "../../src/expr/build.js";
import type { Expr, Factor } from "../../src/expr/tree.js";
import { evaluate, type WorldValue } from "../../src/numeric/index.js";
import * as mix from "../numeric/mixture.js";

const context = mix.contextOf([
	mix.info("W", "posdef", ["D", "D"]),
	mix.info("X", "posdef", ["D", "D"]),
	mix.info("L", "posdef", ["D", "D"]),
	mix.info("nu", "positive"),
	mix.info("x", "real", ["D"]),
]);
const [W, X, L] = ["W", "X", "L"].map((n) => symbol(n, [], ["D", "D"])) as [
	Expr,
	Expr,
	Expr,
];
const nu = symbol("nu");
const parameters = { scale: W, degrees: nu };

function value(tree: Expr, D: number, values: Record<string, WorldValue>) {
	const result = evaluate(tree, mix.worldOf({ D }, values), context);
	expect(result.status).toBe("ok");
	return result.values;
}

function mean(body: Expr, distribution: string): Expr {
	const law: Factor = {
		variable: "L",
		plates: [],
		distribution,
		parameters,
		shape: ["D", "D"],
		labels: null,
	};
	return mix.expect(body, [mix.bind(law)]);
}

const two = {
	W: [
		[1.2, 0.3],
		[0.3, 0.8],
	],
	X: [
		[1.7, -0.4],
		[-0.4, 2.1],
	],
	nu: 3.4,
};
const three = {
	W: [
		[1.2, 0.3, -0.2],
		[0.3, 0.8, 0.1],
		[-0.2, 0.1, 1.5],
	],
	X: [
		[1.7, -0.4, 0.3],
		[-0.4, 2.1, 0.2],
		[0.3, 0.2, 0.9],
	],
	nu: 5.5,
};

describe("densities of random matrices", () => {
	// scipy.stats.wishart and invwishart, logpdf.
	it.each([
		["Wishart", 2, two, -4.633611688646107],
		["Wishart", 3, three, -10.570395208334244],
		["InverseWishart", 2, two, -7.514213987877963],
		["InverseWishart", 3, three, -13.784618589567984],
	] as const)("%s of %i rows agrees with scipy", (name, D, world, want) => {
		const tree = distributionNamed(name).logDensity(X, parameters);
		expect(value(tree, D, world)[0]).toBeCloseTo(want, 10);
	});

	it("has the multivariate gamma function of scipy.special.multigammaln", () => {
		const [whole, logarithm] = [multivariateGamma, logMultivariateGamma].map(
			(f) => value(f(num("2.3"), "D"), 3, {})[0] as number,
		);
		expect(logarithm).toBeCloseTo(1.6920256013114983, 12);
		expect(Math.log(whole as number)).toBeCloseTo(1.6920256013114983, 12);
	});
});

describe("expectations by Bartlett's decomposition", () => {
	const determinant: Expr = { kind: "determinant", of: L };
	const inverse: Expr = { kind: "inverse", of: L };

	it("has E[log|Λ|] with its digamma functions", () => {
		// Σ ψ((ν + 1 − d)/2) + 3 log 2 + log|W| by scipy.
		const [found] = value(mean(log(determinant), "Wishart"), 3, three);
		expect(found).toBeCloseTo(3.9407047179693047, 9);
	});

	it("has E[Λ] = νW and E[Λ²] = ν(ν + 1)W² + ν tr(W) W", () => {
		const first = value(mean(L, "Wishart"), 3, three);
		const scaled = three.W.flat().map((w) => w * three.nu);
		first.forEach((x, i) => {
			expect(x).toBeCloseTo(scaled[i] as number, 9);
		});
		const square = value(mean(matmul(L, L), "Wishart"), 2, two);
		const want = value(
			mul(nu, {
				kind: "add",
				terms: [
					mul({ kind: "add", terms: [nu, num(1)] }, matmul(W, W)),
					mul({ kind: "trace", of: W }, W),
				],
			}),
			2,
			two,
		);
		square.forEach((x, i) => {
			expect(x).toBeCloseTo(want[i] as number, 8);
		});
	});

	it("has E[Λ⁻¹] = W⁻¹/(ν − D − 1), and none where ν ≤ D + 1", () => {
		const found = value(mean(inverse, "Wishart"), 3, three);
		// numpy.linalg.inv(W) / 1.5.
		expect(found[0]).toBeCloseTo(0.63517481, 7);
		expect(found[1]).toBeCloseTo(-0.25086736, 7);
		expect(found[8]).toBeCloseTo(0.4643715, 7);
		const none = evaluate(
			mean(inverse, "Wishart"),
			mix.worldOf({ D: 2 }, { ...two, nu: 2.6 }),
			context,
		);
		expect(none.status).not.toBe("ok");
	});

	it("has the moments of the determinant", () => {
		const root = mean(pow(determinant, num("1/2")), "Wishart");
		// 2^{3/2} |W|^{1/2} Γ_3(3.25)/Γ_3(2.75) by scipy.special.multigammaln.
		expect(value(root, 3, three)[0]).toBeCloseTo(8.767883459457456, 9);
	});

	it("takes an inverse Wishart as the inverse of a Wishart", () => {
		const covariance = value(mean(L, "InverseWishart"), 3, three);
		three.W.flat().forEach((psi, i) => {
			expect(covariance[i]).toBeCloseTo(psi / 1.5, 8);
		});
		const precision = value(mean(inverse, "InverseWishart"), 3, three);
		const [inverted] = value({ kind: "inverse", of: W }, 3, three);
		expect(precision[0]).toBeCloseTo(5.5 * (inverted as number), 8);
	});

	it("has a mean of log|Λ| that moves with the degrees of freedom by ψ′", () => {
		const body = mean(log(determinant), "Wishart");
		const slope = value(
			{ kind: "derivative", body, by: nu, order: 1 },
			2,
			two,
		)[0];
		const trigamma = (x: number) =>
			value(apply("trigamma", num(x)), 2, two)[0] as number;
		expect(slope).toBeCloseTo((trigamma(1.7) + trigamma(1.2)) / 2, 7);
	});
});
