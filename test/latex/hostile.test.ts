import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DisplayReading } from "../../src/latex/surface.js";
import { pieces } from "../fuzz/words.mjs";
import { read } from "./read.js";

const doubling = [..."abcdefghijklmnopqrst"]
	.map((c, i, all) => {
		const body = i === 0 ? "xx" : `\\z${all[i - 1]}\\z${all[i - 1]}`;
		return `\\def\\z${c}{${body}}`;
	})
	.join("");

const hostile: Readonly<Record<string, string>> = {
	"a macro that calls itself": "\\def\\za{\\za\\za}\\za",
	"a macro that feeds itself": "\\def\\za#1{\\za{#1#1}}\\za{x}",
	"macros that double": `${doubling}\\zt`,
	"a macro that copies": `\\def\\za#1{${"#1".repeat(190)}}\\za{\\za{\\za{\\za{x}}}}`,
	"a macro that copies much": `\\def\\za#1{${"#1".repeat(190)}}\\za{${"x".repeat(9000)}}`,
	"ten million characters": "x".repeat(10_000_000),
	"ten thousand braces": "{".repeat(10_000) + "}".repeat(10_000),
	"braces just within the length": "{".repeat(9_000) + "}".repeat(9_000),
	brackets: "(".repeat(9_000) + ")".repeat(9_000),
	"sized brackets": "\\left(".repeat(1_500) + "\\right)".repeat(1_500),
	"nested superscripts": "x^{".repeat(190) + "}".repeat(190),
	sums: `${"\\sum_i ".repeat(2_500)}x`,
	logarithms: `${"\\log ".repeat(3_500)}x`,
	integrals: `${"\\int ".repeat(3_500)}x ${"dx".repeat(500)}`,
	gradients: `${"\\nabla_x ".repeat(2_000)}x`,
	slashes: `${"a/".repeat(9_000)}a`,
	bars: "|".repeat(19_001),
	environments: `${"\\begin{aligned}".repeat(500)}x${"\\end{aligned}".repeat(500)}`,
	"formulas in text in formulas": `${"\\text{$".repeat(190)}x${"$}".repeat(190)}`,
	"a NUL": "a\u0000b",
	"a lone surrogate": "a \ud800 b",
};

/** Time that any display may take, in milliseconds; on a busy machine too. */
const PATIENCE = 5_000;

describe("hostile input", () => {
	for (const [name, source] of Object.entries(hostile))
		it(
			name,
			() => {
				const start = performance.now();
				const { problems } = read(source);
				expect(performance.now() - start).toBeLessThan(PATIENCE);
				const harmless = name === "formulas in text in formulas";
				expect(problems.length).toBe(harmless ? problems.length : 1);
			},
			2 * PATIENCE,
		);
});

/** What the fuzz is made of, and letters and signs that mean something in a formula. */
const thrown = [
	...pieces,
	..."qEHCdepT3",
	"\\prod",
	"\\,dx",
	"\\frac12",
	"\\mathbb E",
];

/** Every span lies within the source and is no longer than it should be. */
function spansOf(reading: DisplayReading) {
	return [
		...reading.problems.map((p) => p.span),
		...reading.notes.map((n) => n.span),
		...reading.chains.flatMap((c) => [
			...c.remarks.map((r) => r.span),
			...c.links.flatMap((l) => [
				l.span,
				l.side.span,
				...(l.relation ? [l.relation.span] : []),
			]),
		]),
	];
}

describe("token soup", () => {
	const soup = fc
		.array(fc.constantFrom(...thrown), { maxLength: 40 })
		.map((parts) => parts.join(""));

	it("is read or refused, never thrown at", () => {
		fc.assert(
			fc.property(soup, (source) => {
				const reading = read(source);
				for (const { start, end } of spansOf(reading)) {
					expect(start).toBeGreaterThanOrEqual(0);
					expect(end).toBeGreaterThanOrEqual(start);
					expect(end).toBeLessThanOrEqual(source.length);
				}
				for (const problem of reading.problems)
					expect(problem.expected).toBeTruthy();
			}),
			{ numRuns: 1_500, seed: 8 },
		);
	});

	it("is read the same a second time", () => {
		fc.assert(
			fc.property(soup, (source) => {
				expect(read(source)).toEqual(read(source));
			}),
			{ numRuns: 300, seed: 9 },
		);
	});
});
