import { expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";

async function verdictOf(step: string): Promise<string | undefined> {
	const { steps } = await checkSheet(`$$ ${step} $$\n`, "x.md");
	return steps[0]?.verdict;
}

it.each([
	"2^{1000000000} = 4^{500000000}",
	"(1/3)^{-1000000000} = 3^{1000000000}",
	"9^{9^{9}} = 1",
	"9^{9^{9^{9}}} = 9^{9^{9^{9}}} + 1",
	"2^{1000000000/3} = 1",
	"\\sum_{i=1}^{3} i^{1000000000} = 1",
])(
	"ends on %s, whose numbers nobody can write out",
	async (step) => {
		expect(await verdictOf(step)).not.toBe("proved");
	},
	10_000,
);

it("still knows powers of a hundred digits to the last", async () => {
	expect(await verdictOf("2^{400} = 4^{200}")).toBe("proved");
	expect(await verdictOf("2^{100} = 4^{50} + 1")).toBe("refuted");
	expect(await verdictOf("2^{100} = 4^{51}")).toBe("refuted");
});
