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
	Progress,
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
		expect(reports.map((r) => r.elbo)).toEqual(
			fit.runs.flatMap((run) => run.result.elbo),
		);
		expect(reports.at(-1)).toMatchObject({ restart: 4, restarts: 4 });
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
			settings: { columns: ["eruptions", "waiting"], set, restarts: 4 },
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

describe("refusals", () => {
	it.each([
		["σ = 0", { ...set, sigma: 0 }, "sigma must be positive, but is 0"],
		[
			"K = 0",
			{ ...set, K: 0 },
			"K must be a whole number of at least 1, but is 0",
		],
		["a missing parameter", { K: 2, sigma: 1 }, "lambda is missing"],
		["a missing size", { sigma: 1, lambda: 1 }, "K is not known"],
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
			"a folder that does not exist",
			{ out: "/nowhere/at/all/result.json" },
			"/nowhere/at/all/result.json cannot be written",
		],
	])("%s", async (_, options, message) => {
		await expect(
			fitSheet(mixture(), { data: faithful, set, ...options }),
		).rejects.toThrow(message);
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
	const report = (sweep: number): FitReport => ({
		restart: 2,
		restarts: 3,
		sweep,
		elbo: -1.5,
		ms: 1,
	});

	it("is a line for sweeps 1, 2, 5, 10, … where nobody watches", () => {
		const lines: string[] = [];
		const progress = new Progress({ write: (text) => lines.push(text) });
		for (let sweep = 1; sweep <= 30; sweep++) progress.onSweep(report(sweep));
		progress.done();
		expect(lines.map((line) => /sweep (\d+)/.exec(line)?.[1])).toEqual([
			"1",
			"2",
			"5",
			"10",
			"20",
		]);
		expect(lines[0]).toBe("start 2 of 3, sweep 1: ELBO -1.500000\n");
	});

	it("is one line that changes on a terminal", () => {
		let text = "";
		const progress = new Progress({
			isTTY: true,
			write: (more) => {
				text += more;
			},
		});
		progress.onSweep(report(1));
		progress.onSweep(report(2));
		progress.done();
		expect(text.split("\n")).toHaveLength(2);
		expect(text.split("\r")).toHaveLength(3);
	});
});
