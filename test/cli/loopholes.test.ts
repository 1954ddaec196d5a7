import { expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const declared = "---\nsymbols: {a: real, b: real}\n---\n";
const mixture = [
	"::: model",
	"$$ \\mu \\sim \\mathcal N(0, \\sigma^2), \\qquad x_i \\mid \\mu \\sim \\mathcal N(\\mu, 1), \\quad i = 1,\\dots,N $$",
	":::",
	"::: family",
	"$$ q(\\mu) = \\mathcal N(\\mu \\mid m, s^2) $$",
	":::",
	"",
].join("\n");

/** Verdicts of all steps by line, and the exit code. */
function verdicts(sheet: string) {
	const folder = folderWith({ "notes.md": sheet });
	const { code, out } = tightbound(folder, ["check", "--json", "notes.md"]);
	const steps: { line: number; verdict: string }[] =
		JSON.parse(out).sheets[0].steps;
	return { code, steps: steps.map((s) => `${s.line} ${s.verdict}`) };
}

it("takes `:=` on what the model fixes for a claim", () => {
	const { code, steps } = verdicts(`${mixture}\n$$ \\mathcal L := 0 $$\n`);
	expect(steps.at(-1)).toBe("8 refuted");
	expect(code).toBe(1);
});

it("takes a second `:=` for a claim", () => {
	const sheet = `${declared}$$ t := a + b $$\n\n$$ t := a - b $$\n`;
	const { code, steps } = verdicts(sheet);
	expect(steps).toEqual(["4 given", "6 refuted"]);
	expect(code).toBe(1);
});

it.each([
	["in white ink", "a {\\color{white} + b} = a"],
	["in a phantom", "a \\phantom{+ b} = a"],
	["in an overlap", "a \\rlap{+ b} = a"],
	["behind a redefinition of a built-in", "\\def\\sigma{1} a\\sigma = a"],
	["with text for an operand", "a + \\text{b} = a"],
])("does not read a step %s", (_name, latex) => {
	const { code, steps } = verdicts(`${declared}$$ ${latex} $$\n`);
	expect(steps).toEqual(["4 unread"]);
	expect(code).toBe(2);
});

it.each([
	["an aside", "::: aside\n$$ a = b $$\n:::"],
	[
		"a derivation in an aside",
		"::: aside\n::: derivation\n$$ a = b $$\n:::\n:::",
	],
	["a comment", "<!--\n$$ a = b $$\n-->"],
	["a block of code", "```\n$$ a = b $$\n```"],
	["the line", "Here $a = b$."],
])("never counts a step in %s as checked", (_name, text) => {
	const { code, steps } = verdicts(`${declared}${text}\n`);
	expect(steps).toEqual([]);
	expect(code).toBe(2);
});
