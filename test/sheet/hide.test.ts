import { describe, expect, it } from "vitest";
import { withoutSolutions } from "../../src/sheet/hide.js";

const hidden = (text: string) => withoutSolutions(text, "a.md");

describe("withoutSolutions", () => {
	it("leaves nothing of a solution but an empty div on the same lines", () => {
		const text = `---
title: A
---
# A

::: exercise {points=4}
Show it.

::: solution {#secret title="secret"}
secret $s$

$$ s = e $$

::: derivation
secret
:::
:::
:::

After.
`;
		const shown = hidden(text);
		expect(shown).not.toMatch(/secret|s = e/);
		expect(shown.split("\n").length).toBe(text.split("\n").length);
		expect(shown).toContain("Show it.");
		expect(shown.split("\n")[8]).toBe("::: solution");
		expect(shown.split("\n")[16]).toBe(":::");
		expect(shown.endsWith(":::\n\nAfter.\n")).toBe(true);
	});

	it.each([
		[
			"in a list",
			"---\ntitle: A\n---\n\n1. Task\n\n   ::: solution\n   secret\n   :::\n\n2. Next\n",
		],
		["in a quote", "> ::: solution\n> secret\n> :::\n\nNext\n"],
		["that is never closed", "Next\n\n::: solution\nsecret\n\nsecret\n"],
		["named as a class", "::: {.solution}\nsecret\n:::\n\nNext\n"],
		[
			"named as one class of several",
			"::: {.box .solution}\nsecret\n:::\n\nNext\n",
		],
		["with a capital", "::: Solution\nsecret\n:::\n\nNext\n"],
		["in curly braces", ":::{solution}\nsecret\n:::\n\nNext\n"],
		["in an aside", "::: aside\n::: solution\nsecret\n:::\n:::\n\nNext\n"],
		["with old line ends", "::: solution\r\nsecret\r\n:::\r\n\r\nNext\r\n"],
	])("hides a solution %s", (_, text) => {
		expect(hidden(text)).not.toContain("secret");
		expect(hidden(text)).toContain("Next");
	});

	it("leaves code that shows a solution, and all else, as it is", () => {
		const text = "```\n::: solution\nshown\n:::\n```\n\n::: exercise\nx\n:::\n";
		expect(hidden(text)).toBe(text);
	});
});
