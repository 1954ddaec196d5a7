import { describe, expect, it } from "vitest";
import { defaultLexicon } from "../../src/latex/lexicon.js";
import { readDisplay, readInline } from "../../src/latex/read.js";
import { printReading } from "./print.js";
import { read, reading } from "./read.js";

const rows = (...lines: string[]) =>
	`\\begin{aligned}${lines.join(" \\\\ ")}\\end{aligned}`;

describe("relations", () => {
	it.each([
		["a = b", "equal"],
		["a := b", "define"],
		["a \\coloneqq b", "define"],
		["a \\triangleq b", "define"],
		["a \\equiv b", "define"],
		["a \\leftarrow b", "define"],
		["a \\overset{\\text{def}}{=} b", "define"],
		["a \\propto b", "proportional"],
		["a \\ge b", "atLeast"],
		["a \\geq b", "atLeast"],
		["a > b", "above"],
		["a \\le b", "atMost"],
		["a \\leqslant b", "atMost"],
		["a < b", "below"],
		["a \\iff b", "iff"],
		["a \\Leftrightarrow b", "iff"],
		["a \\implies b", "implies"],
		["a \\Rightarrow b", "implies"],
		["a \\sim b", "tilde"],
		["a \\overset{iid}{\\sim} b", "tilde"],
		["a \\in b", "in"],
		["a \\stackrel{+}{=} b", "constant"],
		["a \\overset{c}{=} b", "constant"],
		["a \\overset{\\text{const}}{=} b", "constant"],
		["a \\overset{\\text{Bayes}}{=} b", "equal"],
		["a \\stackrel{(a)}{\\ge} b", "atLeast"],
	])("%s", (latex, kind) => {
		expect(reading(latex)).toBe(`a ${kind} b`);
	});

	it("makes a definition of its own of =: at the end", () => {
		expect(reading("a =: b")).toBe("a // b define a");
		expect(reading("a = c =: b")).toBe("a equal c // b define c");
	});

	it("keeps what is written over a relation", () => {
		const [chain] = read("a \\overset{\\text{Bayes}}{=} b").chains;
		expect(chain?.remarks.map((r) => r.text)).toEqual(["Bayes"]);
	});
});

describe("rows", () => {
	it.each([
		[
			"relations at the beginning",
			rows("a &= b", "&= c", "&\\le d"),
			"a equal b equal c atMost d",
		],
		["the relation before the &", rows("a =& b", "=& c"), "a equal b equal c"],
		["a left side of its own", rows("a", "&= b"), "a equal b"],
		["an empty last row", rows("a &= b", ""), "a equal b"],
		[
			"a row that goes on with +",
			rows("a &= b", "&\\quad + c", "&= d"),
			"a equal (+ b c) equal d",
		],
		["a row that goes on with −", rows("a &= b", "& - c"), "a equal (+ b -c)"],
		[
			"a row that goes on with a dot",
			rows("a &= b", "& \\cdot c"),
			"a equal (* b . c)",
		],
		["a row that ends with +", rows("a &= b +", "& c"), "a equal (+ b c)"],
		["a row that ends with =", rows("a =", "b"), "a equal b"],
		[
			"a bracket over two rows",
			rows("a &= \\Big[ b", "&\\quad + c \\Big] d"),
			"a equal (* (+ b c) d)",
		],
		["a new equation", rows("a &= b", "c &= d"), "a equal b // c equal d"],
		[
			"a new equation that begins with −",
			rows("a &= b", "-c &= d"),
			"a equal b // (+ -c) equal d",
		],
		["rows without an environment", "a = b \\\\ = c", "a equal b equal c"],
		[
			"align",
			"\\begin{align} a &= b \\\\ &= c \\end{align}",
			"a equal b equal c",
		],
		[
			"split in equation",
			"\\begin{equation}\\begin{split} a &= b \\\\ &= c \\end{split}\\end{equation}",
			"a equal b equal c",
		],
		[
			"gather",
			"\\begin{gather} a = b \\\\ c = d \\end{gather}",
			"a equal b // c equal d",
		],
		[
			"array",
			"\\begin{array}{rcl} a &=& b \\\\ &=& c \\end{array}",
			"a equal b equal c",
		],
		[
			"eqnarray",
			"\\begin{eqnarray} a &=& b \\nonumber\\\\ &=& c \\end{eqnarray}",
			"a equal b equal c",
		],
		[
			"two columns of equations",
			rows("a &= b & c &= d", "&= e & &= f"),
			"a equal b equal e // c equal d equal f",
		],
		[
			"a brace on the left",
			"\\left\\{\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\\right.",
			"a equal b // c equal d",
		],
		[
			"arrows between equations",
			rows("a &= b", "\\implies c &= d"),
			"a equal b implies c equal d",
		],
		["a display that goes on", rows("&= b", "&= c"), "… equal b equal c"],
		["a formula without a relation", "a + b", "(+ a b)"],
		["nothing", "  ", ""],
		["a definition alone", "\\newcommand{\\E}{\\mathbb E}", ""],
	])("%s", (_, latex, chains) => {
		expect(reading(latex)).toBe(chains);
	});
});

