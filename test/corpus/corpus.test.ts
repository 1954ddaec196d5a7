import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CheckedSheet } from "../../src/check/result.js";
import { checkFile } from "./expectations.js";
import { parts } from "./judged.js";

const here = import.meta.dirname;
const derivations = join(here, "../../derivations");

test("no sheet is left out: the files that share them are numbered from 1, and each takes its own part", () => {
	expect(parts).toEqual(parts.map((_, n) => n + 1));
	for (const part of parts)
		expect(readFileSync(join(here, `sheets${part}.test.ts`), "utf8")).toContain(
			`judge(${part});`,
		);
});

/** Steps that say something: neither definitions and conditions nor equalities of identical sides. */
function checkedSteps(sheet: CheckedSheet) {
	return sheet.steps.filter(
		(s) => s.verdict !== "given" && !s.note?.includes("says nothing"),
	);
}

describe("the mixture of Gaussians", async () => {
	const sheet = await checkFile(join(derivations, "mixture-of-gaussians.md"));

	test("has at least 40 steps that say something, nine in ten of them proved", () => {
		const steps = checkedSteps(sheet);
		expect(steps.length).toBeGreaterThanOrEqual(40);
		expect(
			steps.filter((s) => s.verdict === "proved").length,
		).toBeGreaterThanOrEqual(0.9 * steps.length);
	});

	test("has certified updates of all its parameters", () => {
		expect(sheet.updates.map((u) => u.verdict)).toEqual([
			"proved",
			"proved",
			"proved",
		]);
		expect(sheet.solvable?.updates.every((u) => u.certified)).toBe(true);
	});
});
