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
		[
			"Laplace",
			num(0.4),
			{ location: num(-0.3), scale: num(1.7) },
			-1.6355401375044685,
		],
		[
			"StudentT",
			num(0.4),
			{ location: num(-0.3), scaleSquared: num(1.7), degrees: num(3.5) },
			-1.4328466880477155,
		],
		[
			"Multinomial",
			column(1, 0, 3),
			{ trials: num(4), probabilities: columns.probabilities },
			-Math.LN10,
		],
		["Uniform", num(0.4), { lower: num(-0.3), upper: num(1.7) }, -Math.LN2],
		[
			"Binomial",
			num(2),
			{ trials: num(5), probability: num(0.3) },
			-1.1753853474740241,
		],
		[
			"InverseGamma",
			num(1.7),
			{ shape: num(2.3), scale: num(0.8) },
			-2.889081086781593,
		],
		["Poisson", num(4), { rate: num(2.6) }, -1.9560080502382005],
	];
	it.each(cases)("%s agrees with scipy", (name, x, parameters, want) => {
		const tree = distributionNamed(name).logDensity(x, parameters);
		expect(
			evaluate(tree, worldOf({}, {}), contextOf([])).values[0],
		).toBeCloseTo(want, 12);
	});
});

const spelled = (name: string) => ({ name, style: "upright", subscripts: 0 });

describe("supports that move with the parameters", () => {
	const within = (name: string, x: Expr, parameters: Record<string, Expr>) => {
		const tree = distributionNamed(name).within?.(x, parameters) as Expr;
		return evaluate(tree, worldOf({}, {}), contextOf([])).values[0];
	};

	it.each([
		[0.4, 1],
		[-0.4, 0],
		[1.8, 0],
	])("a Uniform on −0.3 … 1.7 at %d", (x, want) => {
		const parameters = { lower: num(-0.3), upper: num(1.7) };
		expect(within("Uniform", num(x), parameters)).toBe(want);
	});

	it.each([
		[[1, 0, 3], 1],
		[[1, 0, 2], 0],
		[[1, 1, 3], 0],
	])("a Multinomial of 4 draws at %j", (counts, want) => {
		const parameters = {
			trials: num(4),
			probabilities: columns.probabilities,
		};
		expect(within("Multinomial", column(...counts), parameters)).toBe(want);
	});
});

describe("parameters as written", () => {
	it("are found by name", () => {
		expect(
			distributionCalled(spelled("Gam"), 2)?.readParameters(
				[num(2), num(3)],
				[],
			),
		).toEqual({ shape: num(2), rate: num(3) });
		expect(
			distributionCalled(spelled("Dir"), 1)?.readParameters([num(2)], ["K"])
				.concentration?.kind,
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

describe("names", () => {
	const named = (
		name: string,
		args: number,
		style = "upright",
		subscripts = 0,
	) => distributionCalled({ name, style, subscripts }, args)?.name ?? null;

	it.each([
		["Unif", 2, "Uniform"],
		["U", 2, "Uniform"],
		["Lap", 2, "Laplace"],
		["St", 3, "StudentT"],
		["Student", 1, "StudentT"],
		["Mult", 2, "Multinomial"],
		["Mult", 1, "Categorical"],
		["Multinomial", 1, "Categorical"],
	])("%s with %d arguments is a %s", (name, args, want) => {
		expect(named(name, args)).toBe(want);
	});

	it("a T is a Student t if it is calligraphic, a t if it has its degrees of freedom below", () => {
		expect(named("T", 3, "cal")).toBe("StudentT");
		expect(named("T", 3, "italic")).toBeNull();
		expect(named("t", 3, "italic", 1)).toBe("StudentT");
		expect(named("t", 3, "italic")).toBeNull();
	});

	it("St has a precision, t and T the square of a scale", () => {
		const read = (name: string, subscripts: number) =>
			distributionNamed("StudentT").readParameters(
				[num(2), num(3), num(5)],
				[],
				{ name, style: "upright", subscripts },
			);
		expect(read("T", 0)).toEqual({
			location: num(2),
			scaleSquared: num(3),
			degrees: num(5),
		});
		expect(read("t", 1)).toEqual({
			location: num(3),
			scaleSquared: num(5),
			degrees: num(2),
		});
		expect(read("St", 0).scaleSquared?.kind).toBe("pow");
	});
});
