import { describe, expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const head = "---\ntitle: Squares\nsymbols: {a: real, b: real}\n---\n";
const right = `${head}$$ (a + b)^2 = a^2 + 2 a b + b^2 $$\n`;
const wrong = `${head}$$ (a + b)^2 = a^2 + b^2 $$\n`;
const files = { "right.md": right, "wrong.md": wrong };

const check = (...args: string[]) =>
	tightbound(folderWith(files), ["check", ...args]);

describe("the exit code", () => {
	it("is 0 if every step holds, 1 if one is refuted", () => {
		expect(check("right.md").code).toBe(0);
		expect(check("right.md", "--strict").code).toBe(0);
		expect(check("wrong.md").code).toBe(1);
		expect(check("right.md", "wrong.md", "none.md").code).toBe(1);
	});
});

describe("the report", () => {
	it("is for people unless asked otherwise, without colour away from a terminal", () => {
		const { out, err } = check("right.md", "wrong.md");
		expect(out).toContain("right.md  Squares\n  1 step: 1 proved\n");
		expect(out).toMatch(
			/ {2}wrong\.md:5:\d+: refuted \(a \+ b\)\^2 = a\^2 \+ b\^2\n/,
		);
		expect(out).toMatch(
			/with a = \S+, b = \S+ the left is \S+, the right is \S+/,
		);
		expect(out).toContain("2 sheets: 1 proved, 1 refuted\n");
		expect(out).not.toContain("\u001b");
		expect(err).toBe("");
	});

	it("is JSON with one object for all files", () => {
		const { sheets, version } = JSON.parse(
			check("--json", "right.md", "wrong.md").out,
		);
		expect(version).toBe(1);
		expect(sheets.map((s: { title: string }) => s.title)).toEqual([
			"Squares",
			"Squares",
		]);
		expect(sheets[1].steps[0]).toMatchObject({
			line: 5,
			endLine: 5,
			relation: "=",
			left: "(a + b)^2",
			right: "a^2 + b^2",
			verdict: "refuted",
		});
		expect(sheets[1].counts).toEqual({
			given: 0,
			proved: 0,
			agrees: 0,
			refuted: 1,
			unread: 0,
		});
	});

	it("is JUnit's XML or SARIF on request", () => {
		expect(check("--junit", "wrong.md").out).toContain('failures="1"');
		const [run] = JSON.parse(check("--sarif", "wrong.md").out).runs;
		expect(run.results[0].ruleId).toBe("refuted");
	});

	it("is the same for the same seed", () => {
		const reports = [1, 2].map(
			() => check("--json", "--seed", "7", "wrong.md").out,
		);
		expect(reports[0]).toBe(reports[1]);
	});

	it("names no repair below that level of hints", () => {
		for (const level of ["where", "kind"]) {
			const { sheets } = JSON.parse(
				check("--json", "--hints", level, "wrong.md").out,
			);
			expect(sheets[0].steps[0].repair).toBeNull();
		}
	});
});

describe("explain", () => {
	const explain = (target: string) =>
		tightbound(folderWith(files), ["explain", target]);

	it("shows readings, normal forms and worlds of the steps on a line", () => {
		const { code, out } = explain("wrong.md:5");
		expect(code).toBe(0);
		expect(out).toMatch(/^wrong\.md:5:\d+: refuted\n/);
		for (const part of ["read as:", "normal form:", "worlds ("])
			expect(out).toContain(part);
	});

	it("shows the difference of the normal forms, and the trees as LaTeX", () => {
		const { out } = explain("wrong.md:5");
		expect(out).toContain("as LaTeX:");
		expect(out).toMatch(/left − right {2}\S/);
	});

	it("gives the same as JSON", () => {
		const { code, out } = tightbound(folderWith(files), [
			"explain",
			"wrong.md:5",
			"--json",
		]);
		expect(code).toBe(0);
		const { version, line, steps } = JSON.parse(out);
		expect([version, line]).toEqual([1, 5]);
		expect(steps[0].step.verdict).toBe("refuted");
		expect(steps[0].normalForms.difference).not.toBe("0");
		const failing = steps[0].worlds.filter(
			(w: { holds: boolean | null }) => w.holds === false,
		);
		expect(failing.length).toBeGreaterThan(0);
	});

	it("says how a statement of the model was read", () => {
		const sheet =
			"::: model\n$$ \\tau \\sim \\mathrm{Gamma}(2, 3) $$\n:::\n\n$$ 1 = 1 $$\n";
		const folder = folderWith({ "model.md": sheet });
		const { code, out } = tightbound(folder, ["explain", "model.md:2"]);
		expect(code).toBe(0);
		expect(out).toContain("~ Gamma(shape = 2, rate = 3)");
	});

	it("says that a line has no step", () => {
		const { code, err } = explain("wrong.md:1");
		expect(code).toBe(2);
		expect(err).toMatch(/^wrong\.md:1:1: line 1 has no step; expected /);
	});
});
