import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** Bayesian regression with an unknown precision, vectors and numbers in one model. */
const regression = `---
symbols: {X: 'real[N,D]', a0: positive, b0: positive, alpha: positive}
---

::: model
$$
\\begin{aligned}
\\beta &\\sim \\mathcal N(0, \\alpha^{-1} I_D) \\\\
\\tau &\\sim \\mathrm{Gamma}(a_0, b_0) \\\\
y \\mid \\beta, \\tau &\\sim \\mathcal N(X \\beta, \\tau^{-1} I_N)
\\end{aligned}
$$
:::

::: family
$$ q(\\beta, \\tau) = \\mathcal N(\\beta \\mid \\mu, \\Sigma)\\, \\mathrm{Gamma}(\\tau \\mid a, b) $$
:::
`;

const precision = "\\alpha I + \\frac ab X^\\top X";
const residual =
	"\\lVert y - X \\mu \\rVert^2 + \\mathrm{tr}(X \\Sigma X^\\top)";

const check = (sheet: string) =>
	checkSheet(`${regression}\n${sheet}\n`, "test.md", { hints: "where" });

/** Murphy (2012), section 21.5.2; Drugowitsch (2013), eqs. (12) to (15). */
const right = [
	`\\Sigma = (${precision})^{-1}`,
	`\\Sigma^{-1} = ${precision}`,
	"\\mu = \\frac ab \\Sigma X^\\top y",
	"\\Sigma^{-1} \\mu = \\frac ab X^\\top y",
	"a = a_0 + \\frac N2",
	`b = b_0 + \\frac12 (${residual})`,
	`\\frac ab = \\frac{a_0 + N/2}{b_0 + \\frac12 (${residual})}`,
	`\\Sigma^* = (${precision})^{-1}`,
	"\\mu^{\\text{new}} = \\frac ab \\Sigma^{\\text{new}} X^\\top y",
];

const wrong = [
	`\\Sigma = ${precision}`,
	"\\Sigma = (\\alpha I + \\frac ba X^\\top X)^{-1}",
	"\\mu = \\Sigma X^\\top y",
	"\\Sigma^{-1} \\mu = \\frac ba X^\\top y",
	"a = a_0 + N",
	"b = b_0 + \\frac12 \\lVert y - X \\mu \\rVert^2",
	`\\frac ba = \\frac{a_0 + N/2}{b_0 + \\frac12 (${residual})}`,
	"\\mu^* = \\frac ba \\Sigma^* X^\\top y",
];

describe("an update in the prose needs no statement of its companions", () => {
	test.each(right)("%s", async (step) => {
		const { steps } = await check(`$$ ${step} $$`);
		expect(steps.map((s) => s.verdict)).toEqual(["proved"]);
		expect(steps[0]?.note).toContain("coordinate optimum");
	});

	test.each(wrong)("near-miss: %s", async (step) => {
		const { steps } = await check(`$$ ${step} $$`);
		expect(steps.map((s) => s.verdict)).toEqual(["refuted"]);
	});
});

describe("an update by itself is certified, or refuted, beside the optimum of its companions", () => {
	test.each([
		[right[0], "proved"],
		[right[2], "proved"],
		[right[4], "proved"],
		[wrong[1], "refuted"],
		[wrong[2], "refuted"],
		[wrong[4], "refuted"],
	])("%s is %s", async (update, verdict) => {
		const { updates } = await check(`::: updates\n$$ ${update} $$\n:::`);
		expect(updates.map((u) => u.verdict)).toEqual([verdict]);
	});
});

describe("a Beta, a Bernoulli by its odds, and an inverse Gamma", () => {
	const coins = `::: model
$$
\\begin{aligned}
\\pi &\\sim \\mathrm{Beta}(\\alpha_0, \\beta_0) \\\\
v &\\sim \\mathrm{InvGamma}(c_0, d_0) \\\\
s_i \\mid \\pi &\\sim \\mathrm{Bernoulli}(\\pi), & i &= 1,\\dots,N \\\\
x_i \\mid s_i, v &\\sim \\mathcal N(s_i, v), & i &= 1,\\dots,N
\\end{aligned}
$$
:::

::: family
$$ q(\\pi, v, s) = \\mathrm{Beta}(\\pi \\mid \\alpha, \\beta)\\, \\mathrm{InvGamma}(v \\mid c, d) \\prod_{i=1}^N \\mathrm{Bernoulli}(s_i \\mid \\rho_i) $$
:::
`;
	// log ρ/(1 − ρ) = E log π/(1 − π) + E[1/v] ((x − 0)² − (x − 1)²)/2, and E[1/v] = c/d.
	test.each([
		["\\alpha = \\alpha_0 + \\sum_{i=1}^N \\rho_i", true],
		["\\beta = \\beta_0 + N - \\sum_{i=1}^N \\rho_i", true],
		["\\beta = \\beta_0 + N", false],
		["c = c_0 + \\frac N2", true],
		["c = c_0 + N", false],
		[
			"d = d_0 + \\frac12 \\sum_{i=1}^N \\big(\\rho_i (x_i - 1)^2 + (1 - \\rho_i) x_i^2\\big)",
			true,
		],
		["d = d_0 + \\frac12 \\sum_{i=1}^N (x_i - \\rho_i)^2", false],
		[
			"\\log\\frac{\\rho_i}{1 - \\rho_i} = \\psi(\\alpha) - \\psi(\\beta) + \\frac cd (x_i - \\tfrac12)",
			true,
		],
		[
			"\\log\\frac{\\rho_i}{1 - \\rho_i} = \\psi(\\alpha) - \\psi(\\beta) + \\frac cd x_i",
			false,
		],
	])("%s", async (step, holds) => {
		const { steps } = await checkSheet(`${coins}\n$$ ${step} $$\n`, "test.md", {
			hints: "where",
		});
		const [only] = steps;
		expect(holds ? ["proved", "agrees"] : ["refuted"]).toContain(only?.verdict);
	});

	describe("derivatives by parameters, which have no optimum to be compared with", () => {
		test.each([
			["\\frac{\\partial}{\\partial c} \\log \\Gamma(c) = \\psi(c)", "proved"],
			[
				"\\frac{\\partial}{\\partial c} \\log \\Gamma(c) = \\psi(c) + 1",
				"refuted",
			],
			[
				"\\frac{c}{d} = \\frac{\\partial}{\\partial c} \\frac{c^2}{d}",
				"refuted",
			],
		])("%s is %s", async (step, verdict) => {
			const text = `${coins}\n$$ ${step} $$\n`;
			const { steps } = await checkSheet(text, "test.md");
			expect(steps[0]?.verdict).toBe(verdict);
		});
	});
});
