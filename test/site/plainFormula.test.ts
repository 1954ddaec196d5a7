import { describe, expect, it } from "vitest";
import { plainFormulas } from "../../src/site/plainFormula.js";

/** The message with its formulas between dollars. */
const marked = (text: string) =>
	plainFormulas(text)
		.map(({ text, isFormula }) => (isFormula ? `$${text}$` : text))
		.join("");

describe("formulas in messages", () => {
	it.each([
		[
			"The variance term is counted once; E[μᵀμ] = mᵀm + D s².",
			"The variance term is counted once; $\\mathbb E[\\mu ^\\top \\mu ] = m^\\top m + D s^2$.",
		],
		[
			"second moment of a Normal: E[xxᵀ] = mmᵀ + S, linearity",
			"second moment of a Normal: $\\mathbb E[xx^\\top ] = mm^\\top + S$, linearity",
		],
		["E[x²] for E[x]²", "$\\mathbb E[x^2]$ for $\\mathbb E[x]^2$"],
		["Holds for D = 1 alone.", "Holds for $D = 1$ alone."],
		[
			"cross term lost; (a − b)² = a² − 2ab + b²",
			"cross term lost; $(a - b)^2 = a^2 - 2ab + b^2$",
		],
		["missing +1 of d(φ log φ)", "missing +1 of $d(\\phi \\log \\phi )$"],
		[
			"taken for symmetric; A + Aᵀ ≠ 2 A",
			"taken for symmetric; $A + A^\\top \\ne 2 A$",
		],
		[
			"this is the optimum, log q* = E[log p(x, z)] + const.",
			"this is the optimum, $\\log q^* = \\mathbb E[\\log p(x, z)] + \\text{const}$.",
		],
	])("are found in %s", (text, expected) => {
		expect(marked(text)).toBe(expected);
	});

	it.each([
		"a step of an hour, I am in it",
		"expected a relation, such as = or <",
		"the file has 12 characters (a + b",
		"line 3: no such file or directory; expected a file",
		"",
		"s for a square or a root",
	])("are not seen in %s", (text) => {
		expect(marked(text)).toBe(text);
	});
});
