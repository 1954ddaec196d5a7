import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { type Expectation, readExpectations } from "../corpus/expectations.js";
import { only } from "./passage.js";

/** One wrong edit of a sheet: in the row of a step, or in the updates. */
interface Mutant {
	readonly id: string;
	readonly kind: string;
	readonly step?: string;
	readonly update?: string;
	/** Further updates that name the wrong one's new value. */
	readonly touches?: readonly string[];
	readonly find: string;
	readonly replace: string;
	readonly why: string;
}

const corpus = join(import.meta.dirname, "../corpus");
const path = join(
	import.meta.dirname,
	"../../derivations/mixture-of-gaussians.md",
);
const sheet = readFileSync(path, "utf8");
const expected = readExpectations(
	join(corpus, "mixture-of-gaussians.expected.json"),
);
const mutants: readonly Mutant[] = JSON.parse(
	readFileSync(join(corpus, "mutants/mixture-of-gaussians.json"), "utf8"),
);

/** The line where a mutant's step stands, or the update that has its text. */
function lineOf(mutant: Mutant): number {
	const found = expected.find((e) =>
		mutant.step
			? e.id === mutant.step
			: e.target && lines[e.line - 1]?.includes(mutant.find),
	);
	if (!found) throw new Error(`${mutant.id}: no such step`);
	return found.line;
}

/** `\phi_{i,k}` and `\phi_{ik}` are one target. */
const bare = (target: string) => target.replace(/[{,}]/g, "");

const lines = sheet.split("\n");

/** The sheet with the text replaced in the row that begins on a line, which may go on over the next ones. */
function edited(line: number, mutant: Mutant): string {
	const row = lines.slice(0, line - 1).join("\n").length;
	const at = sheet.indexOf(mutant.find, row);
	if (at < 0 || at > sheet.indexOf("$$", row))
		throw new Error(`${mutant.id}: its text is not in the row`);
	const end = at + mutant.find.length;
	return sheet.slice(0, at) + mutant.replace + sheet.slice(end);
}

/** The edited row is the right side of its own step and the left side of the next, which a condition may come between. */
function touched(line: number): readonly number[] {
	const from = expected.findIndex((e) => e.line === line);
	const next: Expectation[] = [];
	for (const e of expected.slice(from + 1)) {
		if (lines.slice(line, e.line).includes("$$")) break;
		next.push(e);
		if (e.expect !== "given") break;
	}
	return [line, ...next.map((e) => e.line)];
}

describe("single errors in the mixture's sheet are refuted on their own line and nowhere else", () => {
	test.each(mutants.filter((m) => m.step))(
		"$id ($kind: $why)",
		async (mutant) => {
			const line = lineOf(mutant);
			const { steps } = await checkSheet(
				only(edited(line, mutant), line),
				path,
				{ hints: "where" },
			);
			expect(steps.find((s) => s.line === line)).toMatchObject({
				verdict: "refuted",
			});
			const elsewhere = steps.filter((s) => !touched(line).includes(s.line));
			expect(
				elsewhere.filter(
					(s) => s.verdict === "refuted" || s.verdict === "unread",
				),
			).toEqual([]);
		},
	);

	test.each(mutants.filter((m) => m.update))(
		"$id ($kind: $why)",
		async (mutant) => {
			const line = lineOf(mutant);
			const { updates, solvable } = await checkSheet(
				only(edited(line, mutant), line),
				path,
				{ hints: "where" },
			);
			const may = [mutant.update as string, ...(mutant.touches ?? [])].map(
				bare,
			);
			const refuted = updates
				.filter((u) => u.verdict !== "proved")
				.map((u) => bare(u.target));
			expect(refuted).toContain(may[0]);
			expect(may).toEqual(expect.arrayContaining(refuted));
			expect(solvable?.updates.every((u) => u.certified) ?? false).toBe(false);
		},
	);
});
