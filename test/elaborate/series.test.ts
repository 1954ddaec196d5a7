import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

async function verdictOf(display: string) {
	const symbols =
		'{lambda: "positive[N]", w: "positive[K]", mu: positive, n: count, p: "simplex[K]"}';
	const text = `---\nsymbols: ${symbols}\n---\n\n$$ ${display} $$\n`;
	const { steps } = await checkSheet(text, "test.md");
	return steps[0];
}

describe("sums over counts", () => {
	test.each([
		["\\sum_{k=0}^\\infty \\frac{\\lambda_i^k}{k!} = e^{\\lambda_i}"],
		[
			"\\sum_{k=1}^K w_k \\sum_{l=0}^\\infty \\frac{w_k^l}{l!} = \\sum_{k=1}^K w_k e^{w_k}",
		],
		[
			"\\frac{d}{d\\mu} \\sum_{k=0}^\\infty \\frac{\\mu^k}{k!} = \\sum_{k=1}^\\infty \\frac{\\mu^{k-1}}{(k-1)!}",
		],
		["\\sum_{k=1}^n k = \\frac{n(n+1)}{2}"],
	])("%s agrees", async (display) => {
		expect((await verdictOf(display))?.verdict).toBe("agrees");
	});

	test.each([
		["\\sum_{k=0}^\\infty \\frac{\\lambda_i^k}{k!} = e^{\\lambda_j}"],
		["\\sum_{k=1}^\\infty \\frac{\\mu^k}{k!} = e^\\mu"],
		["\\sum_{k=2}^n k = \\frac{n(n+1)}{2} - 1"],
		[
			"\\sum_{k=1}^K w_k \\sum_{l=0}^\\infty \\frac{w_k^l}{l!} = \\sum_{k=1}^K w_k e^{-w_k}",
		],
	])("%s is refuted", async (display) => {
		expect((await verdictOf(display))?.verdict).toBe("refuted");
	});

	test("a letter that is an index around it cannot count", async () => {
		const step = await verdictOf(
			"\\sum_{k=1}^K w_k \\sum_{k=0}^\\infty \\frac{\\mu^k}{k!} = e^\\mu \\sum_{k=1}^K w_k",
		);
		expect(step?.verdict).toBe("unread");
		expect(step?.reason).toContain("another letter");
	});

	test("without bounds that a whole number begins it is not read", async () => {
		const step = await verdictOf("\\sum_{k=\\mu}^\\infty 2^{-k} = 1");
		expect(step?.verdict).toBe("unread");
	});
});
