import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

test.each([["traps.md", 179]])(
	"steps that look right are refuted, and none has a proof: %s",
	async (name, count) => {
		const path = join(import.meta.dirname, name);
		const text = readFileSync(path, "utf8");
		const { steps } = await checkSheet(text, path, { hints: "where" });
		expect(steps.length).toBe(count);
		expect(steps.filter((s) => s.verdict !== "refuted")).toEqual([]);
		expect(steps.filter((s) => s.note?.includes("internal"))).toEqual([]);
	},
);
