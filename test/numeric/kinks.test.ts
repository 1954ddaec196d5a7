import { describe, expect, test } from "vitest";
import { lastStep } from "../check/sheet.js";

const symbols = "g: real, h: real, s: positive, a: positive, b: positive";
const verdict = async (step: string) => (await lastStep(symbols, step)).verdict;

/** Absolute values in integrals and expectations: E|u − g| = s √(2/π), ∫ e^{−a|u|} du = 2/a, ∫ |u|³ e^{−u²/2} du = 4. */
describe("an integrand with a kink is integrated piece by piece", () => {
	test.each([
		"\\int |u - g|\\, \\mathcal N(u; g, s^2)\\, du = s \\sqrt{\\frac2\\pi}",
		"\\mathbb E_{u \\sim \\mathcal N(g, s^2)}[|u - g|] = s \\sqrt{\\frac2\\pi}",
		"\\mathbb E_{u \\sim \\mathcal N(g, s^2)}[\\max(u - g, 0)] = \\frac{s}{\\sqrt{2\\pi}}",
		"\\int e^{-a |u - g|}\\, du = \\frac2a",
		"\\int |u|^3 e^{-u^2/2}\\, du = 4",
		"\\int_0^1 |u - \\tfrac14|\\, du = \\frac{5}{16}",
	])("%s", async (step) => {
		expect(["proved", "agrees"]).toContain(await verdict(step));
	});

	test.each([
		"\\int |u - g|\\, \\mathcal N(u; g, s^2)\\, du = s \\sqrt{\\frac1\\pi}",
		"\\int |u - g|\\, \\mathcal N(u; g, s^2)\\, du = 0.7978 s",
		"\\mathbb E_{u \\sim \\mathcal N(g, s^2)}[|u - h|] \\le |g - h|",
		"\\int e^{-a |u - g|}\\, du = \\frac1a",
		"\\int_0^1 |u - \\tfrac14|\\, du = \\frac14",
	])("near-miss: %s", async (step) => {
		expect(await verdict(step)).toBe("refuted");
	});

	test("under several integrals nothing is decided", async () => {
		const step = "\\int\\int |u - v| e^{-u^2-v^2}\\, du\\, dv = \\sqrt{2\\pi}";
		expect(await verdict(step)).toBe("unread");
	});
});
