import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import type { Hints } from "../../src/check/hints.js";

async function stepOf(display: string, hints: Hints = "repair") {
	const text = `---\nsymbols: {a: "real[N]", b: "real[N]"}\n---\n\n$$ ${display} $$\n`;
	const sheet = await checkSheet(text, "test.md", { hints });
	return sheet.steps[0];
}

describe("a sum that ends at a + where it was meant to go on", () => {
	test("is refuted by the letter, with brackets as the repair", async () => {
		const step = await stepOf("\\sum_i (a_i + b_i) = \\sum_i a_i + b_i");
		expect(step?.verdict).toBe("refuted");
		expect(step?.repair?.kind).toContain("the scope of Σ");
		expect(step?.repair?.latex).toBe(
			"\\sum_{i=1}^{N} \\left(a_{i} + b_{i}\\right)",
		);
		expect(step?.note).toContain(
			"holds if the sum over i reaches over `+ b_i`",
		);
	});

	test("on the left side has the note alone: no edit of the right would help", async () => {
		const step = await stepOf("\\sum_i a_i + b_i = \\sum_i (a_i + b_i)");
		expect(step?.verdict).toBe("refuted");
		expect(step?.repair).toBeNull();
		expect(step?.note).toContain("set brackets");
	});

	test("is not said where the longer sum is wrong too", async () => {
		const step = await stepOf("\\sum_i (a_i + b_i) = \\sum_i a_i + 2 b_i");
		expect(step?.verdict).toBe("refuted");
		expect(step?.note ?? "").not.toContain("reaches over");
	});

	test("does not give the brackets away to who asks where the mistake is", async () => {
		const step = await stepOf(
			"\\sum_i (a_i + b_i) = \\sum_i a_i + b_i",
			"where",
		);
		expect(step?.note ?? "").not.toContain("brackets");
	});

	test("is read as going on where a term has no meaning without it, with a note", async () => {
		const step = await stepOf(
			"\\sum_{n=1}^N n^2 + n = \\sum_{n=1}^N n (n + 1)",
		);
		expect(step?.verdict).toBe("proved");
		expect(step?.note).toContain("read past a + or −");
	});
});
