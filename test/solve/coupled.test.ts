import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import type { Solvable } from "../../src/check/result.js";
import { fitSheet } from "../../src/solve/index.js";

const reference = (name: string) =>
	readFileSync(new URL(`reference/${name}`, import.meta.url), "utf8");

/** Data and optimum by NumPy: `reference/coupled.py`. */
const known: {
	x: number[][];
	y: number[];
	set: Record<string, number>;
	m: number[];
	s: number[];
	elbo: number;
} = JSON.parse(reference("coupled.json"));

describe("regression on 10 columns that are correlated 0.95, with a factor for each weight", () => {
	let solvable: Solvable;
	let data: string;
	beforeAll(async () => {
		const sheet = await checkSheet(reference("coupled.md"), "coupled.md", {});
		expect(sheet.updates.map((u) => u.verdict)).toEqual(["proved", "proved"]);
		solvable = sheet.solvable as Solvable;
		const header = ["y", ...known.m.map((_, k) => `x${k + 1}`)].join(",");
		const rows = known.x.map((row, i) => [known.y[i], ...row].join(","));
		data = join(await mkdtemp(join(tmpdir(), "coupled-")), "data.csv");
		await writeFile(data, [header, ...rows].join("\n"));
	});

	it.each([
		["in memory, looked at after every update", { debug: true }],
		["in chunks", { chunk: 1024 }],
	])(
		"rises with every sweep to the known optimum, %s",
		async (_, more) => {
			const { best } = await fitSheet(solvable, {
				data,
				set: known.set,
				maxSweeps: 20_000,
				tolerance: 1e-13,
				...more,
			});
			const { elbo } = best;
			const falls = elbo
				.slice(1)
				.filter((v, n) => v < (elbo[n] as number) - 1e-10 * Math.abs(v));
			expect(falls).toEqual([]);
			expect(Math.abs((elbo.at(-1) as number) / known.elbo - 1)).toBeLessThan(
				1e-10,
			);
			const { m, s } = best.result.parameters;
			known.m.forEach((value, k) => {
				expect(m?.data[k]).toBeCloseTo(value, 6);
			});
			known.s.forEach((value, k) => {
				expect(s?.data[k]).toBeCloseTo(value, 12);
			});
		},
		60_000,
	);
});
