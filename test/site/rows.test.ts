import { describe, expect, it } from "vitest";
import { layOut } from "../../src/site/rows.js";
import { separateEquations } from "../../src/site/sideBySide.js";

const cells = (source: string) => layOut(source).rows.map((row) => row.cells);

describe("layOut", () => {
	it("splits aligned rows at top-level marks only", () => {
		const source = String.raw`\begin{aligned}
a &= \begin{cases} 1 & x \\ 2 & y \end{cases} \\[2pt]
  &= {b \\ c} \& d
\end{aligned}`;
		expect(cells(source)).toEqual([
			["a", String.raw`= \begin{cases} 1 & x \\ 2 & y \end{cases}`],
			["", String.raw`= {b \\ c} \& d`],
		]);
	});

	it("knows where each row begins", () => {
		const source = "\\begin{align*}\n  a &= b \\\\\n  &= c\n\\end{align*}";
		expect(
			layOut(source).rows.map((row) => source.slice(row.start, row.end)),
		).toEqual(["a &= b", "&= c"]);
	});

	it("unwraps an environment around another and leaves out an empty last row", () => {
		const source = String.raw`\begin{equation}\begin{split} a &= b \\ &= c \\ \end{split}\end{equation}`;
		expect(cells(source)).toEqual([
			["a", "= b"],
			["", "= c"],
		]);
	});

	it("keeps end punctuation with the last row", () => {
		expect(
			cells(String.raw`\begin{aligned} a &= b \\ &= c \end{aligned}.`),
		).toEqual([
			["a", "= b"],
			["", "= c."],
		]);
	});

	it("leaves a display whole that is more than an environment", () => {
		const source = String.raw`f(x) = \begin{aligned} a \\ b \end{aligned}`;
		expect(cells(source)).toEqual([[source]]);
		const followed = String.raw`\begin{aligned} a \\ b \end{aligned} = 3`;
		expect(cells(followed)).toEqual([[followed]]);
	});

	it("leaves a matrix whole", () => {
		const source = String.raw`\begin{pmatrix} a & b \\ c & d \end{pmatrix}`;
		expect(cells(source)).toEqual([[source]]);
	});

	it("breaks a bare display at its own line ends", () => {
		expect(cells("a = b \\\\ c = d")).toEqual([["a = b"], ["c = d"]]);
	});

	it("takes tags and labels out of the formula", () => {
		const { rows } = layOut(
			String.raw`\begin{align} a &= b \tag{7} \\ c &= d \label{eq:d}\nonumber \end{align}`,
		);
		expect(rows).toMatchObject([
			{ cells: ["a", "= b"], tag: "7", labels: [] },
			{ cells: ["c", "= d"], tag: null, labels: ["eq:d"] },
		]);
	});

	it("sets macro definitions apart", () => {
		const source = String.raw`\newcommand{\E}[1]{\mathbb E[#1]} \def\half{\frac12}
a = \half`;
		const layout = layOut(source);
		expect(layout.definitions.trim()).toBe(
			String.raw`\newcommand{\E}[1]{\mathbb E[#1]} \def\half{\frac12}`,
		);
		expect(layout.rows.map((row) => row.cells)).toEqual([
			[String.raw`a = \half`],
		]);
	});

	it("reads the columns of an array", () => {
		const layout = layOut(String.raw`\begin{array}{rcl} a & = & b \end{array}`);
		expect(layout.columns).toEqual(["right", "center", "left"]);
		expect(layout.rows[0]?.cells).toEqual(["a", "=", "b"]);
	});

	it("survives unbalanced input", () => {
		for (const source of [
			"",
			"}",
			"{",
			"\\begin{aligned} a",
			"\\end{x} &",
			"\\",
		]) {
			expect(layOut(source).rows.length).toBeGreaterThan(0);
		}
	});
});

describe("separateEquations", () => {
	const source = String.raw`a = b, \qquad c = d, \qquad i = 1, \dots, N`;
	const { rows } = layOut(source);
	const texts = (offsets: readonly number[]) =>
		separateEquations(source, rows, offsets).map((row) =>
			source.slice(row.start, row.end),
		);

	it("gives each equation with a verdict a row of its own", () => {
		expect(texts([4, source.indexOf("d,")])).toEqual([
			"a = b,",
			String.raw`c = d, \qquad i = 1, \dots, N`,
		]);
	});

	it("leaves a row with one verdict whole", () => {
		expect(texts([4])).toEqual([source]);
	});
});
