import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
	bound,
	type Fit,
	type FitReport,
	fitSheet,
	fitTable,
	Outlook,
} from "../../src/solve/index.js";
import { loadSolver } from "../../src/solve/solver.js";
import {
	mixture,
	normalMean,
	poissonMixture,
	regression,
	weightedMixture,
} from "../compile/solvables.js";

const faithful = new URL(
	"../../derivations/data/old-faithful.csv",
	import.meta.url,
).pathname;
const set = { K: 2, sigma: 100, lambda: 5 };

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "fit-"));
});

async function csv(name: string, text: string): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, text);
	return path;
}

describe("fitting Old Faithful", () => {
	let fit: Fit;
	const reports: FitReport[] = [];
	beforeAll(async () => {
		fit = await fitSheet(mixture(), {
			data: faithful,
			set,
			restarts: 4,
			seed: 7,
			out: join(folder, "result.json"),
			plot: join(folder, "fit.svg"),
			onSweep: (report) => reports.push(report),
		});
	});

	it("keeps the best of its starts, each from a seed of its own", () => {
		expect(fit.runs).toHaveLength(4);
		expect(new Set(fit.runs.map((run) => run.seed)).size).toBe(4);
		expect(fit.runs[0]?.seed).toBe(7);
		expect(bound(fit.best)).toBe(Math.max(...fit.runs.map(bound)));
		for (const { restart, elbo } of fit.runs) {
			const own = reports.filter((r) => r.restart === restart);
			expect(own.map((r) => r.elbo)).toEqual(elbo);
		}
		expect(reports.every((r) => r.restarts === 4)).toBe(true);
	});

	it("finds the two kinds of eruption", () => {
		const m = [...(fit.best.result.parameters.m?.data ?? [])];
		const waiting = [m[1], m[3]].sort((a, b) => (a ?? 0) - (b ?? 0));
		expect(waiting[0]).toBeGreaterThan(52);
		expect(waiting[0]).toBeLessThan(57);
		expect(waiting[1]).toBeGreaterThan(78);
		expect(waiting[1]).toBeLessThan(83);
	});

	it("writes the result with nested arrays, settings and the sheet's hash", async () => {
		const result = JSON.parse(
			await readFile(join(folder, "result.json"), "utf8"),
		);
		expect(result).toMatchObject({
			title: "Mixture of Gaussians",
			hash: "0".repeat(64),
			settings: {
				inputs: { x: ["eruptions", "waiting"] },
				set,
				restarts: 4,
			},
			known: set,
			converged: true,
			sweeps: fit.best.result.sweeps,
			elbo: fit.best.result.elbo,
		});
		expect(result.parameters.phi).toHaveLength(272);
		expect(result.parameters.m[1]).toHaveLength(2);
		expect(result.restarts).toHaveLength(4);
		expect(
			(await readdir(folder)).filter((name) => name.endsWith(".part")),
		).toEqual([]);
	});

	it("gives a result that predicts as it is stored", async () => {
		const { predict } = await loadSolver(fit.source);
		const stored = JSON.parse(
			await readFile(join(folder, "result.json"), "utf8"),
		);
		const { parameters } = await predict(
			{
				x: [
					[3.6, 79],
					[1.8, 54],
				],
			},
			stored,
		);
		const expected = stored.parameters.phi.slice(0, 2).flat();
		[...(parameters.phi?.data ?? [])].forEach((value, n) => {
			expect(value).toBeCloseTo(expected[n], 6);
		});
	});

	it("has a table with a row for each component, its columns named after the data's", () => {
		const table = fitTable(fit);
		expect(table).toContain("mean of phi");
		expect(table).toContain("m waiting");
		expect(table.match(/│\s+[12] │/g)).toHaveLength(2);
	});

	it("draws points, an ellipse for each component and the bound", async () => {
		const svg = await readFile(join(folder, "fit.svg"), "utf8");
		expect(svg.match(/<circle /g)).toHaveLength(272 + 1);
		expect(svg.match(/class="spread"/g)).toHaveLength(2 * 3);
		for (const text of [
			"eruptions",
			"waiting",
			"sweep",
			"ELBO",
			"prefers-color-scheme: dark",
		])
			expect(svg).toContain(text);
		expect(svg).not.toMatch(/NaN|undefined|Infinity|<script/);
	});
});

