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
