import { describe, expect, it } from "vitest";
import { nameInLatex } from "../../src/site/counterexample.js";
import { Typesetter } from "../../src/site/formula/typeset.js";
import { escapeText, html, join } from "../../src/site/html.js";
import { resolveLink } from "../../src/site/links.js";
import { richText, sentence } from "../../src/site/richText.js";
import { pageNames, slugOf } from "../../src/site/slug.js";

describe("html", () => {
	it("escapes what is put into it, and markup no second time", () => {
		const inner = html`<b title="${'"x"'}">${"<script>"}</b>`;
		expect(join([inner, "&"]).text).toBe(
			'<b title="&#34;x&#34;">&#60;script&#62;</b>&#38;',
		);
	});

	it("leaves empty slots empty", () => {
		expect(html`a${null}${false}${undefined}${[]}b${0}`.text).toBe("ab0");
	});
});

describe("slugs", () => {
	it("keeps letters and digits of any script", () => {
		expect(slugOf("Die Größe φ, Teil 2")).toBe("die-größe-φ-teil-2");
		expect(slugOf("../../etc/passwd")).toBe("etc-passwd");
		expect(slugOf("...")).toBe("sheet");
	});

	it("gives each sheet a page of its own", () => {
		expect(
			pageNames(["a/one.md", "b/One.md", "index.md", "a\\two.md"], ["index"]),
		).toEqual(["one", "one-2", "index-2", "two"]);
	});
});

describe("resolveLink", () => {
	const pages = new Map([["notes/normal-mean.md", "normal-mean.html"]]);
	const resolve = (href: string) =>
		resolveLink(href, "notes/mixture.md", pages);

	it.each([
		["https://example.org/a?b#c", "https://example.org/a?b#c"],
		["mailto:a@example.org", "mailto:a@example.org"],
		["normal-mean.md", "normal-mean.html"],
		["../notes/normal-mean.md#The%20bound", "normal-mean.html#the-bound"],
		["#eq:elbo", "#eq-elbo"],
		["#step-1", "#sheet-step-1"],
	])("leads %s to %s", (href, target) => {
		expect(resolve(href)).toBe(target);
	});

	it.each([
		"javascript:alert(1)",
		" JavaScript:alert(1)",
		"data:text/html,x",
		"vbscript:x",
		"file:///etc/passwd",
		"//example.org/x",
		"../../etc/passwd",
		"missing.md",
		"#",
		"",
	])("leads %s nowhere", (href) => {
		expect(resolve(href)).toBeNull();
	});
});

describe("Typesetter", () => {
	it("remembers macros from one formula to the next", () => {
		const typesetter = new Typesetter();
		typesetter.define("\\newcommand{\\half}{\\tfrac12}");
		expect(typesetter.cell("\\half x")?.text).toContain("<mfrac>");
	});

	it("takes definitions that a sheet repeats or that KaTeX has by itself", () => {
		const typesetter = new Typesetter();
		const definitions =
			"\\newcommand{\\R}{\\mathcal R}\\newcommand{\\half}{\\tfrac12}";
		typesetter.define(definitions);
		typesetter.define(definitions);
		const { text } = typesetter.inline("\\R + \\half");
		expect(text).toContain("<mfrac>");
		expect(text).not.toContain("double-struck");
	});

	it("reads Markdown escapes as the checker does", () => {
		expect(new Typesetter().inline("p\\_\\mu").text).toContain("<msub>");
	});

	it("shows what cannot be typeset as written, escaped", () => {
		const shown = new Typesetter().inline("\\undefined <b>");
		expect(shown.text).toBe("<code>\\undefined &#60;b&#62;</code>");
	});

	it("makes no links and sets no attributes", () => {
		const typesetter = new Typesetter();
		for (const source of [
			"\\href{javascript:alert(1)}{x}",
			"\\url{https://example.org}",
			"\\includegraphics{https://example.org/x.png}",
			"\\htmlClass{evil}{x}",
			"\\htmlStyle{position:fixed}{x}",
			"\\htmlData{a=b}{x}",
		]) {
			const written = escapeText(source);
			expect(typesetter.inline(source).text).toBe(`<code>${written}</code>`);
		}
	});

	it("stops at macro bombs and deep nesting", () => {
		const typesetter = new Typesetter();
		typesetter.define(`\\def\\a{${"x".repeat(5000)}}`);
		expect(typesetter.cell("\\a")).toBeNull();
		typesetter.define("\\def\\b{\\b\\b}");
		expect(typesetter.cell("\\b")).toBeNull();
		expect(typesetter.cell("{".repeat(9000) + "}".repeat(9000))).toBeNull();
		expect(typesetter.cell("x")).not.toBeNull();
	});

	it("typesets formulas and code inside of messages", () => {
		const { text } = richText("in `a<b` and $x^2$", new Typesetter());
		expect(text).toContain("<code>a&#60;b</code>");
		expect(text).toContain("<msup>");
	});
});

describe("sentence", () => {
	it.each([
		["the sides differ", "The sides differ."],
		["holds for D = 1 alone.", "Holds for D = 1 alone."],
		["q(mu) agrees", "q(mu) agrees."],
		["$x$ is free", "$x$ is free."],
		["", ""],
	])("makes %j %j", (text, whole) => {
		expect(sentence(text)).toBe(whole);
	});
});

describe("nameInLatex", () => {
	it.each([
		["phi", "\\phi"],
		["m", "m"],
		["m_k", "m_{k}"],
		["alpha_0", "\\alpha_{0}"],
		["rate", "\\text{rate}"],
		["\\hat m", "\\hat m"],
	])("sets %s as %s", (name, latex) => {
		expect(nameInLatex(name)).toBe(latex);
	});
});
