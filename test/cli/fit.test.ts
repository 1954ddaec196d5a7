import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

/** A Normal mean with known variance: the posterior in closed form. */
const sheet = `
::: model
$$
\\begin{aligned}
\\mu &\\sim \\mathcal N(0, \\sigma^2 I) \\\\
x_i \\mid \\mu &\\sim \\mathcal N(\\mu, \\lambda^2 I), & i &= 1,\\dots,N, & x_i &\\in \\mathbb R^D
\\end{aligned}
$$
:::

::: family
$$ q(\\mu) = \\mathcal N(\\mu \\mid m, s^2 I) $$
:::

::: updates
$$ s^2 = \\frac{\\sigma^2 \\lambda^2}{\\lambda^2 + N \\sigma^2} $$
$$ m = \\frac{\\sigma^2 \\sum_{i=1}^N x_i}{\\lambda^2 + N \\sigma^2} $$
:::
`;
const wrong = sheet.replace("N \\sigma^2} $$\n:::", () => "\\sigma^2} $$\n:::");

const csv = "a,b\n1,2\n3,4\n5,9\n";
const known = ["--set", "sigma=1", "--set", "lambda=1"];

function runFit(data: string, args: readonly string[], text = sheet) {
	const folder = folderWith({ "mean.md": text, "points.csv": data });
	const outcome = tightbound(folder, [
		"fit",
		"mean.md",
		"--data",
		"points.csv",
		...args,
	]);
	return { ...outcome, folder };
}

describe("fit", () => {
	it("finds the posterior mean, writes result and plot, and says so", () => {
		const files = ["--out", "result.json", "--plot", "fit.svg"];
		const { code, out, err, folder } = runFit(csv, [...known, ...files]);
		expect(err).toBe("");
		expect(out).toMatch(/^3 rows: ELBO -\d+\.\d+ after \d+ sweeps?\n/);
		expect(out).toContain("wrote result.json and fit.svg\n");
		expect(code).toBe(0);
		const { parameters } = JSON.parse(
			readFileSync(join(folder, "result.json"), "utf8"),
		);
		// σ = λ = 1 and N = 3: m = Σ x / 4, s² = 1/4.
		expect(parameters.m[0]).toBeCloseTo(9 / 4, 12);
		expect(parameters.m[1]).toBeCloseTo(15 / 4, 12);
		expect(parameters.s).toBeCloseTo(1 / 2, 12);
		expect(readFileSync(join(folder, "fit.svg"), "utf8")).toMatch(
			/^(<\?xml[^>]*>\s*)?<svg /,
		);
	});

	it("uses the columns that are named, in their order", () => {
		const args = [...known, "--columns", "b,a", "--out", "result.json"];
		const { folder } = runFit(csv, args);
		const { parameters } = JSON.parse(
			readFileSync(join(folder, "result.json"), "utf8"),
		);
		expect(parameters.m[0]).toBeCloseTo(15 / 4, 12);
	});

	it("refuses an update that is not certified", () => {
		const { code, err } = runFit(csv, known, wrong);
		expect(code).toBe(2);
		expect(err).toMatch(/mean\.md:\d+:\d+: .*certif.*; expected /);
	});
});

