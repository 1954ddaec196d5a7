import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkWith } from "../../src/check/checkWith.js";
import {
	forgetful,
	type Memory,
	newMemory,
	puttingOff,
	type Recall,
} from "../../src/check/memory.js";

const root = join(import.meta.dirname, "../..");
const readText = (path: string) => readFileSync(join(root, path), "utf8");

/** All that is said of a sheet, its solver included, as text. */
async function said(text: string, memory: Memory): Promise<string> {
	const { sheet } = await checkWith(text, "sheet.md", { memory });
	return JSON.stringify(sheet, (_key, value) => {
		if (typeof value === "bigint") return `${value}n`;
		return value instanceof Map || value instanceof Set ? [...value] : value;
	});
}

/** What the counting memory had to do anew, by the names of functions. */
function counting(): { memory: Memory; done: string[] } {
	const inner = newMemory();
	const done: string[] = [];
	const counted = new Map<unknown, unknown>();
	const over =
		(recall: Recall): Recall =>
		(f, ...args) => {
			const g =
				counted.get(f) ??
				((...same: typeof args) => {
					done.push(f.name);
					return f(...same);
				});
			counted.set(f, g);
			return recall(g as typeof f, ...args);
		};
	return {
		memory: {
			recall: over(inner.recall),
			reread: over(inner.reread),
			search: over(inner.recall),
		},
		done,
	};
}

const sheet = `---
symbols: {a: real, b: positive, x: real[N], y: real[N]}
---

$$
S := \\sum_{i=1}^N x_i
$$

$$
\\sum_{i=1}^N (x_i - a)^2 = \\sum_{i=1}^N x_i^2 - 2 a S + N a^2
$$

$$
\\begin{aligned}
(a + b)^2 &= a^2 + 2 a b + b^2 \\\\
&= a^2 + b (2 a + b)
\\end{aligned}
$$

$$
\\log (b^2) = \\log b
$$

$$
a S = \\sum_{i=1}^N a x_i
$$
`;

/** Each a change of the text before it, as somebody writes. */
const edits: readonly ((text: string) => string)[] = [
	(text) => `\n${text}`,
	(text) => text.replace("2 a b", "3 a b"),
	(text) => text.replace("3 a b", "2 a b"),
	(text) => text.replace("---\n\n$$", "---\n\nProse.\n\n\n$$"),
	(text) => text.replace("S := \\sum", "S := 2 \\sum"),
	(text) => text.replace("S := 2 \\sum", "S := \\sum"),
	(text) => text.replace("= \\log b", "= 2 \\log b"),
	(text) => text.replace("b: positive", "b: real"),
	(text) => text.replace("$$\nS", "$$\n\\newcommand{\\half}{\\frac12}\nS"),
	(text) => text.replace("a S =", "a S = 2 \\half"),
	(text) => text.replace("\\frac12", "\\frac13"),
	(text) => text.slice(0, -30),
];

