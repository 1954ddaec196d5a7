import { describe, expect, test } from "vitest";
import { lastStep, stepsOf } from "./sheet.js";

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

describe("equations side by side before an arrow are premises, those behind it conclusions", () => {
	const verdicts = async (display: string) =>
		(await stepsOf("x: real, y: real, z: real, a: positive", display)).map(
			(s) => s.verdict,
		);

	test.each([
		["x = 1,\\; y = 2 \\implies x + y = 3"],
		["x = 1 \\text{ and } y = 2 \\implies x + y = 3"],
		["x = y,\\quad y = z \\implies x = z"],
		["z = y + 1,\\; y = x + 1,\\; x = 1 \\implies z = 3"],
	])("%s", async (display) => {
		expect(await verdicts(display)).toEqual(["proved"]);
	});

	test("several conclusions are steps of their own", async () => {
		expect(
			await verdicts("x = 1,\\; y = 2 \\implies x + y = 3,\\quad x y = 3"),
		).toEqual(["proved", "refuted"]);
	});

	test("two equations for two numbers have one solution", async () => {
		const system = "x + y = 3,\\quad x - y = 1 \\implies";
		expect(await verdicts(`${system} x = 2,\\quad y = 1`)).toEqual([
			"agrees",
			"agrees",
		]);
		expect(await verdicts(`${system} x = 1`)).toEqual(["refuted"]);
	});

	test.each([
		["x = 1,\\; y = 2 \\implies x + y = 4", "refuted"],
		["x = y,\\quad y = z \\implies x = 2 z", "refuted"],
		["a x = y,\\quad a = 2 \\implies x = y", "refuted"],
		["x = 1,\\quad x = 2 \\implies y = 5", "unread"],
	])("near-miss: %s is %s", async (display, verdict) => {
		expect(await verdicts(display)).toEqual([verdict]);
	});

	test("without an arrow they are claims", async () => {
		expect(await verdicts("x = 1,\\quad y = 2")).toEqual([
			"refuted",
			"refuted",
		]);
	});
});
