import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSheet } from "../../src/sheet/read.js";
import type { Sheet } from "../../src/sheet/sheet.js";

interface Fixture {
	readonly name: string;
	readonly sheet: string;
	readonly found: readonly string[];
}

/** Fixtures as they stand in the file: name, sheet, findings, each followed by a line ".". */
function readFixtures(text: string): Fixture[] {
	const parts = text.split(/^\.\n/m);
	const fixtures: Fixture[] = [];
	for (let i = 0; i + 2 < parts.length; i += 3) {
		const [head, sheet, found] = parts.slice(i, i + 3) as [
			string,
			string,
			string,
		];
		const name = head.trim().split("\n").at(-1) as string;
		fixtures.push({ name, sheet, found: found.split("\n").filter(Boolean) });
	}
	return fixtures;
}

/** What a sheet was read as: formulas in document order, then messages. */
function listing({ displays, inlines, messages }: Sheet): string[] {
	const shown = (source: string) => source.replaceAll("\n", "⏎");
	const formulas = [
		...displays.map((d) => {
			const notation = d.notation === "plain" ? "plain " : "";
			const text =
				`display ${d.line}:${d.column} ${d.role} ${notation}${shown(d.source)}`.trim();
			return { ...d, text };
		}),
		...inlines.map((f) => ({
			...f,
			text: `inline ${f.line}:${f.column} ${f.role} ${shown(f.source)}`,
		})),
	].sort((a, b) => a.line - b.line || a.column - b.column);
	return [
		...formulas.map((f) => f.text),
		...messages.map((m) => `${m.level} ${m.line}:${m.column} ${m.text}`),
	];
}

const file = new URL("fixtures.txt", import.meta.url);

describe("reading a sheet", () => {
	it.each(readFixtures(readFileSync(file, "utf8")))("$name", (fixture) => {
		const sheet = readSheet(fixture.sheet, "sheet.md");
		expect(listing(sheet)).toEqual(fixture.found);
	});
});
