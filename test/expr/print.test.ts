import { describe, expect, test } from "vitest";
import {
	elaborateExpression,
	elaborateFormula,
	lexiconOf,
	type State,
} from "../../src/elaborate/index.js";
import { toLatex } from "../../src/expr/print/latex.js";
import { toText } from "../../src/expr/print/text.js";
import { readDisplay } from "../../src/latex/read.js";
import { mixture, stateOf } from "../elaborate/reading.js";

const state = stateOf({
	...mixture,
	symbols: { g: "real[N,N]", a: "real[N]" },
});

function formula(latex: string, from: State = state) {
	const options = { lexicon: lexiconOf(from), macros: {} };
	const side = readDisplay(latex, options).chains[0]?.links[0]?.side;
	if (!side) throw new Error(`not read: ${latex}`);
	return side;
}

describe("LaTeX that reads back", () => {
	const cases: readonly (readonly [string, string])[] = [
		["a fraction", "\\frac{a_{i}}{2 N}"],
		["two sums", "\\left(\\sum_{i=1}^{N} a_{i}\\right) \\prod_{j=1}^{N} a_{j}"],
		["a sum last", "N \\sum_{i=1}^{N} a_{i}"],
		["one left out", "\\sum_{j \\ne i} a_{j}"],
		["a bracket around a sum", "\\sum_{i=1}^{N} \\left(a_{i} + 1\\right)"],
		["signs", "a_{i} - \\frac{1}{2} \\left(a_{j} - 1\\right)"],
		["numbers side by side", "2 \\cdot 3^{N}"],
		["a power of a call", "\\left(\\log\\left(\\lambda\\right)\\right)^{2}"],
		[
			"vectors",
			"\\frac{1}{2 \\lambda^{2}} \\left(x_{i} - m_{k}\\right)^\\top \\left(x_{i} - m_{k}\\right)",
		],
		[
			"a density",
			"\\mathcal N\\left(\\mu_{k} \\mid 0, \\sigma^{2} I_{D}\\right)",
		],
		["an expectation", "\\mathbb{E}_{q}\\left[\\mu_{k}\\right]"],
		[
			"an expectation over the others",
			"\\mathbb{E}_{q(\\mu_{-k}) q(c)}\\left[\\mu_{k}\\right]",
		],
		[
			"a derivative",
			"\\frac{\\partial}{\\partial \\phi_{i,k}} \\left(\\phi_{i,k}^{2}\\right)",
		],
		["a chosen mean", "\\mu_{c_{i}}"],
		["an indicator", "\\mathbb{1}[c_{i} = k]"],
	];

	test.each(cases)("%s", (_name, latex) => {
		const { expr, context } = elaborateFormula(formula(latex), state);
		expect(toLatex(expr, context)).toBe(latex);
	});

	test("a renamed index gets a prime", () => {
		const { expr, context } = elaborateFormula(
			formula("a_i \\sum_i a_i"),
			state,
		);
		const latex = toLatex(expr, context);
		expect(latex).toBe("a_{i} \\sum_{i'=1}^{N} a_{i'}");
		const again = elaborateExpression(formula(latex), state);
		expect(toText(again)).toBe("a[i]*sum(i'=1..N, a[i'])");
	});
});
