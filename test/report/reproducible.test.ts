import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { jsonReport } from "../../src/report/json.js";

const steps = join(import.meta.dirname, "../corpus/steps");
const names = ["divergences-of-distributions", "expectations", "sums"];

/** The report of one sheet, as the command line writes it. */
async function report(name: string, seed: number): Promise<string> {
	const text = readFileSync(join(steps, `${name}.md`), "utf8");
	return jsonReport([await checkSheet(text, `${name}.md`, { seed })]);
}

test("the same sheet and seed give the same bytes, whatever was checked before", async () => {
	const first = await Promise.all(names.map((name) => report(name, 1)));
	const again = [];
	for (const name of [...names].reverse()) again.unshift(await report(name, 1));
	expect(again).toEqual(first);
}, 120_000);

test("another seed looks at other worlds", async () => {
	expect(await report("sums", 1)).not.toBe(await report("sums", 2));
});

const derivations = join(import.meta.dirname, "../../derivations");

/** What is decided of a sheet, as text. */
async function decided(name: string, seed: number): Promise<string> {
	const text = readFileSync(join(derivations, name), "utf8");
	const { steps, updates, messages } = await checkSheet(text, name, { seed });
	return JSON.stringify({ steps, updates: updates.length, messages });
}

test("the same sheet and seed give the same bytes, repairs, messages and other seeds in between", async () => {
	const before = await decided("normal-mean.md", 0);
	await decided("tutorial-8-as-written.md", 0);
	await decided("normal-mean.md", 1);
	expect(await decided("normal-mean.md", 0)).toBe(before);
});