describe("fitting other sheets", () => {
	it("takes lists of known parameters, whose length is K", async () => {
		const fit = await fitSheet(weightedMixture(), {
			data: faithful,
			set: { sigma: 100, pi: [0.3, 0.7], lambda: [4, 6] },
		});
		expect(fit.best.result.known).toMatchObject({ K: 2, D: 2 });
		expect(fit.plotSvg).not.toContain("NaN");
	});

	it("fits a model without components", async () => {
		const fit = await fitSheet(normalMean(), {
			data: faithful,
			set: { sigma: 100, lambda: 10 },
		});
		expect(fit.best.result.converged).toBe(true);
		expect(fitTable(fit)).toContain("m eruptions");
		expect(fit.plotSvg.match(/class="spread"/g)).toHaveLength(3);
	});

	it("fits a single column", async () => {
		const path = await csv("counts.csv", "n\n0\n1\n2\n30\n28\n31\n");
		const fit = await fitSheet(poissonMixture(), {
			data: path,
			set: { K: 2, alpha: 1, beta: 0.1 },
		});
		expect(fit.plotSvg).not.toMatch(/NaN|undefined/);
		expect(fitTable(fit)).toContain("mean of phi");
	});

	it("fills a number from the column of its name and a vector from the others", async () => {
		const path = await csv("xy.csv", "u,y,v\n1,2,1\n2,4,1\n3,6,1\n");
		const fit = await fitSheet(regression(), {
			data: path,
			set: { sigma: 100, lambda: 0.1 },
		});
		expect([...(fit.rows.inputs.X?.data ?? [])]).toEqual([1, 1, 2, 1, 3, 1]);
		expect([...(fit.rows.inputs.y?.data ?? [])]).toEqual([2, 4, 6]);
	});

	it("uses the columns that are asked for, in that order", async () => {
		const fit = await fitSheet(mixture(), {
			data: faithful,
			columns: ["waiting"],
			set,
		});
		expect(fit.best.result.parameters.m?.shape).toEqual([2, 1]);
		expect(fit.plotSvg).not.toMatch(/NaN|undefined/);
	});
});

describe("standardizing", () => {
	it("moves each column to mean 0 and standard deviation 1, and says how", async () => {
		const path = await csv("scales.csv", "u,v\n1,100\n3,300\n5,500\n");
		const fit = await fitSheet(normalMean(), {
			data: path,
			standardize: true,
			set: { sigma: 1, lambda: 1 },
		});
		// 1, 3, 5 have mean 3 and variance 8/3.
		const deviation = Math.sqrt(8 / 3);
		expect(fit.scaling).toEqual({
			u: { mean: 3, deviation: expect.closeTo(deviation, 14) },
			v: { mean: 300, deviation: expect.closeTo(100 * deviation, 12) },
		});
		const x = [...(fit.rows.inputs.x?.data ?? [])];
		expect(x[0]).toBeCloseTo(-2 / deviation, 14);
		expect(x[1]).toBeCloseTo(-2 / deviation, 14);
	});

	it.each([
		["a column that does not vary", "u,v\n1,2\n3,2\n", normalMean, "`v`"],
		["counts", "n\n1\n2\n", poissonMixture, "x is count"],
	])("refuses %s", async (_, text, sheet, message) => {
		const path = await csv("refused.csv", text);
		const set =
			sheet === normalMean
				? { sigma: 1, lambda: 1 }
				: { K: 1, alpha: 1, beta: 1 };
		await expect(
			fitSheet(sheet(), { data: path, standardize: true, set }),
		).rejects.toThrow(message);
	});
});

describe("starts", () => {
	const counts = "n\n0\n1\n2\n0\n30\n28\n31\n29\n";
	const known = { K: 2, alpha: 1, beta: 0.1 };

	it("at rows that lie apart tell components apart in the first sweep", async () => {
		const path = await csv("starts.csv", counts);
		const fit = await fitSheet(poissonMixture(), { data: path, set: known });
		const rates = [0, 1].map(
			(k) =>
				(fit.best.result.parameters.a?.data[k] ?? 0) /
				(fit.best.result.parameters.b?.data[k] ?? 1),
		);
		// (α + Σx) / (β + n) of the four small and the four large counts
		const [small, large] = rates.toSorted((p, q) => p - q);
		expect(small).toBeCloseTo(4 / 4.1, 3);
		expect(large).toBeCloseTo(119 / 4.1, 3);
		expect(fit.best.sweeps).toBeLessThan(10);
	});

	it("at random differ by seed, and come to the same for the same seed", async () => {
		const path = await csv("starts.csv", counts);
		const options = { data: path, set: known, init: "random", maxSweeps: 1 };
		const [one, same, other] = await Promise.all(
			[1, 1, 2].map((seed) => fitSheet(poissonMixture(), { ...options, seed })),
		);
		expect(one?.best.elbo).toEqual(same?.best.elbo);
		expect(one?.best.elbo).not.toEqual(other?.best.elbo);
	});

	it("come to the same whatever the number of threads", async () => {
		const options = { data: faithful, set, restarts: 5 };
		const [one, three] = await Promise.all(
			[1, 3].map((threads) => fitSheet(mixture(), { ...options, threads })),
		);
		expect(one?.runs).toEqual(three?.runs);
		expect(one?.best).toEqual(three?.best);
	});
});

