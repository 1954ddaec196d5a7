import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/**
 * A label has the plate i, what it explains the plates i and d. All terms of point i alone say which value of the label is
 * likely: log q*(c_i = k) = −½ Σ_d ((x_id − m_kd)² + s_kd²) + const, as E[(x − μ)²] = (x − m)² + s².
 */
const model = `
::: model
$$
\\begin{aligned}
\\mu_{kd} &\\sim \\mathcal N(0, 1), & k &= 1,\\dots,K, & d &= 1,\\dots,D \\\\
c_i &\\sim \\mathrm{Cat}(1/K,\\dots,1/K), & i &= 1,\\dots,N \\\\
x_{id} \\mid c_i, \\mu &\\sim \\mathcal N(\\mu_{c_i d}, 1)
\\end{aligned}
$$
:::

::: family
$$ q(\\mu, c) = \\prod_{k=1}^K \\prod_{d=1}^D \\mathcal N(\\mu_{kd} \\mid m_{kd}, s_{kd}^2) \\prod_{i=1}^N \\mathrm{Cat}(c_i \\mid \\phi_i) $$
:::
`;

const value = "\\log q^*(c_i = k)";
const itself = "\\log q^*(c_i)";

test.each([
	[
		"proved",
		value,
		"-\\frac12 \\sum_{d=1}^D \\big((x_{id} - m_{kd})^2 + s_{kd}^2\\big)",
	],
	[
		"proved",
		value,
		"\\sum_{d=1}^D \\Big(x_{id} m_{kd} - \\frac{m_{kd}^2 + s_{kd}^2}{2}\\Big)",
	],
	[
		"proved",
		itself,
		"-\\frac12 \\sum_{d=1}^D \\big((x_{id} - m_{c_i d})^2 + s_{c_i d}^2\\big)",
	],
	["refuted", value, "7"],
	["refuted", itself, "7"],
	["refuted", value, "-\\frac12 \\sum_{d=1}^D (x_{id} - m_{kd})^2"],
	[
		"refuted",
		value,
		"-\\frac12 \\sum_{i=1}^N \\sum_{d=1}^D \\big((x_{id} - m_{kd})^2 + s_{kd}^2\\big)",
	],
	[
		"refuted",
		value,
		"-\\frac12 \\sum_{k=1}^K \\sum_{d=1}^D \\big((x_{id} - m_{kd})^2 + s_{kd}^2\\big)",
	],
])("%s: %s = %s + const", async (verdict, left, right) => {
	const sheet = `${model}\n$$ ${left} = ${right} + \\text{const} $$\n`;
	const { steps } = await checkSheet(sheet, "test.md", { hints: "where" });
	expect(steps.map((s) => s.verdict)).toEqual([verdict]);
});
