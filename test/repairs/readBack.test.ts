import { join } from "node:path";
import { expect, test } from "vitest";
import { readBack } from "./readBack.mjs";

const steps = join(import.meta.dirname, "../corpus/steps");

/** Sheets with constants that name their variable, greatest values, braces and unnamed densities. `npm run readback` takes all. */
test.each([
	["constants-other-notations", 3],
	["greatest-values", 2],
	["notations", 9],
	["unnamed-other-notations", 2],
])(
	"a repair in the place of what it repairs is proved: %s",
	async (name, most) => {
		const outcomes = await readBack(join(steps, `${name}.md`), most);
		const shown = outcomes.filter(({ repair }) => repair);
		expect(shown.length).toBeGreaterThan(0);
		expect(shown.filter(({ verdict }) => verdict !== "proved")).toEqual([]);
	},
	120_000,
);
