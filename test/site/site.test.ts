import { access, mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../src/index.js";
import { withoutSolutions } from "../../src/sheet/hide.js";
import { writeSite } from "../../src/site/index.js";
import { playAddress, sheetIn } from "../../src/site/sheetLink.js";
import { checked, mixture, mixtureText, step } from "./fixture.js";

const abstractText = `# Bayes' rule

See the [mixture](mixture.md#responsibilities).

- In a list:

  $$ p(z \\mid x) = \\frac{p(x, z)}{p(x)} $$

A paragraph with $$ a = b = c $$ inside.

\`\`\`expr
x + x = 2 * x
\`\`\`
`;
const abstractSheet = checked(abstractText, "derivations/abstract.md", {
	steps: [
		step(abstractText, "\\frac{p(x", "proved"),
		step(abstractText, "b = c", "proved"),
		step(abstractText, "c $$ inside", "agrees"),
		step(abstractText, "2 * x", "proved"),
	],
});

let out: string;
let pages: string[];
const read = (name: string) => readFile(join(out, name), "utf8");

beforeAll(async () => {
	out = await mkdtemp(join(tmpdir(), "tightbound-site-"));
	const written = await writeSite({
		out,
		sheets: [
			{
				text: mixtureText,
				checked: mixture(),
				plotSvg: "<svg xmlns='http://www.w3.org/2000/svg'/>",
				solverSource: "export const x = 1 < 2;",
			},
			{ text: abstractText, checked: abstractSheet },
		],
	});
	pages = written.pages;
});

/** The sheet that a page links to in the playground. */
const playFragment = (page: string) =>
	/href="play\/index\.html(#[^"]*)"/.exec(page)?.[1];

const count = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].length;

