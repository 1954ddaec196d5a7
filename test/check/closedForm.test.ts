import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

const sheet = (updates: string) => `
::: model
$$
\\begin{aligned}
\\mu &\\sim \\mathcal N(0, \\sigma^2 I) \\\\
x_i \\mid \\mu &\\sim \\mathcal N(\\mu, \\lambda^2 I), & x_i &\\in \\mathbb R^D, & i &= 1,\\dots,N
\\end{aligned}
$$
:::

::: family
$$ q(\\mu) = \\mathcal N(\\mu \\mid m, s^2 I) $$
:::

::: updates
$$ ${updates} $$
:::
`;

const mean = "m = \\frac{s^2}{\\lambda^2} \\sum_{i=1}^N x_i";
const variance =
	"s^2 = \\Big(\\frac{1}{\\sigma^2} + \\frac{N}{\\lambda^2}\\Big)^{-1}";

async function updatesOf(updates: string) {
	return (await checkSheet(sheet(updates), "test.md")).updates;
}

// The posterior of a Normal mean: Bishop (2006), eq. (2.141) and (2.142).
describe("the closed form in the place of a wrong update", () => {
	test("a wrong variance comes with the right one, which is proved in its place", async () => {
		const wrong = "s^2 = \\frac{1}{\\sigma^2} + \\frac{N}{\\lambda^2}";
		const [, variance] = await updatesOf(`${mean}, \\qquad ${wrong}`);
		expect(variance?.verdict).toBe("refuted");
		expect(variance?.repair?.kind).toBe("precision for variance (inverse)");
		const again = await updatesOf(
			`${mean}, \\qquad ${variance?.repair?.latex}`,
		);
		expect(again.map((u) => u.verdict)).toEqual(["proved", "proved"]);
	});

	test("a wrong mean does not take the variance with it", async () => {
		const wrong = "m = \\frac{1}{\\lambda^2} \\sum_{i=1}^N x_i";
		const found = await updatesOf(`${wrong}, \\qquad ${variance}`);
		expect(found.map((u) => u.verdict)).toEqual(["refuted", "proved"]);
		const again = await updatesOf(
			`${found[0]?.repair?.latex}, \\qquad ${variance}`,
		);
		expect(again.map((u) => u.verdict)).toEqual(["proved", "proved"]);
	});

	test("a missing update is named with its closed form", async () => {
		const [only] = await updatesOf(mean);
		expect(only?.verdict).toBe("proved");
		expect(only?.note).toMatch(/^no update is stated for s .*: s\^\{2\} = /);
	});

	test("near-miss: half the variance is refuted", async () => {
		const half =
			"s^2 = \\Big(\\frac{1}{\\sigma^2} + \\frac{2N}{\\lambda^2}\\Big)^{-1}";
		const [, found] = await updatesOf(`${mean}, \\qquad ${half}`);
		expect(found?.verdict).toBe("refuted");
	});
});
