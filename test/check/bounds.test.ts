import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { lastStep } from "./sheet.js";

const symbols =
	"u: real, v: real, t: positive, s: positive, p: probability, a: 'real[N]', r: 'positive[N]', " +
	"w: 'simplex[K]', y: 'real[K]', A: 'posdef[D,D]', x: 'real[D]', z: 'real[D]'";
const right = ["proved", "agrees"];

describe("inequalities between numbers and their near-misses", () => {
	test.each([
		["u^2 + v^2 \\ge 2 u v", "u^2 + v^2 \\ge 2.01 u v", "u = v"],
		["t + \\frac1t \\ge 2", "t + \\frac1t \\ge 2.01", "t = 1"],
		["\\log t \\le t - 1", "\\log t \\le t - 1.001", "t = 1"],
		["\\log t \\ge 1 - \\frac1t", "\\log t \\ge 1 - t", "t small"],
		["e^u \\ge 1 + u", "e^u \\ge 1 + 2u", "u = 1"],
		["p (1 - p) \\le \\frac14", "p (1 - p) \\le \\frac15", "p = 1/2"],
		[
			"\\sqrt{ts} \\le \\frac{t + s}2",
			"\\sqrt{ts} \\ge \\frac{t + s}2",
			"AM–GM",
		],
		[
			"\\sum_{i=1}^N a_i^2 \\ge \\frac1N \\Big(\\sum_{i=1}^N a_i\\Big)^2",
			"\\sum_{i=1}^N a_i^2 \\ge \\Big(\\sum_{i=1}^N a_i\\Big)^2",
			"equal a",
		],
		[
			"(x^\\top z)^2 \\le x^\\top x \\, z^\\top z",
			"(x^\\top z)^2 \\le 0.9 x^\\top x \\, z^\\top z",
			"D = 1",
		],
		["x^\\top A x \\ge 0", "x^\\top A z \\ge 0", "z = −x"],
	])("%s, not %s: %s", async (holds, fails) => {
		expect(right).toContain((await lastStep(symbols, holds)).verdict);
		expect((await lastStep(symbols, fails)).verdict).toBe("refuted");
	});
});

describe("Jensen, both ways", () => {
	test.each([
		["\\log \\sum_{k=1}^K w_k e^{y_k}", "\\sum_{k=1}^K w_k y_k"],
		["\\sum_{k=1}^K w_k y_k^2", "\\Big(\\sum_{k=1}^K w_k y_k\\Big)^2"],
		["1", "\\sum_{k=1}^K w_k^2"],
		["\\sum_{k=1}^K w_k^2", "\\frac1K"],
		["\\log K", "-\\sum_{k=1}^K w_k \\log w_k"],
	])("%s ≥ %s", async (large, small) => {
		const up = await lastStep(symbols, `${large} \\ge ${small}`);
		const down = await lastStep(symbols, `${large} \\le ${small}`);
		expect(right).toContain(up.verdict);
		expect(down.verdict).toBe("refuted");
	});

	// For w near a corner the entropy is near 0 and Σ w² near 1.
	test.each([
		"-\\sum_{k=1}^K w_k \\log w_k \\ge 0.1 \\log K",
		"\\sum_{k=1}^K w_k^2 \\le 0.96",
	])("%s fails near a corner of the simplex", async (step) => {
		expect((await lastStep(symbols, step)).verdict).toBe("refuted");
	});
});

describe("densities are no masses", () => {
	const elbo = "\\int q(z) \\log \\frac{p(x, z)}{q(z)} \\, dz";
	test.each([
		`\\log p(x) \\ge ${elbo}`,
		"\\mathrm{KL}(q(z) \\| p(z)) \\ge 0",
		"\\mathrm{KL}(q(z, y) \\| p(z, y)) \\ge \\mathrm{KL}(q(z) \\| p(z))",
		"\\sum_z q(z) \\log q(z) \\le 0",
		"\\sum_z p(z) \\log p(z) \\ge \\sum_z p(z) \\log q(z)",
		"\\log \\mathbb E_{q(z)}[f(z)] \\ge \\mathbb E_{q(z)}[\\log f(z)]",
	])("%s", async (step) => {
		expect(right).toContain((await lastStep("", step)).verdict);
	});
	test.each([
		`\\log p(x) \\le ${elbo}`,
		"\\int q(z) \\log q(z) \\, dz \\le 0",
		"\\int q(z) \\log \\frac{q(z)}{p(x, z)} \\, dz \\ge 0",
		"\\log p(x) \\le 0",
		"\\log p(x) \\le 1",
		"\\mathrm{KL}(q(z) \\| p(z)) \\ge \\mathrm{KL}(p(z) \\| q(z))",
		"\\mathrm{KL}(q(z) \\| p(z)) \\le 1",
		"\\sum_z p(z) \\log p(z) \\ge \\sum_z q(z) \\log p(z)",
		"\\log \\mathbb E_{q(z)}[f(z)] \\le \\mathbb E_{q(z)}[\\log f(z)]",
	])("not %s", async (step) => {
		expect((await lastStep("", step)).verdict).toBe("refuted");
	});
});

test("the entropy of a normal distribution may be negative, that of a label may not", async () => {
	const blocks = `::: model
$$ \\mu \\sim \\mathcal N(0, 1), \\qquad c \\sim \\mathrm{Cat}(1/3, 1/3, 1/3), \\qquad x \\mid c, \\mu \\sim \\mathcal N(\\mu, 1) $$
:::

::: family
$$ q(\\mu, c) = \\mathcal N(\\mu \\mid m, s^2) \\, \\mathrm{Cat}(c \\mid \\phi) $$
:::
`;
	const steps = [
		"\\mathbb E_q[\\log q(\\mu)] \\le 0",
		"\\mathbb E_q[\\log q(c)] \\le 0",
	];
	const text = `${blocks}\n${steps.map((s) => `$$ ${s} $$`).join("\n\n")}\n`;
	const found = (await checkSheet(text, "test.md", { hints: "where" })).steps;
	expect(found[0]?.verdict).toBe("refuted");
	expect(right).toContain(found[1]?.verdict);
});