describe("writeSite", () => {
	it("writes an index, a page on the verdicts and a page a sheet", () => {
		expect(pages.map((path) => basename(path))).toEqual([
			"index.html",
			"verdicts.html",
			"mixture.html",
			"abstract.html",
		]);
	});

	it("leads to the playground with the very sheet, where the link is not too long", async () => {
		expect(sheetIn(playFragment(await read("mixture.html")) ?? "")).toBe(
			mixtureText,
		);
		const random = Array.from({ length: 9000 }, (_, n) =>
			((n * 2654435761) % 4294967296).toString(36),
		);
		expect(playAddress(random.join(" "))).toBeNull();
	});

	it("gives each step and each update one verdict", async () => {
		const page = await read("mixture.html");
		expect(count(page, /<div class="verdict /g)).toBe(9 + 3);
		expect(count(page, /<div class="verdict refuted"/g)).toBe(1);
		expect(count(page, /<div class="verdict unread"/g)).toBe(1);
	});

	it("puts each verdict into the row that it is about", async () => {
		const page = await read("mixture.html");
		const row = page
			.split('<div class="row')
			.find((part) => part.includes('id="step-3"'));
		// The third row of the display: its formula, its tag and its counterexample.
		expect(row).toContain("<mi>K</mi><mi>D</mi>");
		expect(row).toContain("(1)");
		expect(row).toContain("−7.92575");
		expect(row).toContain("A repair that holds");
	});

	it("sets the updates of one display on rows of their own", async () => {
		const page = await read("mixture.html");
		const rows = page
			.split('<div class="row')
			.filter((part) => part.includes('id="update-'));
		expect(rows).toHaveLength(3);
	});

	it("finds displays in lists, in paragraphs and in plain text", async () => {
		const page = await read("abstract.html");
		expect(count(page, /<div class="verdict /g)).toBe(4);
		expect(page).toContain("<code>x + x = 2 * x</code>");
		expect(page).not.toMatch(/<p>[^<]*<div/);
	});

	it("links sheets to each other and to passages", async () => {
		expect(await read("abstract.html")).toContain(
			'href="mixture.html#responsibilities"',
		);
		expect(await read("mixture.html")).toContain('id="responsibilities"');
	});

	it("has all that its pages refer to", async () => {
		for (const path of pages) {
			const page = await readFile(path, "utf8");
			for (const [, address] of page.matchAll(
				/(?:href|src)="(?!https:|data:|#)([^"#]+)/g,
			)) {
				await access(join(out, decodeURIComponent(address ?? "")));
			}
		}
		const css = await read("assets/katex/katex.css");
		for (const [, address] of css.matchAll(/url\(([^)]+)\)/g)) {
			await access(join(out, "assets/katex", address ?? ""));
		}
	});

	it("never uses an anchor twice, and keeps headings in order", async () => {
		for (const path of pages) {
			const page = await readFile(path, "utf8");
			const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
			expect(new Set(ids).size).toBe(ids.length);
			const levels = [...page.matchAll(/<h([1-6])/g)].map((m) => Number(m[1]));
			expect(levels.filter((level) => level === 1)).toHaveLength(1);
			levels.forEach((level, n) => {
				expect(level).toBeLessThanOrEqual((levels[n - 1] ?? 0) + 1);
			});
		}
	});

	it("holds no script and stays small", async () => {
		for (const path of pages) {
			const page = await readFile(path, "utf8");
			expect(page).not.toMatch(/<script|\son[a-z]+=|javascript:/i);
			expect(page).toContain("default-src &#39;none&#39;");
			expect(page.length).toBeLessThan(500_000);
		}
	});

	it("offers the solver as a file and as escaped code", async () => {
		expect(await read("assets/solvers/mixture.mjs")).toBe(
			"export const x = 1 < 2;",
		);
		expect(await read("mixture.html")).toContain("export const x = 1 &#60; 2;");
	});

	it("shows a verdict whose display is gone rather than losing it", async () => {
		const folder = await mkdtemp(join(tmpdir(), "tightbound-site-"));
		const stray = { ...step(abstractText, "b = c", "refuted"), display: 99 };
		await writeSite({
			out: folder,
			sheets: [
				{
					text: abstractText,
					checked: checked(abstractText, "a.md", { steps: [stray] }),
				},
			],
		});
		const page = await readFile(join(folder, "a.html"), "utf8");
		expect(page).toContain("Elsewhere in the sheet");
		expect(count(page, /<div class="verdict refuted"/g)).toBe(1);
	});
});

describe("a site without solutions", () => {
	it("holds no byte of them, and says that they are left open", async () => {
		const text = `---
title: Sheet
symbols: { a: real, b: real }
---

::: model
$$ x_i \\sim \\mathcal N(\\mu, 1), \\quad i = 1, \\dots, N $$
:::

::: exercise {points=4}
Show that $$ (a + b)^2 = a^2 + 2 a b + b^2 $$
:::

::: solution {#zyxwv title="zyxwv"}
zyxwv, [zyxwv](zyxwv.md), \\eqref{zyxwv}

$$ zyxwv := 7 \\label{zyxwv} $$
:::
`;
		const path = "sheet.md";
		const shown = withoutSolutions(text, path);
		const folder = await mkdtemp(join(tmpdir(), "tightbound-site-"));
		const sheet = { text: shown, checked: await check(shown, path) };
		await writeSite({ out: folder, sheets: [sheet] });
		const files = await readdir(folder, {
			recursive: true,
			withFileTypes: true,
		});
		for (const file of files) {
			if (!file.isFile()) continue;
			const content = await readFile(
				join(file.parentPath, file.name),
				"latin1",
			);
			expect(content).not.toContain("zyxwv");
		}
		const page = await readFile(join(folder, "sheet.html"), "utf8");
		expect(page).toContain("Exercise 1 · 4 points");
		// Packed text would hide it from the search above.
		expect(sheetIn(playFragment(page) ?? "")).toBe(shown);
		expect(page).toContain("Left open in this copy.");
		expect(count(page, /class="verdict proved"/g)).toBe(1);
	});
});

describe("prose", () => {
	it("keeps a comma with the short formula before it, and loses no text", async () => {
		const folder = await mkdtemp(join(tmpdir(), "tightbound-site-"));
		const text = `# Title\n\nLet $x$, and $${"a + ".repeat(20)}b$. End $y$ there.\n`;
		const sheet = { text, checked: checked(text, "a.md", {}) };
		await writeSite({ out: folder, sheets: [sheet] });
		const page = await readFile(join(folder, "a.html"), "utf8");
		expect(page).toMatch(/<span class="tied">.*?,<\/span> and/);
		expect(count(page, /class="tied"/g)).toBe(1);
		expect(page).toMatch(/<\/span>\. End <span/);
	});
});