it.each([
	["text in a cell", "a,b\n1,2\n3,four\n", known, "points.csv:3:3: "],
	["NaN in a cell", "a,b\nNaN,2\n3,4\n", known, "points.csv:2:1: "],
	["a row that is too short", "a,b\n1,2\n3\n", known, "points.csv:3:"],
	["a row that is too long", "a,b\n1,2\n3,4,5\n", known, "points.csv:3:"],
	["no rows", "a,b\n", known, "points.csv:"],
	["an empty file", "", known, "points.csv:1:1: "],
	[
		"a column that is not there",
		csv,
		[...known, "--columns", "a,z"],
		"points.csv:1:",
	],
	["a known parameter that is missing", csv, ["--set", "sigma=1"], "lambda"],
	["a scale of 0", csv, ["--set", "sigma=0", "--set", "lambda=1"], "sigma"],
	[
		"a name that the sheet does not have",
		csv,
		[...known, "--set", "tau=1"],
		"tau",
	],
	["a value that is no number", csv, [...known, "--set", "m=abc"], "number"],
	["a setting without a value", csv, ["--set", "sigma"], "name=value"],
	[
		"a name that is set twice",
		csv,
		[...known, "--set", "sigma=2"],
		"set twice",
	],
] as const)(
	"refuses %s with place and expectation, and ends with 2",
	(_name, data, args, mentions) => {
		const { code, out, err } = runFit(data, args);
		expect(err).toContain(mentions);
		expect(err).toMatch(/expected|must be|missing|twice/i);
		expect(err).not.toMatch(/^\s+at .*\.js:/m);
		expect(out).toBe("");
		expect(code).toBe(2);
	},
);

const mixture = readFileSync(
	new URL("../../derivations/mixture-of-gaussians.md", import.meta.url),
	"utf8",
);
const parts = [
	...mixture.matchAll(/^::: (?:model|family|updates)[\s\S]*?^:::$/gm),
].map(([part]) => part);

describe("a mixture", () => {
	const scales = ["--set", "sigma=10", "--set", "lambda=1"];

	it("cannot have 0 components", () => {
		const { code, err } = runFit(
			csv,
			["--set", "K=0", ...scales],
			parts.join("\n\n"),
		);
		expect(err).toMatch(/K must be/);
		expect(code).toBe(2);
	});

	it("may have more components than points, with a warning", () => {
		const { code, err } = runFit(
			csv,
			["--set", "K=5", ...scales],
			parts.join("\n\n"),
		);
		expect(err).toMatch(/warning: .*K/);
		expect(code).toBe(0);
	});
});

describe("compile", () => {
	it("writes a module that stands alone", async () => {
		const folder = folderWith({ "mean.md": sheet });
		const { code, out } = tightbound(folder, [
			"compile",
			"mean.md",
			"-o",
			"mean.mjs",
		]);
		expect([code, out]).toEqual([0, "wrote mean.mjs\n"]);
		const { solve } = await import(join(folder, "mean.mjs"));
		const x = [
			[1, 2],
			[3, 4],
			[5, 9],
		];
		const { parameters } = await solve({ x, sigma: 1, lambda: 1 });
		expect(parameters.m.data[1]).toBeCloseTo(15 / 4, 12);
	});

	it("refuses a sheet without updates, and one with an update that is not certified", () => {
		for (const text of ["$$ 1 + 1 = 2 $$\n", wrong]) {
			const folder = folderWith({ "mean.md": text });
			const { code, err } = tightbound(folder, [
				"compile",
				"mean.md",
				"-o",
				"mean.mjs",
			]);
			expect(code).toBe(2);
			expect(err).toMatch(/^mean\.md:\d+:\d+: .*; expected /m);
			expect(existsSync(join(folder, "mean.mjs"))).toBe(false);
		}
	});

	it("compiles one that is not certified on request, and says so in the module", () => {
		const folder = folderWith({ "mean.md": wrong });
		const args = ["compile", "mean.md", "-o", "mean.mjs", "--allow-unverified"];
		expect(tightbound(folder, args).code).toBe(0);
		expect(readFileSync(join(folder, "mean.mjs"), "utf8")).toMatch(
			/not certified|unverified|uncertified/i,
		);
	});

	it("says that the output cannot be written", () => {
		const folder = folderWith({ "mean.md": sheet });
		const { code, err } = tightbound(folder, [
			"compile",
			"mean.md",
			"-o",
			"none/mean.mjs",
		]);
		expect(code).toBe(2);
		expect(err).toMatch(/none\/mean\.mjs.*expected/);
	});
});
