import { describe, expect, it } from "vitest";
import { extentOf } from "../../src/site/formula/extent.js";

describe("extentOf", () => {
	// Widths as KaTeX 0.19 sets them in a browser, in em.
	it.each([
		["a", 0.53],
		[
			String.raw`= y_n^2 - 2 y_n m^\top x_n + x_n^\top \left(m m^\top + S\right) x_n`,
			17.7,
		],
		[
			String.raw`q(w, \tau, \alpha) = \mathcal N(w \mid m, S)\, \mathrm{Gamma}(\tau \mid a, b)\, \mathrm{Gamma}(\alpha \mid c, d)`,
			27.7,
		],
	])("is within a fourth of the width of %s", (source, width) => {
		expect(Math.abs(extentOf(source) / width - 1)).toBeLessThan(0.25);
	});

	it("takes the longer part of a fraction, and of what stands above and below", () => {
		expect(extentOf(String.raw`\frac{a+b+c}{d}`)).toBeCloseTo(
			extentOf("a+b+c") + 0.25,
		);
		expect(extentOf("x_{i}^2")).toBeCloseTo(extentOf("x_{i}"));
		expect(extentOf(String.raw`\sum_{i}`)).toBeCloseTo(
			extentOf(String.raw`\sum`),
		);
	});

	it("ends whatever is written", () => {
		for (const source of ["}", "{", "\\", "\\frac", "^", "x_", "\\frac{a", ""])
			expect(extentOf(source)).toBeGreaterThanOrEqual(0);
	});
});
