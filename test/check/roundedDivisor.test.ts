import { expect, test } from "vitest";
import { add, div, exp, neg, num, sub, symbol } from "../../src/expr/build.js";
import { evaluate } from "../../src/numeric/index.js";
import { context, worldOf } from "../numeric/mixture.js";
import { lastStep } from "./sheet.js";

const symbols = "a: positive, b: positive";
const law = "x \\sim \\mathrm{Beta}(a, b)";

// Near x = 1 both 1 − x² and 1 − (2x − x) round to 0.
test.each([
	[
		`\\mathbb E_{${law}}\\Big[\\frac{1 - x}{1 - x^2}\\Big]`,
		`\\mathbb E_{${law}}\\Big[\\frac{1}{1 + x}\\Big]`,
		`\\mathbb E_{${law}}\\Big[\\frac{1}{1 - x}\\Big]`,
	],
	[
		`\\mathbb E_{${law}}\\Big[\\log\\frac{x}{1 - (2 x - x)}\\Big]`,
		"\\psi(a) - \\psi(b)",
		"\\psi(b) - \\psi(a)",
	],
])("%s = %s is not refuted", async (left, right, nearMiss) => {
	expect((await lastStep(symbols, `${left} = ${right}`)).verdict).not.toBe(
		"refuted",
	);
	expect((await lastStep(symbols, `${left} = ${nearMiss}`)).verdict).not.toBe(
		"proved",
	);
});

test("an exact 0 below is none of rounding: 1 − [k = l] at k = l", async () => {
	const step = "h_k (1 - \\mathbb 1[k = l]) = h_k (1 - \\mathbb 1[k = l])^{-1}";
	expect((await lastStep("h: 'real[K]'", step)).verdict).toBe("refuted");
});

// At λ = 93 the difference 1 − 1/(1 + e^{−λ}) is 4e-41, which is 0 in doubles and in forty digits.
test("a denominator that functions round to 0 has no value, and is not undefined", () => {
	const world = worldOf({}, { lambda: 93 }, {});
	const lambda = symbol("lambda");
	const logistic = div(num(1), add(num(1), exp(neg(lambda))));
	const odds = div(logistic, sub(num(1), logistic));
	expect(evaluate(odds, world, context).status).toBe("undecided");
	const exact = div(num(1), sub(lambda, num(93)));
	expect(evaluate(exact, world, context).status).toBe("undefined");
});
