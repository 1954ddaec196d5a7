import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

const sheet = (mean: string, law: string) => `::: model
$$
\\begin{aligned}
\\mu &\\sim \\mathcal N(0, 1) \\\\
c_i &${mean} \\mathrm{Cat}(1/K, \\dots, 1/K), & i &= 1,\\dots,N \\\\
x_i \\mid c_i, \\mu &\\sim \\mathcal N(\\mu, 1)
\\end{aligned}
$$
:::

::: family
$$ q(\\mu, c) = \\mathcal N(\\mu \\mid m, s^2) \\prod_{i=1}^N \\mathrm{${law}}(c_i \\mid \\phi_i) $$
:::

$$ \\mathbb E_q[\\log q(\\mu)] = -\\frac12 \\log(2\\pi e s^2) $$

$$ \\mathbb E[c_{ik}] = \\phi_{ik} $$
`;

async function verdicts(text: string) {
	const { steps } = await checkSheet(text, "test.md", { hints: "where" });
	return steps.slice(-2).map((s) => s.verdict);
}

describe("a step that needs a block which could not be read is unread itself", () => {
	test("both blocks are read", async () => {
		expect(await verdicts(sheet("\\sim", "Cat"))).toEqual(["proved", "proved"]);
	});
	// One row of the model has a relation that is not read; the others must not stand for the whole of it.
	test("a row of the model is not read", async () => {
		const found = await verdicts(sheet("\\approx", "Cat"));
		expect(found).toEqual(["unread", "unread"]);
	});
	test("the family names no distribution", async () => {
		const found = await verdicts(sheet("\\sim", "Cot"));
		expect(found).toEqual(["unread", "unread"]);
	});
});
