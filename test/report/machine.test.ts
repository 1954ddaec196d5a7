import { describe, expect, it } from "vitest";
import { junitReport } from "../../src/report/junit.js";
import { sarifReport } from "../../src/report/sarif.js";
import { escapeXml } from "../../src/report/xml.js";
import { refuted, sheet, step, unclosed, update } from "./sample.js";

const checked = sheet(
	[step("given"), step("proved"), step("agrees"), refuted, step("unread")],
	{ updates: [update("proved")], messages: [unclosed], path: "a b/n&1.md" },
);

describe("JUnit", () => {
	it("counts refuted steps as failures, unread ones and errors of the sheet as errors", () => {
		const xml = junitReport([checked], false);
		expect(xml).toContain(
			'<testsuite name="a b/n&amp;1.md" tests="7" failures="1" errors="2" skipped="1">',
		);
		expect(xml.match(/<testcase /g)).toHaveLength(7);
		expect(xml).toContain('<failure type="refuted" message="the sides differ"');
		expect(xml).toContain(
			"the display is not closed; expected `$$`".replaceAll("&", "&amp;"),
		);
	});

	it("lets steps that only agree fail under strict", () => {
		expect(junitReport([checked], true)).toContain('failures="2"');
	});

	it("escapes what XML cannot hold", () => {
		expect(escapeXml('a<b>&"c"\0\u001b\uD800\n\t😀')).toBe(
			"a&lt;b&gt;&amp;&quot;c&quot;\uFFFD\uFFFD\uFFFD&#10;&#9;😀",
		);
	});
});

describe("SARIF", () => {
	const [run] = JSON.parse(sarifReport([checked], "1.2.3")).runs;

	it("has a result for each step that is not simply right, with its place", () => {
		const summary = run.results.map(
			(r: { ruleId: string; level: string }) => `${r.ruleId} ${r.level}`,
		);
		expect(summary).toEqual([
			"sheet error",
			"agrees note",
			"refuted error",
			"unread error",
		]);
		const { physicalLocation } = run.results[2].locations[0];
		expect(physicalLocation).toEqual({
			artifactLocation: { uri: "a%20b/n&1.md" },
			region: { startLine: 3, startColumn: 6, endLine: 4 },
		});
	});

	it("names the rules that its results refer to, and the program", () => {
		expect(run.tool.driver.version).toBe("1.2.3");
		for (const { ruleId, ruleIndex } of run.results)
			expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
	});
});
