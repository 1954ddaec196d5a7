import fc from "fast-check";
import { describe, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import {
	complaint,
	type FuzzCase,
	sequenceCase,
	stringCase,
} from "./cases.mjs";

/** A slice of `npm run fuzz`; what that finds becomes a fixture of test/reading. */

async function isRight(c: FuzzCase): Promise<void> {
	const sheet = c.sheetOf(c.parts);
	const wrong = complaint(c, await checkSheet(sheet, "fuzz.md", {}));
	if (wrong) throw new Error(`${wrong}:\n${sheet}`);
}

const numbers = fc.nat({ max: 1_000_000 });

describe("noise", () => {
	test("random strings are read or refused, never thrown at", async () => {
		await fc.assert(
			fc.asyncProperty(numbers, (n) => isRight(stringCase(2, n))),
			{ numRuns: 1_000, seed: 3 },
		);
	});

	test("nothing is read that holds what no formula may be read over", async () => {
		await fc.assert(
			fc.asyncProperty(numbers, (n) => isRight(sequenceCase(2, n))),
			{ numRuns: 400, seed: 4 },
		);
	});
});
