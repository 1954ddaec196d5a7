import { describe, expect, test } from "vitest";
import { lastStep, stepsOf } from "./sheet.js";

const symbols =
	"u: real, v: real, c: real, a: 'real[N]', t: positive, s: positive, r: 'positive[N]', " +
	"A: 'posdef[D,D]', B: 'real[D,D]', w: 'real[D]', b: 'real[D]', " +
	"phi: 'simplex[N,K]', g: 'real[N,K]', eta: 'real[N]'";

/** ∂f/∂by = slope = 0 in one display, the conclusion in the next; both are the reader's, so each is checked by hand. */
async function concluded(condition: string, conclusion: string) {
	return (await lastStep(symbols, condition, conclusion)).verdict;
}

describe("a condition is given, and what leads to it is checked", () => {
	test("the slope before = 0 is a claim of its own", async () => {
		const [slope, zero] = await stepsOf(
			symbols,
			"\\frac{\\partial}{\\partial u} (u^2 - c u) = u - c = 0",
		);
		expect(slope?.verdict).toBe("refuted");
		expect(zero?.verdict).toBe("given");
	});
});

describe("conclusions", () => {
	const cubic = (name: string) =>
		`\\frac{\\partial}{\\partial ${name}}\\Big(\\frac{${name}^3}{3} - 4 ${name}\\Big) = ${name}^2 - 4 = 0`;
	const line =
		"\\frac{\\partial}{\\partial u}\\Big(c u - \\frac t2 u^2\\Big) = c - t u = 0";
	const anySlope =
		"\\frac{\\partial}{\\partial u}\\Big(c u - \\frac v2 u^2\\Big) = c - v u = 0";
	const spread =
		"\\frac{\\partial}{\\partial s}\\Big(-\\frac{c^2 + 1}{2 s^2} - \\log s\\Big) = \\frac{c^2 + 1}{s^3} - \\frac1s = 0";
	const weighted =
		"\\frac{\\partial}{\\partial u} \\sum_{i=1}^N r_i (a_i - u)^2 = -2 \\sum_{i=1}^N r_i (a_i - u) = 0";
	const quadratic =
		"\\nabla_w \\Big(b^\\top w - \\frac12 w^\\top A w\\Big) = b - A w = 0";
	test.each([
		// A square has two roots, of which a positive variable keeps one.
		[cubic("t"), "t = 2", ["proved"]],
		[cubic("t"), "t = 4", ["refuted"]],
		[cubic("u"), "u = 2", ["refuted"]],
		[cubic("u"), "u = -2", ["refuted"]],
		[line, "u = \\frac ct", ["proved"]],
		[line, "u = \\frac tc", ["refuted"]],
		// v may be 0, so that c/v is not surely the only root.
		[anySlope, "u = \\frac cv", ["agrees", "proved"]],
		[anySlope, "u = \\frac vc", ["refuted"]],
		[spread, "s^2 = c^2 + 1", ["proved"]],
		[spread, "s = \\sqrt{c^2 + 1}", ["proved"]],
		[spread, "s = c^2 + 1", ["refuted"]],
		[
			weighted,
			"u = \\frac{\\sum_{i=1}^N r_i a_i}{\\sum_{i=1}^N r_i}",
			["proved"],
		],
		[weighted, "u = \\frac1N \\sum_{i=1}^N a_i", ["refuted"]],
		[quadratic, "w = A^{-1} b", ["agrees", "proved"]],
		[quadratic, "w = A b", ["refuted"]],
		[quadratic, "w = -A^{-1} b", ["refuted"]],
	])("%s, then %s", async (condition, conclusion, verdicts) => {
		expect(verdicts).toContain(await concluded(condition, conclusion));
	});

	test("a root outside of the variable's domain is none", async () => {
		const condition =
			"\\frac{\\partial}{\\partial t}\\Big(\\frac{t^2}{2} + t\\Big) = t + 1 = 0";
		expect(await concluded(condition, "t = -1")).not.toBe("proved");
	});

	test("a condition is about its own variable at its own subscripts", async () => {
		const condition =
			"\\frac{\\partial}{\\partial a_i} \\sum_{j=1}^N r_j (a_j - u)^2 = 2 r_i (a_i - u) = 0";
		expect(await concluded(condition, "a_i = u")).toBe("proved");
		expect(await concluded(condition, "a_i = 2 u")).toBe("refuted");
		expect(await concluded(condition, "c = u")).toBe("refuted");
	});

	test("a condition ends with its passage", async () => {
		const text = [line, "u = \\frac ct"];
		const apart = `::: derivation\n$$ ${text[0]} $$\n:::\n\n::: derivation\n$$ ${text[1]} $$\n:::`;
		const { checkSheet } = await import("../../src/check/check.js");
		const { steps } = await checkSheet(
			`---\nsymbols: {${symbols}}\n---\n\n${apart}\n`,
			"test.md",
			{ hints: "where" },
		);
		expect(steps.at(-1)?.verdict).toBe("refuted");
	});
});

describe("a row of a simplex, with a multiplier", () => {
	const condition =
		"\\frac{\\partial}{\\partial \\phi_{ik}} \\Big( \\sum_{i=1}^N \\sum_{k=1}^K \\phi_{ik} (g_{ik} - \\log \\phi_{ik}) + \\sum_{i=1}^N \\eta_i \\big(\\sum_{k=1}^K \\phi_{ik} - 1\\big) \\Big) = g_{ik} - \\log \\phi_{ik} - 1 + \\eta_i = 0";
	test.each([
		["\\phi_{ik} = \\frac{e^{g_{ik}}}{\\sum_{l=1}^K e^{g_{il}}}", "proved"],
		["\\phi_{ik} \\propto e^{g_{ik}}", "proved"],
		["\\log \\phi_{ik} = g_{ik} + \\text{const}", "proved"],
		["\\phi_{ik} = e^{g_{ik} - 1 + \\eta_i}", "proved"],
		["\\phi_{ik} = e^{g_{ik}}", "refuted"],
		["\\phi_{ik} \\propto e^{2 g_{ik}}", "refuted"],
		["\\phi_{ik} = \\frac{e^{-g_{ik}}}{\\sum_{l=1}^K e^{-g_{il}}}", "refuted"],
		["\\phi_{ik} = \\frac{e^{g_{ik}}}{\\sum_{j=1}^N e^{g_{jk}}}", "refuted"],
	])("%s is %s", async (conclusion, verdict) => {
		expect(await concluded(condition, conclusion)).toBe(verdict);
	});
});
