import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CheckedSheet } from "../../src/check/result.js";
import { checkFile, disagreements, readExpectations } from "./expectations.js";

const here = import.meta.dirname;
const derivations = join(here, "../../derivations");

/** The sheets without their expectations' ending: those of `derivations/` are not copied here. */
function named(folder: string): readonly string[] {
	const ending = ".expected.json";
	return readdirSync(folder)
		.filter((file) => file.endsWith(ending))
		.map((file) => basename(file, ending));
}

const shipped = new Set(
	readdirSync(derivations)
		.filter((file) => file.endsWith(".md"))
		.map((file) => basename(file, ".md")),
);

async function check(name: string, folder: string): Promise<readonly string[]> {
	const sheet = await checkFile(
		join(shipped.has(name) ? derivations : folder, `${name}.md`),
	);
	return disagreements(
		sheet,
		readExpectations(join(folder, `${name}.expected.json`)),
	);
}

describe("every step of every sheet is judged as a person judged it", () => {
	test.each(named(here))("%s", async (name) => {
		expect(await check(name, here)).toEqual([]);
	});

	const steps = join(here, "steps");
	test.each(named(steps))("single steps: %s", async (name) => {
		expect(await check(name, steps)).toEqual([]);
	});
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
