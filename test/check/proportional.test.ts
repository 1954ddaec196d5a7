import { describe, expect, test } from "vitest";
import { lastStep } from "./sheet.js";

const symbols =
	"r: 'simplex[N,K]', x: 'real[N]', g: 'positive[K]', a: real, b: positive";

describe("a factor of proportionality is finite and positive", () => {
	test.each([
		["r_{ik} \\propto b r_{ik}", "proved"],
		["r_{ik} \\propto e^{-a} r_{ik}", "proved"],
		["r_{ik} \\propto \\frac{r_{ik}}{1 + x_i^2}", "proved"],
		["-g_k \\propto -b g_k \\quad \\text{(w.r.t. } g\\text{)}", "proved"],
		["r_{ik} \\propto -r_{ik}", "refuted"],
		["-b g_k \\propto g_k \\quad \\text{(w.r.t. } g\\text{)}", "refuted"],
		["r_{ik} \\propto a r_{ik}", "refuted"],
		["r_{ik} \\propto \\frac{r_{ik}}{1 - x_i^2}", "refuted"],
		["r_{ik} \\propto 0", "refuted"],
		["0 \\propto r_{ik}", "refuted"],
		["g_k \\propto g_k - 1 \\quad \\text{(w.r.t. } g\\text{)}", "refuted"],
	])("%s is %s", async (step, verdict) => {
		expect((await lastStep(symbols, step)).verdict).toBe(verdict);
	});

	test("the reason says so", async () => {
		const { reason } = await lastStep(symbols, "r_{ik} \\propto -r_{ik}");
		expect(reason).toBe("the factor between the sides is not positive");
	});
});
