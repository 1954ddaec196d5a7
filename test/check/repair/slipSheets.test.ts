import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { checkSheet } from "../../../src/check/check.js";
import type { CheckedStep } from "../../../src/check/result.js";

/**
 * Sheets in which every display is one slip that a person might make. `NAME.slips.json` lists, in the same order, the
 * kind of each slip and the right side that is right, worked out by hand.
 */
interface Meant {
	readonly kind: string;
	readonly right: string;
}

const folder = join(import.meta.dirname, "slips");
const names = readdirSync(folder)
	.filter((file) => file.endsWith(".md"))
	.map((file) => basename(file, ".md"));

interface Outcome {
	readonly step: CheckedStep;
	readonly meant: Meant;
	readonly rightIsRight: boolean;
	/** The repair, read again, is what was meant. */
	readonly isRestored: boolean;
}

async function outcomesOf(name: string): Promise<Outcome[]> {
	const text = readFileSync(join(folder, `${name}.md`), "utf8");
	const meant: Meant[] = JSON.parse(
		readFileSync(join(folder, `${name}.slips.json`), "utf8"),
	);
	const { steps } = await checkSheet(text, `${name}.md`);
	expect(steps).toHaveLength(meant.length);
	const head = text.slice(0, text.indexOf("$$ ", text.lastIndexOf(":::") + 1));
	const provedAll = async (rows: readonly [string, string][]) => {
		const sheet = head + rows.map(([l, r]) => `$$ ${l} = ${r} $$\n\n`).join("");
		const checked = await checkSheet(sheet, "again.md");
		expect(checked.steps).toHaveLength(rows.length);
		return checked.steps.map((s) => s.verdict === "proved");
	};
	const repaired = steps.map((s) => s.repair?.latex ?? "0");
	const right = await provedAll(
		steps.map((s, n) => [s.left, meant[n]?.right ?? ""]),
	);
	const same = await provedAll(
		steps.map((_, n) => [repaired[n] ?? "", meant[n]?.right ?? ""]),
	);
	return steps.map((step, n) => ({
		step,
		meant: meant[n] as Meant,
		rightIsRight: right[n] === true,
		isRestored: step.repair !== null && same[n] === true,
	}));
}

describe("slips written by hand", () => {
	const outcomes: Outcome[] = [];
	beforeAll(async () => {
		for (const name of names) outcomes.push(...(await outcomesOf(name)));
	}, 120_000);
	const missed = (wrong: (o: Outcome) => boolean) =>
		outcomes
			.filter(wrong)
			.map(
				({ step, meant }) =>
					`${step.left} = ${step.right}: ${step.repair?.kind ?? "no repair"}, meant ${meant.kind}`,
			);

	test("are all refuted, and what was meant is right", () => {
		expect(missed((o) => o.step.verdict !== "refuted")).toEqual([]);
		expect(missed((o) => !o.rightIsRight)).toEqual([]);
	});

	test("are undone by the first repair, more than 19 in 20 of them", () => {
		const lost = missed((o) => !o.isRestored);
		expect(lost.length, lost.join("\n")).toBeLessThan(outcomes.length / 20);
	});

	test("are called by their name, more than 19 in 20 of them", () => {
		const lost = missed((o) => o.step.repair?.kind !== o.meant.kind);
		expect(lost.length, lost.join("\n")).toBeLessThan(outcomes.length / 20);
	});
});
