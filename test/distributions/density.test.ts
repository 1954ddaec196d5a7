import { describe, expect, it } from "vitest";
import {
	distributionCalled,
	distributionNamed,
} from "../../src/distributions/index.js";
import { add, index, mul, num } from "../../src/expr/build.js";
import type { Expr } from "../../src/expr/tree.js";
import { evaluate } from "../../src/numeric/index.js";
import { Problem } from "../../src/problem.js";
import { contextOf, worldOf } from "../numeric/mixture.js";

/** A column of numbers, by deltas. */
function column(...entries: number[]): Expr {
	const at = index("e");
	const body = add(
		...entries.map((x, i) =>
			mul(
				{ kind: "indicator", comparison: "=", left: at, right: num(i + 1) },
				num(x),
			),
		),
	);
	return { kind: "tabulate", index: "e", size: entries.length, body };
}

const columns = {
	mean: column(-0.3, 0.5),
	concentration: column(1.2, 0.7, 2.9),
	probabilities: column(0.2, 0.3, 0.5),
};
const isotropic: Expr = mul(num(1.7), { kind: "identity", size: 2 });

describe("log densities", () => {
	// scipy.stats: logpdf and logpmf.
	const cases: [string, Expr, Record<string, Expr>, number][] = [
		[
			"Normal",
			num(0.4),
			{ mean: num(-0.3), covariance: num(1.7) },
			-1.3283703057945813,
		],
		[
			"Normal",
			column(0.4, -1.2),
			{ mean: columns.mean, covariance: isotropic },
			-3.362622964530339,
		],
		[
			"Categorical",
			num(2),
			{ probabilities: columns.probabilities },
			-1.2039728043259361,
		],
		[
			"Gamma",
			num(1.7),
			{ shape: num(2.3), rate: num(0.8) },
			-1.3376028966014915,
		],
		["Exponential", num(1.7), { rate: num(0.8) }, -1.5831435513142096],
		["Beta", num(0.3), { a: num(2.5), b: num(1.4) }, -0.44611879312320535],
		[
			"Dirichlet",
			column(0.2, 0.3, 0.5),
			{ concentration: columns.concentration },
			0.8252851248706476,
		],
		["Bernoulli", num(1), { probability: num(0.3) }, -1.2039728043259361],
		["Bernoulli", num(0), { probability: num(0.3) }, -0.35667494393873245],
		["Poisson", num(4), { rate: num(2.6) }, -1.9560080502382005],
	];
	it.each(cases)("%s agrees with scipy", (name, x, parameters, want) => {
		const tree = distributionNamed(name).logDensity(x, parameters);
		expect(
			evaluate(tree, worldOf({}, {}), contextOf([])).values[0],
		).toBeCloseTo(want, 12);
	});
});

describe("parameters as written", () => {
	it("are found by name", () => {
		expect(
			distributionCalled("Gam")?.readParameters([num(2), num(3)], []),
		).toEqual({ shape: num(2), rate: num(3) });
		expect(
			distributionCalled("Dir")?.readParameters([num(2)], ["K"]).concentration
				?.kind,
		).toBe("tabulate");
	});

	it.each([
		["Gamma", [num(1)]],
		["Beta", [num(1)]],
		["Poisson", [num(1), num(2)]],
		["Bernoulli", [columns.probabilities]],
		["Dirichlet", [num(1), num(2)]],
	] as [string, Expr[]][])(
		"%s refuses the wrong number or shape",
		(name, args) => {
			expect(() => distributionNamed(name).readParameters(args, [])).toThrow(
				Problem,
			);
		},
	);
});
