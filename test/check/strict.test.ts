import { describe, expect, test } from "vitest";
import { stepsOf } from "./sheet.js";

const symbols =
	"x: real, y: real, a: positive, b: positive, c: nonnegative, n: count, P: 'posdef[D,D]', u: 'real[D]', p: 'simplex[K]', g: 'positive[K]'";

describe("> and < leave no equality", () => {
	test("a bound that is reached is no strict bound", async () => {
		const steps = await stepsOf(
			symbols,
			"c > 0",
			"x > x",
			"x^2 > 0",
			"n > 0",
			"u^\\top P u > 0",
			"K > 1",
			"p_k < 1",
			"\\log a < a - 1",
			"e^x > 1 + x",
			"a + \\frac1a > 2",
			"x^2 + y^2 > 2xy",
		);
		expect(steps.map((s) => s.verdict)).toEqual(steps.map(() => "refuted"));
	});

	test("what is above zero by its signs is proved", async () => {
		const steps = await stepsOf(
			symbols,
			"a > 0",
			"\\operatorname{tr}(P) > 0",
			"\\log(1+e^x) > x",
			"\\sigma(x) < 1",
			"1 + x^2 > 0",
			"\\log(a+b) > \\log a",
			"\\frac{a}{a+b} < 1",
			"1 + u^\\top P u > 0",
		);
		expect(steps.map((s) => s.verdict)).toEqual(steps.map(() => "proved"));
	});
});

test("a difference beyond the digits of doubles is a difference", async () => {
	const steps = await stepsOf(
		symbols,
		"0.1 + 0.2 = 0.30000000000000004",
		"\\frac13 = 0.3333333333333333",
		"\\sqrt2 = 1.4142135623730951",
		"x + 10^{-30} = x",
		"e^{10^{-9}x} = 1",
		"\\log(1 + 10^{-20} a) = 0",
		"\\psi(a) + 10^{-12} = \\psi(a)",
	);
	expect(steps.map((s) => s.verdict)).toEqual(steps.map(() => "refuted"));
});
