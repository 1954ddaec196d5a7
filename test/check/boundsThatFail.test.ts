import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

test.each([
	["boundsThatFail.md", 95],
	["boundsOfExpectationsThatFail.md", 8],
])(
	"near-misses of bounds are refuted, and no fact shows one: %s",
	async (name, count) => {
		const path = join(import.meta.dirname, name);
		const text = readFileSync(path, "utf8");
		const { steps } = await checkSheet(text, path, { hints: "where" });
		expect(steps.length).toBe(count);
		expect(steps.filter((s) => s.verdict !== "refuted")).toEqual([]);
		// A proof beside a counterexample would be noted as a contradiction of the channels.
		expect(steps.filter((s) => s.note?.includes("internal"))).toEqual([]);
	},
);
