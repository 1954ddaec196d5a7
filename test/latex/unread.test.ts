import { describe, expect, it } from "vitest";
import { read } from "./read.js";

/** What must not be read: the source, a word of the message, and the place that is pointed at. */
const refusals: readonly (readonly [
	latex: string,
	message: string,
	place?: string,
])[] = [
	// Brackets and braces.
	["(a + b", "never closed", "("],
	["a + b)", "closes nothing", ")"],
	["(a, b]", "is closed by", "(a, b]"],
	["\\left[ a \\right)", "is closed by"],
	["\\left( a", "the end of the formula"],
	["a^{b", "never closed", "{"],
	["a}", "closes nothing", "}"],
	["|a", "never closed", "|"],
	["\\lVert a", "never closed"],
	["\\langle a", "never closed"],
	["\\left. a \\right|_{b}", "one side"],
	["()", "empty brackets", "()"],
	// Something missing.
	["a +", "missing"],
	["a + \\cdot b", "not expected", "\\cdot"],
	["a = ", "missing"],
	["= = a", "missing"],
	["\\frac{a}{}", "missing"],
	["\\log", "missing"],
	["\\sum_{i=1}^N", "missing"],
	["\\sum a", "without an index"],
	["\\sum_{i+1} a", "must be a letter"],
	["p(x, )", "too early"],
	["a - - b", "two signs"],
	["\\log -a", "sign directly behind"],
	["\\nabla f", "by what"],
	["a^2^3", "Double superscript"],
	["{a_i}_j", "second subscript"],
	["52_8", "subscript"],
	["2 \\, 3", "numerals"],
	["1.2.3", "no number", "1.2.3"],
	// What has no reading.
	["a \\foo b", "unknown command \\foo", "\\foo"],
	["\\begin{foo} a \\end{foo}", "unknown environment"],
	["\\begin{pmatrix} a & b \\\\ c \\end{pmatrix}", "rows of different"],
	["a + \\begin{matrix} a & b \\end{matrix}", "rows without brackets"],
	["f = \\begin{cases} a & b \\\\ c & d \\end{cases}", "condition"],
	["f = \\left\\{ a + b \\right.", "one side"],
	["a \\pm b", "two formulas", "\\pm"],
	["a!!", "double factorial"],
	["a \\circ b", "\\circ"],
	["a \\approx b", "not checked", "\\approx"],
	["a \\to b", "not checked"],
	["a + 1 \\not= b", "not checked"],
	["\\lVert a \\rVert_3", "subscript"],
	["\\mathrm{KL}(q)", "two densities"],
	["(x | y) a", "belong to no function"],
	["(a = b) c", "relation in brackets"],
	["1[a = b, c = d]", "not expected", ","],
	["\\frac{\\partial^3 f}{\\partial x^3}", "this order"],
	["\\frac{\\partial^2 f}{\\partial x}", "order 2"],
	["\\hat{ab}", "accent"],
	["\\overset{a}{b}", "over something else"],
	["\\genfrac{}{}{0pt}{}{a}{b}", "two lines"],
	["\\xrightarrow{a}", "arrow"],
	["a \\quad b", "without a relation", "b"],
	["a = b \\text{ if } c = d", "condition", "c = d"],
	["\\text{const} \\cdot a", "as a factor"],
	// Letters that look like products.
	["log a", "look like a product", "log"],
	["a sin x", "look like a product", "sin"],
	["2log x", "look like a product", "log"],
	["max(a, b)", "look like a product", "max"],
	// What is not seen, or not seen as it is read.
	["a \\phantom{+ 5}", "invisible", "\\phantom{+ 5}"],
	["a \\hphantom{+ 5}", "invisible"],
	["a \\vphantom{+ 5}", "invisible"],
	["a = b \\quad \\phantom{c}", "invisible"],
	["a {\\color{white} + 5}", "does not show"],
	["a \\textcolor{#fffffe}{+ 5}", "does not show"],
	["a \\textcolor{transparent}{+ 5}", "does not show"],
	["a \\colorbox{red}{b}", "coloured box"],
	["\\rlap{a} b", "over one another"],
	["\\mathllap{a} b", "over one another"],
	["a \\kern-2em b", "over one another"],
	["a \\hspace{-1em} b", "over one another"],
	["a \\!\\!\\!\\!\\! b", "over one another"],
	["\\frac{a \\kern-2em b}{c}", "over one another"],
	["\\cancel{a} b", "struck out", "\\cancel{a}"],
	["\\sout{a} b", "struck out"],
	["\\raisebox{1em}{a} b", "out of their line"],
	["\\rule{1em}{1em} a", "black box"],
	["\\href{http://a}{b}", "not allowed"],
	["\\underbrace{a}_{\\phantom{b}}", "invisible"],
	["a \\overset{\\phantom{b}}{=} c", "invisible"],
	["a = b \\quad \\text{so $\\phantom{c}$}", "invisible"],
	["a + \\text{5}", "stand in the formula"],
	["a + \\text{error} + b", "stand in the formula", "\\text{error}"],
	["a \\text{b} = c", "stand in the formula"],
	// Redefinitions.
	["\\def\\sigma{1} \\sigma", "already has a meaning", "\\sigma"],
	["\\renewcommand{\\mu}{x} \\mu", "already has a meaning", "\\mu"],
	["\\let\\log\\exp \\log a", "already has a meaning"],
	["\\def a{b} a", "does not name a command"],
	[
		"\\newcommand{\\d}[1]{\\def#1{2}} \\d{\\sigma} \\sigma",
		"does not name a command",
	],
	["\\let\\mydef\\def \\mydef\\sigma{1} \\sigma", "second name"],
	[
		"\\newcommand{\\foo}{\\def\\sigma{1}} \\foo \\sigma",
		"already has a meaning",
	],
	// What is no formula at all.
	["a\u0000b", "U+0000", "\u0000"],
	["a $ b", "KaTeX"],
];

describe("unread", () => {
	for (const [latex, message, place] of refusals)
		it(latex, () => {
			const { problems, chains } = read(latex);
			expect(problems.map((p) => p.message).join()).toContain(message);
			expect(problems).toHaveLength(1);
			expect(problems[0]?.expected).toBeTruthy();
			const { start, end } = problems[0]?.span ?? { start: -1, end: -1 };
			expect(start).toBeGreaterThanOrEqual(0);
			expect(end).toBeLessThanOrEqual(latex.length);
			if (place) expect(latex.slice(start, end)).toBe(place);
			expect(chains[0]?.broken ?? true).toBe(true);
		});
});

describe("near misses that are read", () => {
	it.each([
		"a \\! b",
		"a \\mathstrut b",
		"\\color{red} a",
		"\\textcolor{gray}{a}",
		"\\underbrace{a}_{\\text{b}}",
		"a = b \\quad \\text{so}",
		"a + \\text{const}",
		"\\text{Cat}(a)",
		"\\newcommand{\\foo}{a} \\foo",
		"\\log(a)",
		"l o g",
		"\\smash{a} b",
		"a \\kern2em b",
	])("%s", (latex) => {
		expect(read(latex).problems.map((p) => p.message)).toEqual(
			latex.includes("kern2em")
				? ["this formula stands beside another without a relation"]
				: [],
		);
	});
});