describe("a memory", () => {
	test("says to the letter what a check without it says, after every edit", async () => {
		const memory = newMemory();
		let text = sheet;
		for (const edit of edits) {
			text = edit(text);
			expect(await said(text, memory)).toBe(await said(text, forgetful));
		}
	});

	test("of sheets with models and updates as well, forwards and back", async () => {
		const memory = newMemory();
		const text = readText("derivations/normal-mean.md");
		const wrong = text.replace(
			/\\frac\{N\}\{\\lambda\^2\}/,
			"\\frac{1}{\\lambda^2}",
		);
		expect(wrong).not.toBe(text);
		for (const version of [text, wrong, `\n${text}`, text])
			expect(await said(version, memory)).toBe(await said(version, forgetful));
	}, 120_000);

	test("leaves alone what did not change", async () => {
		const { memory, done } = counting();
		await said(sheet, memory);
		const again = (name: string) => done.filter((one) => one === name).length;
		expect(again("decide")).toBe(5);
		done.length = 0;
		await said(sheet, memory);
		expect(done).toEqual([]);
		await said(sheet.replace("---\n\n", "---\n\n\n\n"), memory);
		expect(done).toEqual([]);
		done.length = 0;
		await said(sheet.replace("2 a b", "4 a b"), memory);
		// The row itself and the one that begins from it; and whether the last one goes on from the slip.
		expect(again("parse")).toBe(1);
		expect(again("decide")).toBeLessThanOrEqual(3);
	});

	test("reads nothing anew below lines that were added, also where a model declares", async () => {
		const { memory, done } = counting();
		const text = readText("derivations/normal-mean.md");
		await said(text, memory);
		done.length = 0;
		const longer = text.replace("::: model", "One line.\n\n::: model");
		expect(longer).not.toBe(text);
		expect(await said(longer, memory)).toBe(await said(longer, forgetful));
		expect(done).toEqual([]);
	});

	test("puts searches off, and gives the verdicts without them", async () => {
		const memory = newMemory();
		const wrong = sheet.replace("2 a b", "3 a b");
		const first = puttingOff(memory);
		const quick = await checkWith(wrong, "s.md", { memory: first.memory });
		expect(first.left.count).toBeGreaterThan(0);
		const whole = await checkWith(wrong, "s.md", { memory });
		const verdicts = ({ sheet: { steps } }: typeof whole) =>
			steps.map(({ verdict, counterexample }) => [verdict, counterexample]);
		expect(verdicts(quick)).toEqual(verdicts(whole));
		const repairs = whole.sheet.steps.map(({ repair }) => repair?.latex);
		expect(quick.sheet.steps.map(({ repair }) => repair)).not.toContainEqual(
			expect.anything(),
		);
		expect(repairs.filter(Boolean)).not.toEqual([]);
		// Once found, they are there at once.
		const again = puttingOff(memory);
		const known = await checkWith(wrong, "s.md", { memory: again.memory });
		expect(again.left.count).toBe(0);
		expect(known.sheet.steps.map(({ repair }) => repair?.latex)).toEqual(
			repairs,
		);
	});

	test("knows contents apart that differ in a part alone", () => {
		const { recall } = newMemory();
		let calls = 0;
		const f = (...args: unknown[]) => {
			calls += 1;
			return args.length;
		};
		const values: unknown[] = [
			1,
			"1",
			1n,
			null,
			undefined,
			true,
			[],
			{},
			[1],
			["1"],
			{ a: 1 },
			{ b: 1 },
			{ a: undefined },
			new Map([[1, 2]]),
			new Set([1, 2]),
			[[1], 2],
			[1, [2]],
			"a,b",
			["a", "b"],
			() => 1,
			() => 1,
		];
		for (const value of values) recall(f, value);
		for (const value of values) recall(f, value);
		expect(calls).toBe(values.length);
		recall(f, { a: [1, { b: 2 }] });
		recall(f, { a: [1, { b: 2 }] });
		expect(calls).toBe(values.length + 1);
	});

	test("does not keep what was thrown", async () => {
		const { recall } = newMemory();
		let calls = 0;
		const fails = async (): Promise<number> => {
			calls += 1;
			throw new Error("not yet");
		};
		await expect(recall(fails)).rejects.toThrow("not yet");
		await expect(recall(fails)).rejects.toThrow("not yet");
		expect(calls).toBe(2);
	});
});

/** Where places are handled; all other files of these folders decide, and what they say is recalled wherever it stands. */
const ofPlaces = new Set(
	[
		"walk",
		"step",
		"updates",
		"place",
		"declared",
		"explain",
		"checkWith",
		"carried",
	].map((name) => `check/${name}.ts`),
);

test("nothing that decides looks at the line at which something was declared", () => {
	for (const folder of [
		"algebra",
		"numeric",
		"relations",
		"distributions",
		"check",
	])
		for (const file of readdirSync(join(root, "src", folder), {
			recursive: true,
			encoding: "utf8",
		})) {
			const path = `${folder}/${file}`;
			if (!file.endsWith(".ts") || ofPlaces.has(path)) continue;
			expect(readText(`src/${path}`), path).not.toMatch(/\.line\b/);
		}
});