describe("side by side", () => {
	it.each([
		[
			"a \\propto b, \\qquad c = d, \\qquad e = f.",
			"a proportional b // c equal d // e equal f",
		],
		["a = b \\quad c = d", "a equal b // c equal d"],
		["a = b, c = d", "a equal b // c equal d"],
		["a = b; c = d", "a equal b // c equal d"],
		["a = b \\quad\\text{and}\\quad c = d", "a equal b // c equal d"],
		["x, z \\sim p", "(call ? x z) tilde p"],
		[
			"x_i \\mid c_i, \\mu \\sim \\mathcal N(0, 1)",
			"(call ? x_[i] | c_[i] mu) tilde (call cal:N 0 1)",
		],
		["x_i | c_i \\sim p", "(call ? x_[i] | c_[i]) tilde p"],
		["a = \\quad b", "a equal b"],
		["a = b \\quad + c", "a equal (+ b c)"],
	])("%s", (latex, chains) => {
		expect(reading(latex)).toBe(chains);
	});
});

describe("what stands beside", () => {
	it.each([
		["a_k = b, \\quad k = 1,\\dots,K", "a_[k] equal b {range k K}"],
		["a_k = b, k = 1, 2, \\ldots, K", "a_[k] equal b {range k K}"],
		["a_k = b \\quad (k = 1,\\dots,K)", "a_[k] equal b {range k K}"],
		["a_k = b \\;(k = 1,\\dots,K)", "a_[k] equal b {range k K}"],
		["a_k = b \\quad 1 \\le k \\le K", "a_[k] equal b {range k K}"],
		["a_k = b \\quad k = 1:K", "a_[k] equal b {range k K}"],
		["a_k = b \\quad k \\in \\{1,\\dots,K\\}", "a_[k] equal b {range k K}"],
		["a_k = b \\quad k \\in [K]", "a_[k] equal b {range k K}"],
		["a_k = b \\quad \\forall k = 1,\\dots,K", "a_[k] equal b {range k K}"],
		["a_k = b \\quad \\forall k", "a_[k] equal b"],
		["a_k = b \\text{ for } k = 1,\\dots,K", "a_[k] equal b {range k K}"],
		["a_k = b \\text{ for $k = 1,\\dots,K$}", "a_[k] equal b {range k K}"],
		[
			"a_{ij} = b \\quad i,j = 1,\\dots,N",
			"a_[i j] equal b {range i N} {range j N}",
		],
		["a_k = b \\quad k = 2,\\dots,K", "a_[k] equal b {range k 2..K}"],
		["a_k b_l = c, \\quad k \\ne l", "(* a_[k] b_[l]) equal c {distinct k l}"],
		["k \\ne l", "{distinct k l}"],
		["a = b \\quad \\text{(by linearity)}", "a equal b"],
		["a = b \\quad (\\text{by linearity})", "a equal b"],
		["a = b && \\text{(Jensen)}", "a equal b"],
		["a = b \\tag{7}", "a equal b"],
		["a = b \\label{eq:one}", "a equal b {label eq:one}"],
		["a = b \\text{(by \\eqref{eq:one})}", "a equal b"],
		[
			"a = b + \\text{const} \\quad \\text{(w.r.t. $\\mu_k$)}",
			"a equal (+ b const) {wrt mu_[k]}",
		],
		[
			"a = b + \\text{const} \\quad \\text{(w.r.t. } \\mu_k)",
			"a equal (+ b const) {wrt mu_[k]}",
		],
		[
			"a = b + \\text{const} \\quad (\\text{with respect to } w)",
			"a equal (+ b const) {wrt w}",
		],
		["a = b,", "a equal b"],
		["a = b .", "a equal b"],
	])("%s", (latex, chains) => {
		const source = latex.includes("&") ? rows(latex) : latex;
		expect(reading(source)).toBe(chains);
	});

	it("reads the statements of a model with their ranges", () => {
		const model = rows(
			"\\mu_k &\\sim \\mathcal N(0, \\sigma^2 I), & k &= 1,\\dots,K",
			"c_i &\\sim \\mathrm{Cat}(1/K,\\dots,1/K), && i = 1,\\dots,N",
			"x_i \\mid c_i, \\mu &\\sim \\mathcal N(\\mu_{c_i}, \\lambda^2 I), & x_i &\\in \\mathbb R^D",
		);
		expect(reading(model)).toBe(
			[
				"mu_[k] tilde (call cal:N 0 (* (^ sigma 2) I)) {range k K}",
				"c_[i] tilde (call up:Cat (/ 1 K) ... (/ 1 K)) {range i N}",
				"(call ? x_[i] | c_[i] mu) tilde (call cal:N mu_[c_[i]] (* (^ lambda 2) I))",
				"x_[i] in (^ bb:R D)",
			].join(" // "),
		);
	});

	it("keeps words, tags and labels of braces as remarks", () => {
		const source =
			"\\begin{align} a &= \\underbrace{b}_{\\text{bias}} \\tag{2} && \\text{by $x = 1$} \\end{align}";
		const texts = read(source).chains[0]?.remarks.map((r) => r.text);
		expect(texts).toEqual(["by $x = 1$", "(2)", "bias"]);
	});
});

