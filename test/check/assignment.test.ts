import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

const sheet = (updates: string) => `
::: model
$$ \\mu \\sim \\mathcal N(0, \\sigma^2), \\qquad x_i \\mid \\mu \\sim \\mathcal N(\\mu, \\lambda^2), \\quad i = 1,\\dots,N $$
:::

::: family
$$ q(\\mu) = \\mathcal N(\\mu \\mid m, s^2) $$
:::

::: updates
$$ ${updates}, \\qquad m = \\frac{s^2}{\\lambda^2} \\sum_{i=1}^N x_i $$
:::
`;

// The posterior precision is 1/σ² + N/λ²; by hand.
test.each([
	[
		"s^2 = \\Big(\\frac1{\\sigma^2} + \\frac N{\\lambda^2}\\Big)^{-1}",
		"proved",
	],
	["\\frac1{s^2} = \\frac1{\\sigma^2} + \\frac N{\\lambda^2}", "proved"],
	["s^{-2} = \\frac1{\\sigma^2} + \\frac N{\\lambda^2}", "proved"],
	["s = \\frac{\\sigma\\lambda}{\\sqrt{\\lambda^2 + N\\sigma^2}}", "proved"],
	["\\frac1{s^2} = \\frac1{\\sigma^2} + \\frac 1{\\lambda^2}", "refuted"],
	["\\frac1s = \\frac1{\\sigma^2} + \\frac N{\\lambda^2}", "refuted"],
	[
		"s^4 = \\Big(\\frac1{\\sigma^2} + \\frac N{\\lambda^2}\\Big)^{-2}",
		"proved",
	],
	[
		"s^4 = \\Big(\\frac1{\\sigma^2} + \\frac N{\\lambda^2}\\Big)^{-1}",
		"refuted",
	],
])("%s is %s", async (update, verdict) => {
	const { updates } = await checkSheet(sheet(update), "test.md");
	expect(updates[0]?.verdict).toBe(verdict);
});

test("the inverse of a covariance is a precision", async () => {
	const text = (precision: string) =>
		`
---
symbols: {W: 'real[D,L]'}
---

::: model
$$ z \\sim \\mathcal N(0, I), \\quad z \\in \\mathbb R^L, \\qquad x \\mid z \\sim \\mathcal N(W z, \\sigma^2 I), \\quad x \\in \\mathbb R^D $$
:::

::: family
$$ q(z) = \\mathcal N(z \\mid m, S) $$
:::

::: updates
$$ S^{-1} = ${precision}, \\qquad m = \\frac1{\\sigma^2} S W^\\top x $$
:::
`.trimStart();
	const right = await checkSheet(
		text("I + \\frac1{\\sigma^2} W^\\top W"),
		"a.md",
	);
	expect(right.updates.map((u) => u.verdict)).toEqual(["proved", "proved"]);
	const wrong = await checkSheet(
		text("I + \\frac1{\\sigma} W^\\top W"),
		"b.md",
	);
	expect(wrong.updates[0]?.verdict).toBe("refuted");
});
