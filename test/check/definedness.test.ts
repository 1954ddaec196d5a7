import { describe, expect, test } from "vitest";
import { lastStep } from "./sheet.js";

const symbols =
	"u: real, v: real, t: positive, p: probability, b: real[N], r: positive[N]";
const right = ["proved", "agrees"];

describe("one side undefined on an open set refutes, though the normal forms coincide", () => {
	test.each([
		["\\sqrt{u}^2 = u", "u < 0 has no real root"],
		["e^{\\log u} = u", "u < 0 has no logarithm"],
		["e^{2 \\log u} = u^2", "u < 0 has no logarithm"],
		["\\log u^2 = 2 \\log u", "u < 0 has no logarithm"],
		["\\log(uv) = \\log u + \\log v", "u, v < 0"],
		["\\log \\prod_{i=1}^N b_i = \\sum_{i=1}^N \\log b_i", "two negative b"],
		["\\sqrt{uv} = \\sqrt u \\sqrt v", "u, v < 0"],
		["(u^2)^{1/2} = \\sqrt{u}^2", "u < 0"],
	])("%s: %s", async (step) => {
		expect((await lastStep(symbols, step)).verdict).toBe("refuted");
	});
});

describe("signs: roots of squares are sizes", () => {
	test.each([
		["\\sqrt{u^2} = |u|", true],
		["\\sqrt{u^2} = u", false],
		["\\sqrt{u^2 v^2} = |u v|", true],
		["\\sqrt{u^2 v^2} = u v", false],
		["(u^2)^{3/2} = |u|^3", true],
		["(u^2)^{3/2} = u^3", false],
		["\\sqrt{t u^2} = \\sqrt t \\, |u|", true],
		["|u + v| = |u| + |v|", false],
		["|u| |v| = |u v|", true],
		["\\log u^2 = 2 \\log |u|", true],
	])("%s is %s", async (step, isTrue) => {
		const { verdict } = await lastStep(symbols, step);
		if (isTrue) expect(right).toContain(verdict);
		else expect(verdict).toBe("refuted");
	});
});

describe("a zero of a denominator decides nothing", () => {
	test.each([
		"\\frac{u^2 - v^2}{u - v} = u + v",
		"\\frac{t u}{u} = t",
		"\\log(1 - p) + \\log p = \\log(p - p^2)",
		"\\frac{N (N - 1)}{N - 1} \\sum_{i=1}^N r_i = N \\sum_{i=1}^N r_i",
	])("%s", async (step) => {
		expect(right).toContain((await lastStep(symbols, step)).verdict);
	});
});

test("an integral that diverges where the other side is undefined decides nothing", async () => {
	const step =
		"\\mathbb E_{x \\sim \\mathrm{Gam}(a, b)}[e^{t x}] = \\Big(\\frac{b}{b - t}\\Big)^a";
	const declared = "a: positive, b: positive, t: positive";
	expect((await lastStep(declared, step)).verdict).toBe("agrees");
	const wrong = step.replace("b - t", "b + t");
	expect((await lastStep(declared, wrong)).verdict).toBe("refuted");
});
