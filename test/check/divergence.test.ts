import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

function sheetOf(steps: readonly string[]): string {
	const model = String.raw`::: model
$$ \tau \sim \mathrm{Gamma}(c, d) $$
:::

::: family
$$ q(\tau) = \mathrm{Gamma}(\tau \mid a, b) $$
:::`;
	return [model, ...steps.map((s) => `$$ ${s} $$`)].join("\n\n");
}

async function verdicts(steps: readonly string[], seed: number) {
	const sheet = await checkSheet(sheetOf(steps), "divergence.md", { seed });
	return sheet.steps.map((s) => s.verdict);
}

const seeds = Array.from({ length: 12 }, (_, n) => n + 1);

// E[1/τ] = b / (a − 1) for a > 1 and infinite for a ≤ 1, where worlds lead too: 0 · ∞ is no counterexample.
test("a factor of 0 beside an integral that diverges refutes nothing", async () => {
	const step = String.raw`\mathbb E_q[\tau^{-1}]\,(a - 1) = b`;
	for (const seed of seeds)
		expect(await verdicts([step], seed)).toEqual(["proved"]);
});

test("nor does it hide what is wrong where the integral has a value", async () => {
	const steps = [
		String.raw`\mathbb E_q[\tau^{-1}]\,(a - 1) = 2 b`,
		String.raw`\mathbb E_q[\tau^{-1}]\, a = b`,
	];
	for (const seed of seeds)
		expect(await verdicts(steps, seed)).toEqual(["refuted", "refuted"]);
});
