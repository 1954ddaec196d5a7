import { describe, expect, it } from "vitest";
import { readSheet } from "../../src/sheet/read.js";
import { sheetPage } from "../../src/site/sheetPage.js";
import { checked, step } from "./fixture.js";

const row = (n: number) =>
	String.raw`&= \sum_{i=1}^N \sum_{k=1}^K \phi_{ik} \left( -\frac D2 \log(2\pi\lambda^2) - \frac{1}{2\lambda^2} \left( x_i^\top x_i - 2 x_i^\top m_k + m_k^\top m_k + D s_k^2 \right) \right) + ${n} \\`;

const pages = new Map<number, string>();

/** A sheet of many long rows, all of them proved. */
function page(rows: number): string {
	const made = pages.get(rows) ?? makePage(rows);
	pages.set(rows, made);
	return made;
}

function makePage(rows: number): string {
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
	return sheetPage(view, new Map(), "a.css").content.main;
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe("a long page", () => {
	it.each([40, 150, 300])("of %i steps keeps to 500 kB", (rows) => {
		const main = page(rows);
		expect(main.match(/class="verdict proved"/g)).toHaveLength(rows);
		expect(main.match(/<math>|aria-label="[^"]*sum/g)?.length).toBeGreaterThan(
			rows,
		);
		expect(bytes(main)).toBeLessThan(500_000);
	});

	it("keeps the better formulas where they fit", () => {
		const typeset =
			/<span class="katex"[^>]*>(?:<span class="katex-mathml">.*?<\/span>)?<i class=/;
		expect(page(40)).toMatch(typeset);
		expect(page(300)).not.toMatch(typeset);
	});
});
