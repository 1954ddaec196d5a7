import { expect, it } from "vitest";
import { jsonReport } from "../../src/report/json.js";
import { refuted, sheet, step, update } from "./sample.js";

it("has the keys that other programs rely on, and no others at the top", () => {
	const checked = sheet([step("proved"), refuted], {
		updates: [update("proved")],
	});
	const report = JSON.parse(jsonReport([checked]));
	expect(Object.keys(report)).toEqual(["version", "sheets"]);
	expect(report.version).toBe(1);
	const [only] = report.sheets;
	expect(Object.keys(only)).toEqual([
		"path",
		"title",
		"steps",
		"updates",
		"counts",
	]);
	expect(only.steps[0]).toEqual({
		line: 3,
		column: 6,
		endLine: 3,
		relation: "=",
		left: "a",
		right: "b",
		verdict: "proved",
		reason: "because",
		counterexample: null,
		repair: null,
		note: null,
	});
	expect(only.steps[1].counterexample).toEqual(refuted.counterexample);
	expect(only.steps[1].repair).toEqual(refuted.repair);
	expect(only.updates).toEqual([
		{
			target: "m_k",
			line: 9,
			verdict: "proved",
			certificate: "exact: q*(μ_k)",
		},
	]);
	expect(only.counts).toEqual({
		given: 0,
		proved: 1,
		agrees: 0,
		refuted: 1,
		unread: 0,
	});
});

it("writes values that JSON has no numbers for as text", () => {
	const counterexample = {
		world: { sizes: {}, indices: {}, values: { a: Number.NEGATIVE_INFINITY } },
		left: "undefined",
		right: "0",
	};
	const report = JSON.parse(
		jsonReport([sheet([step("refuted", { counterexample })])]),
	);
	expect(report.sheets[0].steps[0].counterexample.world.values.a).toBe(
		"-Infinity",
	);
});
