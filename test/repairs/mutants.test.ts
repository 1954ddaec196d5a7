import { beforeAll, describe, expect, test } from "vitest";
import { sheets } from "../mutation/engine/sheets.mjs";
import { mutantsOf, outcomeOf, type RepairOutcome } from "./mutants.mjs";

/** A slice of what `npm run repairs` does whole. */
const slice = ["sums", "completing-the-square", "constants", "functions"];

describe("slips by operators outside of the repair table", () => {
	const outcomes: RepairOutcome[] = [];
	beforeAll(async () => {
		const mutants = sheets()
			.filter((s) => slice.includes(s.name))
			.flatMap((s) => mutantsOf(s))
			.filter((m) => !m.inTable);
		for (const mutant of mutants.filter((_, n) => n % 12 === 0)) {
			const outcome = await outcomeOf(mutant);
			if (outcome) outcomes.push(outcome);
		}
	}, 120_000);
	const missed = (isRight: (o: RepairOutcome) => boolean) =>
		outcomes
			.filter((o) => !isRight(o))
			.map((o) => `${o.sheet}:${o.line} ${o.operator}`);

	test("are undone by the first repair, and called by their name, 85 in 100 of them", () => {
		expect(outcomes.length).toBeGreaterThan(30);
		const lost = missed((o) => o.isRestored);
		expect(lost.length, lost.join("\n")).toBeLessThan(0.15 * outcomes.length);
		const misnamed = missed((o) => o.isNamed);
		expect(misnamed.length, misnamed.join("\n")).toBeLessThan(
			0.15 * outcomes.length,
		);
	});
});
