import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

async function verdictOf(step: string) {
	const text = `---
symbols: {w: real, v: positive, a: positive, b: positive, c: real, d: real}
---

$$ ${step} $$
`;
	return (await checkSheet(text, "test.md")).steps.at(-1);
}

// Each by hand: what the left equation says of the variable on the right.
test.each([
	[
		"v^2 = 4 \\implies v = 2",
		"proved",
		"a positive number has one square root",
	],
	["w^2 = 4 \\implies w = 2", "refuted", "−2 is a root as well"],
	["v^2 = 4 \\implies v = 3", "refuted", "9 is not 4"],
	["2 w + c = d \\implies w = \\frac{d - c}{2}", "proved", "linear in w"],
	["2 w + c = d \\implies w = d - c", "refuted", "the 2 is lost"],
	["a = b \\implies \\log a - \\log b = 0", "proved", "the premise put in"],
	["a = b \\implies \\log a - \\log b = 1", "refuted", "log 1 is 0"],
	["w = 2 \\implies w^2 = 4", "proved", "the premise put in"],
	["c w = d w \\implies c = d", "refuted", "w may be 0"],
])("%s is %s: %s", async (step, verdict) => {
	expect((await verdictOf(step))?.verdict).toBe(verdict);
});

test("an equivalence needs both directions: w² = 4 does not give w = 2", async () => {
	const step = await verdictOf("w = 2 \\iff w^2 = 4");
	expect(["proved", "agrees"]).not.toContain(step?.verdict);
});

test("a zero of a denominator met by chance refutes nothing, a logarithm of negative numbers does", async () => {
	const ratio = await verdictOf("\\frac{w^2 - 1}{w - 1} = w + 1");
	expect(ratio?.verdict).toBe("proved");
	const log = await verdictOf("\\log(c d) = \\log c + \\log d");
	expect(log?.verdict).toBe("refuted");
});
