import { describe, expect, test } from "vitest";
import { lastStep } from "./sheet.js";

const symbols = "a: positive, b: positive, s: positive, m: real";

/** Integrals from tables (DLMF 5.2.1, 5.9.1, 5.12.1; Abramowitz & Stegun 7.4), each with a near miss. */
describe("integrals of densities and of what they are made of", () => {
	test.each([
		[
			"\\int_0^\\infty x^{a-1} e^{-bx} dx",
			"\\frac{\\Gamma(a)}{b^a}",
			"\\frac{\\Gamma(a)}{b}",
		],
		[
			"\\int_0^1 x^{a-1} (1-x)^{b-1} dx",
			"\\frac{\\Gamma(a)\\Gamma(b)}{\\Gamma(a+b)}",
			"\\frac{\\Gamma(a)\\Gamma(b)}{\\Gamma(a+b+1)}",
		],
		[
			"\\int_{-\\infty}^\\infty e^{-\\frac12 x^2 + m x} dx",
			"\\sqrt{2\\pi}\\, e^{m^2/2}",
			"\\sqrt{2\\pi}\\, e^{m^2}",
		],
		["\\int_0^\\infty b e^{-bx} x \\, dx", "\\frac1b", "b"],
		["\\int_0^\\infty b e^{-bx} x^2 \\, dx", "\\frac2{b^2}", "\\frac1{b^2}"],
		["\\int \\mathcal N(x \\mid m, s^2) x^2 dx", "m^2 + s^2", "m^2 - s^2"],
		[
			"\\int_0^\\infty x^{a-1} e^{-bx} \\log x \\, dx",
			"\\frac{\\Gamma(a)}{b^a} (\\psi(a) - \\log b)",
			"\\frac{\\Gamma(a)}{b^a} (\\psi(a) - b)",
		],
	])("%s", async (integral, value, nearMiss) => {
		const right = await lastStep(symbols, `${integral} = ${value}`);
		expect(["proved", "agrees"]).toContain(right.verdict);
		const wrong = await lastStep(symbols, `${integral} = ${nearMiss}`);
		expect(wrong.verdict).toBe("refuted");
	});
});

describe("integrals that a normaliser and a moment give are proved", () => {
	test.each([
		"\\int_0^\\infty x^{a-1} e^{-bx} dx = \\frac{\\Gamma(a)}{b^a}",
		"\\int_0^1 x^{a-1} (1-x)^{b-1} dx = \\frac{\\Gamma(a)\\Gamma(b)}{\\Gamma(a+b)}",
		"\\int_0^1 x^{a-1} (1-x)^{b-1} \\log(1-x) \\, dx = \\frac{\\Gamma(a)\\Gamma(b)}{\\Gamma(a+b)} (\\psi(b) - \\psi(a+b))",
		"\\int_0^1 v \\, \\mathrm{Beta}(v \\mid a, b) dv = \\frac{a}{a+b}",
		"\\int_0^\\infty \\mathrm{Gamma}(x \\mid a, b) \\log x \\, dx = \\psi(a) - \\log b",
		"\\int \\mathcal N(x \\mid m, s^2) x^2 dx = m^2 + s^2",
		"\\int e^{-\\frac12 x^2 + m x} x \\, dx = m \\sqrt{2\\pi}\\, e^{m^2/2}",
	])("%s", async (step) => {
		expect((await lastStep(symbols, step)).verdict).toBe("proved");
	});

	// Γ(a − 1) b^{1−a} only where a > 1; below, the integral has no value.
	test("one that need not converge is not", async () => {
		const step =
			"\\int_0^\\infty x^{a-2} e^{-bx} dx = \\frac{\\Gamma(a - 1)}{b^{a-1}}";
		expect((await lastStep(symbols, step)).verdict).not.toBe("proved");
	});
});
