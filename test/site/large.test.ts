import { describe, expect, it } from "vitest";
import { readSheet } from "../../src/sheet/read.js";
import { sheetPages } from "../../src/site/sheetPage.js";
import { checked, step } from "./fixture.js";

const row = (n: number) =>
	String.raw`&= \sum_{i=1}^N \sum_{k=1}^K \phi_{ik} \left( -\frac D2 \log(2\pi\lambda^2) - \frac{1}{2\lambda^2} \left( x_i^\top x_i - 2 x_i^\top m_k + m_k^\top m_k + D s_k^2 \right) \right) + ${n} \\`;

const pages = new Map<number, readonly string[]>();

/** The pages of a sheet of many long rows, all of them proved. */
function parts(rows: number): readonly string[] {
	const made = pages.get(rows) ?? makeParts(rows);
	pages.set(rows, made);
	return made;
}

function makeParts(rows: number): readonly string[] {
	const lines = Array.from({ length: rows }, (_, n) => row(n));
	const displays: string[] = [];
	for (let n = 0; n < rows; n += 10)
		displays.push(
			`$$\n\\begin{aligned}\na_{${n}} ${lines.slice(n, n + 10).join("\n")}\n\\end{aligned}\n$$\n`,
		);
	const text = displays.join("\nThen:\n\n");
	const first = step(text, "\\sum_{i=1}^N", "proved");
	const sheet = readSheet(text, "a.md");
	const steps = sheet.displays.flatMap((display) =>
		Array.from({ length: 10 }, (_, n) => ({
			...first,
			rules: ["log density of a Gaussian", "linearity of the expectation"],
			display: display.ordinal,
			line: display.line + 2 + n,
			endLine: display.line + 2 + n,
		})),
	);
	const view = {
		sheet,
		checked: checked(text, "a.md", { steps }),
		plot: null,
		solver: null,
	};
	const { contents } = sheetPages(view, new Map(), {
		name: "a",
		styles: "a.css",
	});
	return contents.map(({ main }) => main);
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe("a long sheet", () => {
	it.each([40, 150, 500])("of %i steps has pages of at most 500 kB", (rows) => {
		const mains = parts(rows);
		const all = mains.join("");
		expect(all.match(/class="verdict proved"/g)).toHaveLength(rows);
		expect(all.match(/<math>/g)?.length).toBeGreaterThanOrEqual(rows);
		for (const main of mains) expect(bytes(main)).toBeLessThan(494_000);
		expect(mains.length).toBeLessThanOrEqual(
			Math.ceil(bytes(all) / 470_000) + 1,
		);
	});

	it("is one page where that holds it", () => {
		expect(parts(40)).toHaveLength(1);
		expect(parts(40)[0]).not.toContain('class="parts"');
	});

	it("has each anchor once, links that lead to it from all parts, and text that stays with its formula", () => {
		const mains = parts(500);
		const idsOf = (main: string) =>
			[...main.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? "");
		const steps = mains.flatMap(idsOf).filter((id) => id.startsWith("step-"));
		expect(new Set(steps).size).toBe(500);
		expect(steps).toHaveLength(500);
		for (const [n, main] of mains.entries()) {
			for (const [, file, id] of main.matchAll(
				/<a [^>]*href="([^"#:/]*\.html)?#([^"]*)"/g,
			)) {
				const at = file ? Number(/\.(\d+)\.html/.exec(file)?.[1] ?? 1) - 1 : n;
				expect(idsOf(mains[at] ?? ""), `${file}#${id}`).toContain(id);
			}
			expect(main).toContain(`<b aria-current="page">${n + 1}</b>`);
			expect(main).not.toMatch(/<p>Then:<\/p>\s*<\/div>/);
		}
	});
});
