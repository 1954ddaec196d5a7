import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

// e^{−745 − x²} is below every double although it is positive.
test("a factor of proportionality is not called 0 where a side underflows", async () => {
	const step = String.raw`\exp(-x^2 - 745) \propto \exp(-x^2) \text{ w.r.t. } x`;
	const { steps } = await checkSheet(
		`---\nsymbols: {x: real}\n---\n\n$$ ${step} $$\n`,
		"underflow.md",
	);
	expect(steps.map((s) => s.verdict)).not.toContain("refuted");
});

// 0.1^{901} is below every double, 0.1^{189} is not.
test("nor where one side alone underflows", async () => {
	const steps = [
		String.raw`0.1^{900} u \propto_u 0.1^{100} u`,
		String.raw`0.1^{a} u \propto_u u`,
	];
	const sheet = await checkSheet(
		`---\nsymbols: {u: positive, a: positive}\n---\n\n${steps.map((s) => `$$ ${s} $$`).join("\n\n")}\n`,
		"underflow.md",
	);
	expect(sheet.steps.map((s) => s.verdict)).not.toContain("refuted");
});
