import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

const derivations = join(import.meta.dirname, "../../derivations");

/** What is decided of a sheet, as text. */
async function decided(name: string, seed: number): Promise<string> {
	const text = readFileSync(join(derivations, name), "utf8");
	const { steps, updates, messages } = await checkSheet(text, name, { seed });
	return JSON.stringify({ steps, updates: updates.length, messages });
}

test("the same sheet and seed give the same bytes, whatever was checked in between", async () => {
	const before = await decided("normal-mean.md", 0);
	await decided("tutorial-8-as-written.md", 0);
	await decided("normal-mean.md", 1);
	expect(await decided("normal-mean.md", 0)).toBe(before);
});
