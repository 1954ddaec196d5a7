import { describe, expect, test } from "vitest";
import { rewritesOf } from "../rewrite/rewrites.mjs";
import { storedAnswers } from "./engine/answers.mjs";
import { mutantsOf } from "./engine/mutants.mjs";
import { sheets } from "./engine/sheets.mjs";
import { verdictOf } from "./engine/verdict.mjs";

/** A slice of what `npm run mutate` and `npm run rewrite` do whole. */
const slice = [
	"sums",
	"completing-the-square",
	"constants",
	"functions",
	"derivatives",
];
const chosen = sheets().filter((s) => slice.includes(s.name));
const answers = storedAnswers();

describe("single slips in right steps, judged by NumPy beforehand", () => {
	const mutants = chosen
		.flatMap((s) => mutantsOf(s))
		.filter((_, n) => n % 12 === 0);
	const known = mutants.filter((m) =>
		["w", "h"].includes(answers.get(m.job.key) ?? ""),
	);

	test("NumPy has judged nearly all of them", () => {
		expect(known.length).toBeGreaterThan(0.9 * mutants.length);
	});

	test("neither channel takes for right what is wrong, and nearly all of it is refuted", async () => {
		const wrong = known.filter((m) => answers.get(m.job.key) === "w");
		const taken: string[] = [];
		let open = 0;
		for (const m of wrong) {
			const { verdict, symbolic, witness } = await verdictOf(
				m.claim,
				m.job.key,
			);
			if (symbolic || witness === "equal")
				taken.push(`${m.sheet}:${m.line} ${m.operator}: ${verdict}`);
			if (verdict !== "refuted") open += 1;
		}
		expect(taken).toEqual([]);
		expect(open).toBeLessThan(0.03 * wrong.length);
	});
});

test("rewrites that keep the meaning are proved", async () => {
	const lost: string[] = [];
	let count = 0;
	for (const sheet of chosen)
		for (const { line, operators, claim } of await rewritesOf(sheet, 1)) {
			count += 1;
			const verdict = claim
				? (await verdictOf(claim, sheet.name)).verdict
				: "unread";
			expect(verdict, `${sheet.name}:${line} ${operators}`).not.toBe("refuted");
			if (verdict !== "proved") lost.push(`${sheet.name}:${line} ${operators}`);
		}
	expect(lost.length).toBeLessThan(0.05 * count);
});
