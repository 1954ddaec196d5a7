import { expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const model = [
	"::: model",
	"$$ \\mu_k \\sim \\mathcal N(0, \\sigma^2 I), \\quad k = 1,\\dots,K, \\qquad \\mu_k \\in \\mathbb R^D $$",
	":::",
	"",
].join("\n");
const symbols =
	"---\nsymbols: {a: real, b: real, x: 'real[N,D]', u: 'real[N]'}\n---\n";

/** A good step on line 4, so that only what follows can be wrong. */
const good = `${symbols}$$ a + a = 2 a $$\n`;

interface Case {
	readonly name: string;
	readonly sheet: string;
	/** Line and column at which the report must point. */
	readonly place: string;
	readonly mentions: RegExp;
}

const cases: readonly Case[] = [
	{
		name: "an unknown macro",
		sheet: `${good}\n$$ a + \\frobnicate = b $$\n`,
		place: "6:8",
		mentions: /\\frobnicate/,
	},
	{
		name: "unbalanced braces",
		sheet: `${good}\n$$ \\frac{a}{b = 1 $$\n`,
		place: "6:",
		mentions: /expected/,
	},
	{
		name: "unbalanced brackets",
		sheet: `${good}\n$$ (a + b = b + a $$\n`,
		place: "6:4",
		mentions: /expected/,
	},
	{
		name: "an undeclared symbol",
		sheet: `${good}\n$$ a + \\eta = a + \\eta $$\n`,
		place: "6:8",
		mentions: /symbols: \{eta: /,
	},
	{
		name: "a model stated twice",
		sheet: `${good}\n${model}\n${model}`,
		place: "11:",
		mentions: /model/,
	},
	{
		name: "a number added to a vector",
		sheet: `${good}\n$$ x_i + 1 = 1 + x_i $$\n`,
		place: "6:",
		mentions: /vector|\[D\]|shape/,
	},
	{
		name: "a macro bomb",
		sheet: `${good}\n$$ \\newcommand{\\x}{\\x\\x} \\x = a $$\n`,
		place: "6:",
		mentions: /macro|expan/i,
	},
	{
		name: "a display that is not closed",
		sheet: `${good}\n$$ a = b\n`,
		place: "6:1",
		mentions: /expected `\$\$`/,
	},
	{
		name: "a div that is not closed",
		sheet: `${good}\n::: aside\n`,
		place: "6:1",
		mentions: /expected a line `:::`/,
	},
	{
		name: "an unknown type in the front matter",
		sheet: `---\nsymbols:\n  a: reel\n---\n$$ 1 + 1 = 2 $$\n`,
		place: "3:3",
		mentions: /reel/,
	},
	{
		name: "front matter that is no YAML",
		sheet: `---\nsymbols:\n  a: real\n b: real\n---\n$$ 1 + 1 = 2 $$\n`,
		place: "4:1",
		mentions: /expected YAML/,
	},
	{
		name: "a sheet without a step",
		sheet: "# Only prose\n\nand an inline $a = b$.\n",
		place: "1:1",
		mentions: /step.*expected/,
	},
	{
		name: "a sheet that only states",
		sheet: model,
		place: "1:1",
		mentions: /step.*expected/,
	},
	{
		name: "an empty file",
		sheet: "",
		place: "1:1",
		mentions: /empty.*expected/,
	},
	{
		name: "a file of white space",
		sheet: " \n\n",
		place: "1:1",
		mentions: /empty.*expected/,
	},
];

it.each(cases)(
	"$name: says where and what was expected, and ends with 2",
	({ sheet, place, mentions }) => {
		const folder = folderWith({ "notes.md": sheet });
		const { code, out, err } = tightbound(folder, ["check", "notes.md"]);
		const report = `${err}${out}`;
		expect(report).toContain(`notes.md:${place}`);
		expect(report).toMatch(mentions);
		expect(report).not.toMatch(/^\s+at .*\.js:/m);
		expect(code).toBe(2);
	},
);

it.each([
	["a missing file", "none.md", "there is no such file"],
	["a directory", ".", "this is a directory"],
	["a binary file", "binary.md", "this is a binary file"],
	["a file that is not UTF-8", "latin.md", "this is no text in UTF-8"],
	["a file that is too large", "large.md", "the file has 2000001 bytes"],
])("%s: says so on standard error, and ends with 2", (_name, path, text) => {
	const folder = folderWith({
		"binary.md": new Uint8Array([0x24, 0, 1, 2]),
		"latin.md": new Uint8Array([0x24, 0xe9, 0x24]),
		"large.md": new Uint8Array(2_000_001).fill(0x20),
	});
	const { code, err } = tightbound(folder, ["check", path]);
	expect(err).toMatch(/^[^\n]*:1:1: [^\n]*; expected [^\n]*\n$/);
	expect(err).toContain(text);
	expect(code).toBe(2);
});

it("goes on to the other files after one that cannot be read", () => {
	const folder = folderWith({ "good.md": good });
	const args = ["check", "--json", "none.md", "good.md"];
	const { code, out, err } = tightbound(folder, args);
	expect(code).toBe(2);
	expect(err).toContain("none.md:1:1: there is no such file");
	const report = JSON.parse(out);
	expect(report.sheets.map((s: { path: string }) => s.path)).toEqual([
		"good.md",
	]);
});
