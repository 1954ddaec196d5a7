import { describe, expect, test } from "vitest";
import { lastStep } from "./sheet.js";

const symbols = "a: positive, b: positive, c: positive, e: positive";
const left =
	"\\mathrm{KL}(\\mathrm{Beta}(a,b) \\| \\mathrm{Beta}(c,e)) = \\log\\frac{B(c,e)}{B(a,b)}";

// Near x = 1 the logarithm of 1 − x loses most of its digits to rounding; that must not excuse a difference.
describe("what cancels inside of an integral does not hide a difference of the sides", () => {
	test("the divergence of two Beta distributions", async () => {
		const whole = `${left} + (a-c)\\psi(a) + (b-e)\\psi(b) + (c-a+e-b)\\psi(a+b)`;
		expect(["proved", "agrees"]).toContain(
			(await lastStep(symbols, whole)).verdict,
		);
	});
	test.each(["", " + (a-c)\\psi(a) + (b-e)\\psi(b)"])(
		"without some of its terms: %s",
		async (rest) => {
			expect((await lastStep(symbols, left + rest)).verdict).toBe("refuted");
		},
	);
});
