import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { shorten, terminalReport } from "../../src/report/terminal.js";
import { counterexampleText, valueText } from "../../src/report/world.js";
import { refuted, sheet, step, unclosed, update } from "./sample.js";

const plain = { colors: picocolors.createColors(false), width: 100 };

describe("the report for people", () => {
	it("shows what is not simply right, with place, counterexample, repair and note", () => {
		const messages = [
			unclosed,
			{
				...unclosed,
				level: "warning" as const,
				text: "odd",
				expected: "even",
			},
		];
		const checked = sheet([step("given"), step("proved"), refuted], {
			updates: [update("proved"), update("agrees")],
			messages,
		});
		expect(terminalReport([checked], plain)).toBe(
			[
				"notes.md  Notes",
				"  notes.md:7:2: warning: odd; expected even",
				"  notes.md:3:6: refuted \\mathbb E[\\mu_k^\\top \\mu_k] = m_k^\\top m_k + s_k^2",
				"      the sides differ",
				"      with D = 2, K = 2, i = 1, s = (1, 0.5), m = ((1, 2), (0.333333, 0)) the left is 3.5, the right is 3",
				"      repair (the variance term is counted once): m_k^\\top m_k + D s_k^2",
				"      note: holds for D = 1 alone",
				"  notes.md:9:4: agrees update of m_k",
				"      exact: q*(μ_k)",
				"  3 steps: 1 proved, 1 given, 1 refuted",
				"  2 updates: 1 proved, 1 agrees",
				"",
				"1 sheet: 2 proved, 1 agrees, 1 given, 1 refuted",
				"",
			].join("\n"),
		);
	});

	it("says once what is true of several places", () => {
		const at = (line: number) => ({
			...unclosed,
			level: "info" as const,
			line,
		});
		const checked = sheet([], { messages: [at(7), at(8), at(9)] });
		expect(terminalReport([checked], plain)).toContain(
			`notes.md:7:2: ${unclosed.text} (so in 2 more places)`,
		);
		expect(terminalReport([checked], plain)).not.toContain("notes.md:8");
	});

	it("colours the verdict, which stays a word", () => {
		const colors = picocolors.createColors(true);
		const report = terminalReport([sheet([refuted])], { colors, width: 100 });
		expect(report).toContain("\u001b[31mrefuted\u001b[39m");
	});

	it("keeps both ends of a long formula", () => {
		const text = `start${"x".repeat(200)}end`;
		const short = shorten(text, 60);
		expect(short.length).toBeLessThanOrEqual(60);
		expect(short).toMatch(/^start.* … .*end$/);
		expect(shorten("a = b", 10)).toBe("a = b");
	});
});

describe("a world in words", () => {
	it("rounds to six digits and cuts long arrays", () => {
		expect(valueText(1234567.8)).toBe("1234570");
		expect(valueText([0.1 + 0.2, -1])).toBe("(0.3, -1)");
		expect(valueText(new Array(50).fill(1))).toHaveLength(60);
	});

	it("needs no settings where nothing is free", () => {
		const world = { sizes: {}, indices: {}, values: {} };
		expect(counterexampleText({ world, left: "1", right: "2" })).toBe(
			"the left is 1, the right is 2",
		);
	});
});
