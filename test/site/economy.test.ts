import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { shortClass, shortStyles } from "../../src/site/formula/classes.js";
import { Economy } from "../../src/site/formula/economy.js";
import { nativeMath } from "../../src/site/formula/native.js";
import { SetFormulas, Typesetter } from "../../src/site/formula/typeset.js";

const require = createRequire(import.meta.url);
const css = readFileSync(require.resolve("katex/dist/katex.min.css"), "utf8");

const formula = String.raw`\displaystyle \frac{1}{\sqrt{2\pi\sigma_k^2}} \sum_{k=1}^K \mathbb E_q\left[\hat x < \overline{y}\right] + \underbrace{a}_{b}`;
const markup = katex.renderToString(formula);
const text = (html: string) =>
	html.replace(/<math.*?<\/math>/gs, "").replace(/<[^>]*>/g, "");

describe("shortStyles", () => {
	it("renames every class that KaTeX's style sheet has, each to another name", () => {
		const rules = css.replace(/\{[^{}]*\}/g, "{}");
		const names = new Set(
			[...rules.matchAll(/\.([a-z][\w-]*)/g)].map((match) => match[1] ?? ""),
		);
		const frame =
			/^(?:katex|katex-mathml|katex-version|katex-display|katex-tag|leqno|fleqn)$/;
		const missing = [...names].filter(
			(name) => !frame.test(name) && shortClass(name) === null,
		);
		expect(missing).toEqual([]);
		const short = [...names].map(shortClass).filter((name) => name !== null);
		expect(new Set(short).size).toBe(short.length);
	});

	it("keeps one format of each font", () => {
		const sources = [...shortStyles(css).matchAll(/src:([^;}]*)/g)];
		expect(sources.length).toBeGreaterThan(10);
		for (const [, source] of sources)
			expect(source).toMatch(/^url\([^)]*\.woff2\) format\("woff2"\)$/);
	});
});

describe("Economy", () => {
	it("keeps all that is seen, and the MathML, in half of the bytes", () => {
		const short = new Economy().shorten(markup);
		expect(text(short)).toBe(text(markup));
		expect(short).toContain("<mfrac><mn>1</mn><msqrt>");
		expect(short.length).toBeLessThan(markup.length / 2);
	});

	it("has a rule for each class that it makes, and each drawing once", () => {
		const economy = new Economy();
		const short = economy.shorten(markup) + economy.shorten(markup);
		const used = new Set(
			[...short.matchAll(/class="([^"]*)"/g)]
				.flatMap((match) => (match[1] ?? "").split(" "))
				.filter((name) => /^s[a-z]+$/.test(name)),
		);
		expect(used.size).toBeGreaterThan(5);
		for (const name of used) expect(economy.css).toContain(`.${name}`);
		const drawings = [...economy.symbols.text.matchAll(/id="([^"]*)"/g)];
		expect(new Set(drawings.map((d) => d[1])).size).toBe(drawings.length);
		for (const [, name] of short.matchAll(/<use href="#([^"]*)"/g))
			expect(economy.symbols.text).toContain(`id="${name}"`);
	});

	it("leaves no style attribute", () => {
		expect(new Economy().shorten(markup).split("<math")[1]).not.toMatch(
			/<i[^>]* style=/,
		);
	});
});

describe("nativeMath", () => {
	it("sets letters of a style as letters of their own", () => {
		expect(
			nativeMath(
				'<mi mathvariant="script">N</mi><mi mathvariant="double-struck">R</mi><mi mathvariant="bold">x</mi>',
			),
		).toBe(
			'<mi mathvariant="normal">𝒩</mi><mi mathvariant="normal">ℝ</mi><mi mathvariant="normal">𝐱</mi>',
		);
	});
});

describe("SetFormulas", () => {
	const sources = [
		"a^2",
		String.raw`\newcommand{\E}{\mathbb E}\E[x]`,
		String.raw`\E[y]`,
		String.raw`\frac{\E x}{b}`,
		"a^2",
	];
	const setAll = (formulas?: SetFormulas) => {
		const economy = new Economy();
		const typesetter = new Typesetter({
			economy,
			...(formulas && { formulas }),
		});
		const all = sources.map((source) => typesetter.inline(source).text);
		return [...all, economy.css];
	};

	it("change nothing, macros included, on the first page and on later ones", () => {
		const formulas = new SetFormulas();
		const fresh = setAll();
		expect(setAll(formulas)).toEqual(fresh);
		expect(formulas.size).toBeGreaterThan(0);
		expect(setAll(formulas)).toEqual(fresh);
	});

	it("do not take a macro of one page for that of another", () => {
		const formulas = new SetFormulas();
		const set = (body: string) => {
			const typesetter = new Typesetter({ formulas });
			typesetter.define(String.raw`\newcommand{\m}{${body}}`);
			return typesetter.inline(String.raw`\m`).text;
		};
		expect(set("x")).toContain("<mi>x</mi>");
		expect(set("y")).toContain("<mi>y</mi>");
	});

	it("forget all when they hold too much", () => {
		const formulas = new SetFormulas();
		formulas.keep("a", null, 15_000_000);
		formulas.keep("b", null, 15_000_000);
		expect([...formulas.keys()]).toEqual(["b"]);
	});
});
