import { describe, expect, it } from "vitest";
import { type Macros, parseWithKatex } from "../../src/latex/katex.js";
import { bodyOf, type Node } from "../../src/latex/nodes.js";
import { prepare } from "../../src/latex/prepare.js";

function parse(source: string, macros: Macros = {}) {
	return parseWithKatex(prepare(source), macros);
}

function only(source: string): Node {
	const { nodes } = parse(source);
	expect(nodes).toHaveLength(1);
	return nodes[0] as Node;
}

/** The shape of KaTeX's undocumented parse tree, as far as the reader relies on it. */
describe("KaTeX's tree", () => {
	it.each([
		["a", { type: "mathord", text: "a" }],
		["\\mu", { type: "mathord", text: "\\mu" }],
		["1", { type: "textord", text: "1" }],
		["|", { type: "textord", text: "|" }],
		["/", { type: "textord", text: "/" }],
		["+", { type: "atom", family: "bin", text: "+" }],
		["=", { type: "atom", family: "rel", text: "=" }],
		["(", { type: "atom", family: "open", text: "(" }],
		[")", { type: "atom", family: "close", text: ")" }],
		[",", { type: "atom", family: "punct", text: "," }],
		["\\mid", { type: "atom", family: "rel", text: "\\mid" }],
		["\\ldots", { type: "atom", family: "inner", text: "\\ldots" }],
		["\\sum", { type: "op", name: "\\sum", symbol: true }],
		["\\log", { type: "op", name: "\\log", symbol: false }],
		["\\mathcal L", { type: "font", font: "mathcal" }],
		["\\boldsymbol\\mu", { type: "mclass", mclass: "mord" }],
		["\\hat x", { type: "accent", label: "\\hat" }],
		["\\frac ab", { type: "genfrac", hasBarLine: true, leftDelim: null }],
		["\\binom ab", { type: "genfrac", hasBarLine: false, leftDelim: "(" }],
		["\\left( a \\right]", { type: "leftright", left: "(", right: "]" }],
		["\\big(", { type: "delimsizing", mclass: "mord", delim: "(" }],
		["\\bigl(", { type: "delimsizing", mclass: "mopen", delim: "(" }],
		["\\text{a}", { type: "text" }],
		["\\phantom{a}", { type: "phantom" }],
		["\\rlap{a}", { type: "lap" }],
		["\\cancel{a}", { type: "enclose", label: "\\cancel" }],
		["\\boxed{a}", { type: "enclose", label: "\\fbox" }],
		["\\textcolor{red}{a}", { type: "color", color: "red" }],
		["\\!", { type: "kern", dimension: { number: -3, unit: "mu" } }],
		["\\ne", { type: "htmlmathml" }],
		["\\underbrace{a}", { type: "horizBrace" }],
	])("%s", (source, shape) => {
		expect(only(source)).toMatchObject(shape);
	});

	it("has a base, a sub- and a superscript", () => {
		const node = only("a_b^c");
		expect(node.type).toBe("supsub");
		expect([node.base, node.sub, node.sup].map((n) => n?.text)).toEqual([
			"a",
			"b",
			"c",
		]);
	});

	it("has the rows and cells of an environment", () => {
		const node = only("\\begin{aligned} a &= b \\\\ c \\end{aligned}");
		expect(node).toMatchObject({ type: "array", colSeparationType: "align" });
		expect(
			(node.body as readonly (readonly Node[])[]).map((row) => row.length),
		).toEqual([2, 1]);
	});

	it("says with suppressBaseShift that something is set over something else", () => {
		const inner = bodyOf(only("\\overset{a}{=}"))[0];
		expect(inner?.base?.suppressBaseShift).toBe(true);
		expect(only("\\sum").suppressBaseShift).toBeUndefined();
	});

	it("has the meaning of \\ne in its MathML branch", () => {
		const inner = only("\\ne").mathml?.[0];
		expect(inner && bodyOf(inner)[0]?.text).toBe("≠");
	});
});

describe("places", () => {
	it("counts in the source", () => {
		const { nodes, locate } = parse("ab\\mu");
		expect(nodes.map(locate)).toEqual([
			{ start: 0, end: 1 },
			{ start: 1, end: 2 },
			{ start: 2, end: 5 },
		]);
	});

	it("has none for what comes out of a macro, defined here or earlier", () => {
		const macros: Macros = {};
		const here = parse("\\newcommand{\\foo}{x}\\foo", macros);
		expect(here.nodes.map(here.locate)).toEqual([null]);
		const later = parse("a\\foo", macros);
		expect(later.nodes.map(later.locate)).toEqual([{ start: 0, end: 1 }, null]);
	});
});

describe("macros", () => {
	it("keeps a sheet's definitions and nothing else", () => {
		const macros: Macros = {};
		parse("\\newcommand{\\foo}{x} \\tag{1} \\mbox{a}", macros);
		expect(Object.keys(macros)).toEqual(["\\foo"]);
	});

	it("expands a harmless macro thousands of times", () => {
		expect(
			parse(`\\newcommand{\\foo}{x}${"\\foo ".repeat(3000)}`).nodes,
		).toHaveLength(3000);
	});
});
