import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** Names that the prose, a brace or a sign at the right introduces. */

const head = `---
symbols: {a: positive, b: positive, u: real, phi: "simplex[N,K]", f: "real[N,K]"}
---

`;

async function verdicts(text: string): Promise<readonly string[]> {
	const { steps } = await checkSheet(head + text, "definitions.md", {});
	return steps.map((s) => s.verdict);
}

describe("a new name", () => {
	test.each([
		["prose", "Let\n$$ Q = a + b $$\n"],
		["prose after a word", "Now we define\n$$ Q = a + b $$\n"],
		["an equation on it alone", "$$ Q = a + b $$\n"],
		["an equation on its inverse", "where\n$$ Q^{-1} = \\frac1{a + b} $$\n"],
		["an equation on its logarithm", "$$ \\ln Q = \\ln(a + b) $$\n"],
		["a brace", "$$ u + \\underbrace{a + b}_{=: Q} = a + b + u $$\n"],
		[
			"a brace with := below it",
			"$$ u + \\underbrace{a + b}_{:= Q} = a + b + u $$\n",
		],
		["=: at the end of a chain", "$$ a + b = b + a =: Q $$\n"],
		["words in the display", "$$ u = u, \\qquad \\text{where } Q = a + b $$\n"],
		[
			"a definition to the right",
			"$$ u + Q = u + a + b, \\qquad Q := a + b $$\n",
		],
	])(
		"that %s introduces is what it says, and nothing else",
		async (_, definition) => {
			const claims = "\n$$ Q = b + a $$\n\n$$ Q = a - b $$\n";
			const said = await verdicts(definition + claims);
			expect(said).toContain("given");
			expect(said.slice(-2)).toEqual(["proved", "refuted"]);
		},
	);

	test("keeps its indices", async () => {
		const text =
			"$$ \\sum_k \\underbrace{\\sum_i \\phi_{ik} f_{ik}}_{=: F_k} = \\sum_{i,k} \\phi_{ik} f_{ik} $$\n\n$$ F_k = \\sum_i \\phi_{ik} f_{ik} $$\n\n$$ F_k = \\sum_i f_{ik} $$\n";
		expect(await verdicts(text)).toEqual([
			"proved",
			"given",
			"proved",
			"refuted",
		]);
	});

	test("is not made by words that introduce nothing, nor by a label of a brace", async () => {
		expect(await verdicts("Hence\n$$ Q = a + b $$\n")).toEqual(["unread"]);
		expect(
			await verdicts(
				"$$ u + \\underbrace{a}_{\\text{here } =: Q} = u + a $$\n\nWe get\n$$ Q = a $$\n",
			),
		).toEqual(["proved", "unread"]);
	});

	test("is not made of what is known: that is a claim", async () => {
		expect(await verdicts("Let\n$$ u = a + b $$\n")).toEqual(["refuted"]);
		expect(
			await verdicts("$$ \\underbrace{a + b}_{=: u} = b + a $$\n"),
		).toEqual(["proved", "refuted"]);
		expect(await verdicts("Let\n$$ Q = a $$\n\nLet\n$$ Q = b $$\n")).toEqual([
			"given",
			"refuted",
		]);
	});

	test("may not mention itself, nor an index that it has not", async () => {
		expect(await verdicts("Let\n$$ Q = Q + a $$\n")).toEqual(["unread"]);
		expect(await verdicts("Let\n$$ Q = f_{ik} $$\n")).toEqual(["unread"]);
	});
});
