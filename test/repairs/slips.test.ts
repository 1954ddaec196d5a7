import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { outcomesOf, type SlipOutcome, slipSheets } from "./slips.mjs";

describe("slips written by hand", () => {
	const outcomes: SlipOutcome[] = [];
	beforeAll(async () => {
		for (const sheet of slipSheets(join(import.meta.dirname, "slips")))
			outcomes.push(...(await outcomesOf(sheet)));
	}, 480_000);
	const missed = (wrong: (o: SlipOutcome) => boolean) =>
		outcomes
			.filter(wrong)
			.map(
				({ sheet, step, meant }) =>
					`${sheet}:${step.line} ${step.repair?.kind ?? "no repair"}, meant ${meant.kinds[0]}`,
			);

	test("are all refuted, and what was meant is never", () => {
		expect(missed((o) => o.step.verdict !== "refuted")).toEqual([]);
		expect(missed((o) => !["proved", "agrees"].includes(o.rightIs))).toEqual(
			[],
		);
	});

	test("are undone by the first repair, more than nine in ten of them", () => {
		const lost = missed((o) => !o.isRestored);
		expect(lost.length, lost.join("\n")).toBeLessThan(outcomes.length / 10);
	});

	test("are called by their name, more than nine in ten of them", () => {
		const lost = missed((o) => !o.isNamed);
		expect(lost.length, lost.join("\n")).toBeLessThan(outcomes.length / 10);
	});
});
