import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFile, disagreements, readExpectations } from "./expectations.js";

const here = import.meta.dirname;
const derivations = join(here, "../../derivations");

/** A sheet whose verdicts a person wrote down. */
interface Judged {
	readonly name: string;
	readonly sheet: string;
	readonly expectations: string;
}

/** All such sheets; those of `derivations/` have their expectations here, and are not copied. */
const sheets: readonly Judged[] = [here, join(here, "steps")].flatMap(
	(folder) => {
		const ending = ".expected.json";
		const shipped = new Set(readdirSync(derivations));
		return readdirSync(folder)
			.filter((file) => file.endsWith(ending))
			.map((file) => {
				const name = basename(file, ending);
				const isShipped = shipped.has(`${name}.md`);
				return {
					name,
					sheet: join(isShipped ? derivations : folder, `${name}.md`),
					expectations: join(folder, file),
				};
			});
	},
);

/** The numbers of the files `sheets1.test.ts`, `sheets2.test.ts`, …, among which the sheets are shared out: files run at the same time. */
export const parts: readonly number[] = readdirSync(here)
	.flatMap((file) => /^sheets(\d+)\.test\.ts$/.exec(file)?.[1] ?? [])
	.map(Number)
	.sort((a, b) => a - b);

/** Checks the sheets of one part against what a person said of them. */
export function judge(part: number): void {
	const mine = sheets.filter((_, n) => n % parts.length === part - 1);
	describe("every step of every sheet is judged as a person judged it", () => {
		test.each(mine)("$name", async ({ sheet, expectations }) => {
			expect(
				disagreements(await checkFile(sheet), readExpectations(expectations)),
			).toEqual([]);
		});
	});
}
