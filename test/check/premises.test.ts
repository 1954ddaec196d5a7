import { describe, expect, test } from "vitest";
import { lastStep } from "./sheet.js";

const symbols =
	"x: real, y: real, c: real, t: positive, s: positive, f: 'real[N]', g: 'real[N]', w: 'simplex[K]', h: 'real[K]'";

/** Each has values for which the left holds and the right does not. */
describe("a conclusion fails where its premise holds", () => {
	test.each([
		["x c = y c \\implies x = y", "c = 0"],
		["x y = 0 \\implies x = 0", "y = 0"],
		[
			"\\sum_{i=1}^N f_i = \\sum_{i=1}^N g_i \\implies f_i = g_i",
			"a sum says little of its terms",
		],
		[
			"\\sum_{k=1}^K w_k h_k = 0 \\implies h_k = 0",
			"h = (w_2, −w_1) for K = 2",
		],
		["x \\le y \\implies x^2 \\le y^2", "x = −2, y = 1"],
		["t \\le s \\implies \\frac1t \\le \\frac1s", "t = 1, s = 2"],
		["t = s^2 \\iff s = -\\sqrt t", "s is positive"],
		["x = c^2 \\iff c = \\sqrt x", "c = −1"],
		["x = y \\iff x^2 = y^2", "x = −y"],
		["x^3 = y^3 + 1 \\implies x = y + 1", "x = 1, y = 0 alone"],
	])("%s: %s", async (step) => {
		expect((await lastStep(symbols, step)).verdict).toBe("refuted");
	});
});

describe("a conclusion holds wherever its premise does", () => {
	test.each([
		"x y = 0 \\implies x^2 y = 0",
		"t \\le s \\implies t^2 \\le s^2",
		"t \\le s \\implies \\frac1t \\ge \\frac1s",
		"\\frac{\\partial}{\\partial x} x^3 = 3 x^2 = 0 \\implies x = 0",
		"x^3 = y^3 \\implies x = y",
		"f_i = g_i \\implies \\sum_{i=1}^N f_i = \\sum_{i=1}^N g_i",
		"f_i = g_i \\implies f_i^2 + x = g_i^2 + x",
		"c f_i = c g_i \\implies c^2 f_i = c^2 g_i",
	])("%s", async (step) => {
		expect(["proved", "agrees"]).toContain(
			(await lastStep(symbols, step)).verdict,
		);
	});

	test("where no values make the premise hold, nothing is said", async () => {
		const step = await lastStep(symbols, "x^2 + 1 = 0 \\implies x = y");
		expect(step.verdict).not.toBe("proved");
		expect(step.verdict).not.toBe("agrees");
	});
});