describe("broken chains", () => {
	it("goes on behind a side that cannot be read, but not over it", () => {
		expect(reading("a = b = (c = d = e")).toMatch(
			/^a equal b \{broken\} \/\/ !this \( is never closed$/,
		);
		expect(reading("a = b \\pm c = d = e")).toBe(
			"a {broken} // d equal e // !± stands for two formulas",
		);
	});

	it("does not link rows over one that cannot be read", () => {
		expect(reading(rows("a &= b", "&\\quad c", "&= d"))).toBe(
			"a equal b {broken} // d // !this formula stands beside another without a relation",
		);
	});

	it("marks a chain whose last side is unread", () => {
		const { chains } = read("a = \\phantom{b}");
		expect(chains.map((c) => c.broken)).toEqual([true]);
	});
});

describe("places", () => {
	const at = (source: string, span?: { start: number; end: number }) =>
		source.slice(span?.start, span?.end);

	it("gives sides and relations their place in the source", () => {
		const source = rows("\\frac{1}{2} a &= \\sqrt{b}", "&\\ge c_{ik}^2,");
		const [chain] = read(source).chains;
		expect(chain?.links.map((l) => at(source, l.span))).toEqual([
			"\\frac{1}{2} a",
			"\\sqrt{b}",
			"c_{ik}^2",
		]);
		expect(chain?.links.map((l) => at(source, l.relation?.span))).toEqual([
			source,
			"=",
			"\\ge",
		]);
	});

	it("places what came out of a macro where the macro is used", () => {
		const source = "\\newcommand{\\bad}{\\pm} a = b \\bad c";
		const [problem] = read(source).problems;
		expect(at(source, problem?.span)).toBe("\\bad");
	});
});

describe("macros", () => {
	it("lives on in later displays, whichever display defined it", () => {
		const options = { lexicon: defaultLexicon, macros: {} };
		expect(
			printReading(
				readDisplay("\\newcommand{\\E}{\\mathbb E} \\E[x] = y", options),
			),
		).toBe("(E x) equal y");
		expect(printReading(readDisplay("\\E[z] = y", options))).toBe(
			"(E z) equal y",
		);
		expect(printReading(readInline("\\E[z]", options))).toBe("(E z)");
	});

	it("does not let a refused definition into later displays", () => {
		const options = { lexicon: defaultLexicon, macros: {} };
		expect(readDisplay("\\def\\sigma{1} a = b", options).problems).toHaveLength(
			1,
		);
		expect(printReading(readDisplay("\\sigma", options))).toBe("sigma");
	});
});