describe("refusals", () => {
	it.each([
		["σ = 0", { ...set, sigma: 0 }, "sigma must be positive, but is 0"],
		[
			"K = 0",
			{ ...set, K: 0 },
			"K must be a whole number of at least 1, but is 0",
		],
		["a missing parameter", { K: 2, sigma: 1 }, "lambda is missing"],
		["a missing size", { sigma: 1, lambda: 1 }, "K is missing"],
		[
			"a name that the sheet does not have",
			{ ...set, sgma: 1 },
			"`sgma` is no size and no known parameter of the sheet",
		],
		["the wrong number of columns", { ...set, D: 3 }, "there are 2 columns"],
	])("%s", async (_, settings, message) => {
		await expect(
			fitSheet(mixture(), { data: faithful, set: settings }),
		).rejects.toThrow(message);
	});

	it.each([
		[
			"a column that the file does not have",
			{ columns: ["length"] },
			"no column is named `length`",
		],
		["no starts", { restarts: 0 }, "restarts is 0"],
		[
			"equal starts",
			{ restarts: 2, init: "result.json" },
			"2 starts from result.json would be the same",
		],
		["a result that is none", { init: faithful }, `${faithful} is no result`],
		[
			"a folder that does not exist",
			{ out: "/nowhere/at/all/result.json" },
			"/nowhere/at/all/result.json cannot be written",
		],
	])("%s", async (_, options, message) => {
		await expect(
			fitSheet(mixture(), { data: faithful, set, ...options }),
		).rejects.toThrow(message);
	});

	it("a value that the model's variable cannot have, with its place in the file", async () => {
		const path = await csv("halves.csv", "name,n\na,1\n\nb,2.5\n");
		const options = { columns: ["n"], set: { K: 1, alpha: 1, beta: 1 } };
		await expect(
			fitSheet(poissonMixture(), { data: path, ...options }),
		).rejects.toMatchObject({
			message: "`2.5` cannot be a value of x",
			expected: "a whole number of at least 0 in the column `n`",
			path,
			line: 4,
			column: 3,
		});
	});

	it("names all sizes and known parameters that have no value at once", async () => {
		const data = await csv("good.csv", "a,b\n1,2\n3,4\n");
		await expect(fitSheet(mixture(), { data, set: {} })).rejects.toMatchObject({
			message: "K, sigma, lambda are missing",
			expected:
				"a number, or a list of numbers, for each: --set K=… --set sigma=… --set lambda=…",
		});
	});

	it("asks for no size that starting values tell", async () => {
		const data = await csv("good.csv", "a,b\n1,2\n3,4\n");
		const settings = {
			sigma: 1,
			lambda: 1,
			m: [
				[1, 2],
				[3, 4],
				[0, 0],
			],
		};
		const fit = await fitSheet(mixture(), { data, set: settings });
		expect(fit.best.result.parameters.m?.shape).toEqual([3, 2]);
	});

	it("more components than rows only warns", async () => {
		const path = await csv("few.csv", "a,b\n1,2\n3,4\n");
		const fit = await fitSheet(mixture(), {
			data: path,
			set: { K: 3, sigma: 1, lambda: 1 },
		});
		expect(fit.best.result.warnings).toEqual([
			"K is 3, more than the 2 data points",
		]);
	});
});

describe("progress", () => {
	const report = (restart: number, sweep: number, elbo: number): FitReport => ({
		restart,
		restarts: 3,
		sweep,
		elbo,
		ms: 1000,
	});

	it("tells the last sweep, and after some sweeps how long it may still take", () => {
		const outlook = new Outlook(1, 1000, 1e-4);
		expect(outlook.text()).toBe("");
		outlook.report(report(1, 1, -1.5));
		expect(outlook.text()).toBe("start 1 of 3, sweep 1: ELBO -1.500000");
	});

	it("expects gains to fall as they have fallen so far", () => {
		// The gains are 1, 1/2, 1/4, 1/8 of 100; the sweeps end at 1e-8 of some 100, that is after another 17 halvings of 1/8.
		const outlook = new Outlook(1, 1000, 1e-4);
		for (const [n, elbo] of [-102, -101, -100.5, -100.25, -100.125].entries())
			outlook.report({ ...report(1, n + 1, elbo), restarts: 1 });
		expect(outlook.text()).toMatch(/, about 17 s left$/);
	});

	it("expects the starts that wait to take as long as those before, on each thread", () => {
		const outlook = new Outlook(2, 10, 0);
		for (const restart of [1, 2])
			for (let sweep = 1; sweep <= 10; sweep++)
				outlook.report(report(restart, sweep, -10 + sweep));
		outlook.end({ restart: 1 });
		// Start 2 is at its last sweep, start 3 will take 10 s with two threads to share.
		expect(outlook.text()).toMatch(/, about 5 s left$/);
	});
});
