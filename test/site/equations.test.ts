import { describe, expect, it } from "vitest";
import { readSheet } from "../../src/sheet/read.js";
import { sheetMarkup } from "../../src/site/sheetPage.js";
import { checked } from "./fixture.js";

/** The numbers beside the rows of a sheet, in order, and the markup. */
function page(text: string) {
	const sheet = readSheet(text, "a.md");
	const view = {
		sheet,
		checked: checked(text, "a.md", {}),
		plot: null,
		solver: null,
	};
	const markup = sheetMarkup(view).main.text;
	const tags = [...markup.matchAll(/<span class="tag"[^>]*>.*?\((\w+)\)/g)];
	return { markup, tags: tags.map((match) => match[1]) };
}

describe("equation numbers", () => {
	it("numbers what LaTeX numbers", () => {
		const { tags } = page(String.raw`
$$ unnumbered $$

\begin{equation} a = b \end{equation}

\begin{align}
c &= d \\
&= e \nonumber \\
&= f \tag{A} \\
&= g
\end{align}

\begin{align*} h &= i \end{align*}

\begin{equation}
\begin{aligned} j &= k \\ &= l \end{aligned}
\end{equation}

$$ \begin{aligned} m &= n \\ &= o \label{eq:o} \end{aligned} $$

$$ r = t $$ {#eq-rt}
`);
		expect(tags).toEqual(["1", "2", "A", "3", "4", "5", "6"]);
	});

	it("links references in prose, in formulas of their own and in other formulas, forward too", () => {
		const { markup } = page(String.raw`
By \eqref{eq:two}, \ref{eq:two}, @eq-q and $\eqref{eq:two}$.

$$ x = y \quad \text{by } \eqref{eq:two} \label{eq:one} $$

$$ y = z \label{eq:two} $$

$$ q = r $$ {#eq-q}
`);
		expect(markup).toContain('<span class="tag" id="eq-two">(2)');
		expect(markup.match(/href="#eq-two"[^>]*>\(2\)<\/a>/g)).toHaveLength(2);
		expect(markup).toMatch(/href="#eq-two"[^>]*>2<\/a>/);
		expect(markup).toMatch(/href="#eq-q"[^>]*>\(3\)<\/a>/);
		expect(markup).toMatch(/<mtext>by.\(2\)<\/mtext>/);
	});

	it("shows a reference to nothing by its label, and an address as it is", () => {
		const { markup } = page("See \\eqref{eq:none} or me@eq-uation.org, a@b.\n");
		expect(markup).toContain("(eq:none)");
		expect(markup).toContain("me@eq-uation.org");
	});

	it("leads to the first of two equations with one label, and never uses an anchor twice", () => {
		const { markup } = page(
			"# Eq a\n\n$$ a = b \\label{eq:a} $$\n\n$$ c = d \\label{eq:a} $$\n\n## Eq a\n",
		);
		const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(markup).toContain('<span class="tag" id="eq-a">(1)');
	});
});
