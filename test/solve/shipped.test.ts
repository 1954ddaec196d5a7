import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { fitSheet } from "../../src/solve/index.js";
import { nested } from "../../src/solve/resultFile.js";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const settings = JSON.parse(read("derivations/fits.json"));

/** What NumPy and SciPy found by reference/shipped.py, which shares nothing with the compiler. */
const references = JSON.parse(read("test/solve/reference/shipped.json"));

/** Each is a number or an array, as its name says in the sheet. */
type Parameters = Readonly<
	Record<"m" | "a" | "b" | "alpha", number & number[] & number[][]>
>;

interface Estimate {
	readonly of: string;
	readonly from: (p: Parameters) => number | number[];
	/** What derivations/data/draw.py drew with. */
	readonly truth: number | number[];
	/** Some four standard deviations of the estimate, from the size of the sample. */
	readonly within: number | number[];
}

const ratios = (a: number[], b: number[]) =>
	a.map((v, k) => v / (b[k] as number)).toSorted((p, q) => p - q);
const shares = (alpha: number[]) => {
	const total = alpha.reduce((x, y) => x + y);
	return alpha.map((v) => v / total).toSorted((p, q) => p - q);
};

const estimates: Readonly<Record<string, readonly Estimate[]>> = {
	"unknown-precision": [
		{ of: "mean", from: ({ m }) => m, truth: 5.2, within: 0.16 },
		{
			of: "standard deviation",
			from: ({ a, b }) => Math.sqrt((b as number) / (a as number)),
			truth: 0.3,
			within: 0.11,
		},
	],
	"mixture-of-poissons": [
		{
			of: "rates",
			from: ({ a, b }) => ratios(a, b),
			truth: [2.5, 9, 22],
			within: [0.8, 1.5, 2.2],
		},
	],
	"mixture-of-bernoullis": [
		{
			of: "shares",
			from: ({ alpha }) => shares(alpha),
			truth: [0.2, 0.3, 0.5],
			within: [0.11, 0.12, 0.13],
		},
		{
			of: "chance of a yes to the first question in the largest group",
			from: ({ alpha, a, b }) => {
				const k = alpha.indexOf(Math.max(...alpha));
				const [yes, no] = [a[k]?.[0] as number, b[k]?.[0] as number];
				return yes / (yes + no);
			},
			truth: 0.9,
			within: 0.11,
		},
	],
	"mixture-of-exponentials": [
		{
			of: "rates",
			from: ({ a, b }) => ratios(a, b),
			truth: [0.1, 4],
			within: [0.04, 1.1],
		},
		{
			of: "shares",
			from: ({ alpha }) => shares(alpha),
			truth: [0.4, 0.6],
			within: [0.1, 0.1],
		},
	],
	"bayesian-regression": [
		{
			of: "weights",
			from: ({ m }) => m as number[],
			truth: [4, 1.5, -0.8, 0],
			within: [0.22, 0.36, 0.36, 0.26],
		},
		{
			of: "standard deviation of the noise",
			from: ({ a, b }) => Math.sqrt((b as number) / (a as number)),
			truth: 0.5,
			within: 0.16,
		},
	],
	"hierarchical-means": [
		{ of: "common mean", from: ({ m }) => m, truth: 1.5, within: 0.3 },
		{
			of: "standard deviation of the effects",
			from: ({ a, b }) => Math.sqrt((b as number) / (a as number)),
			truth: 0.5,
			within: 0.2,
		},
	],
};

/** The model, the family and the updates of a sheet; its derivations are the corpus test's matter. */
function partsOf(name: string): string {
	const sheet = read(`derivations/${name}.md`);
	const front = /^---[\s\S]*?^---$/m.exec(sheet)?.[0] ?? "";
	const blocks = sheet.matchAll(/^::: (?:model|family|updates)[\s\S]*?^:::$/gm);
	return [front, ...[...blocks].map(([text]) => text)].join("\n\n");
}

describe.each(Object.keys(references))("%s", async (name) => {
	const { solvable } = await checkSheet(partsOf(name), `${name}.md`, {});
	if (!solvable) throw new Error(`${name} has nothing to compile`);
	const { data, set, restarts } = settings[`${name}.md`];
	const fit = await fitSheet(solvable, {
		data: join(root, "derivations", data),
		set,
		restarts,
	});
	const { parameters } = fit.best.result;
	const found = Object.fromEntries(
		Object.entries(parameters).map(([key, value]) => [key, nested(value)]),
	) as Parameters;
	const reference = references[name];

	it("is certified, converges and never loses", () => {
		expect(solvable.updates.every((u) => u.certified)).toBe(true);
		expect(fit.best.converged).toBe(true);
		for (const { elbo } of fit.runs)
			for (let n = 1; n < elbo.length; n++) {
				const [before, after] = [elbo[n - 1] as number, elbo[n] as number];
				expect(after).toBeGreaterThan(before - 1e-12 * Math.abs(before));
			}
	});

	it("ends with the bound that quadrature gives", () => {
		const error = (fit.best.elbo.at(-1) ?? 0) / reference.elbo - 1;
		expect(Math.abs(error)).toBeLessThan(1e-8);
	});

	it("ends with the parameters that NumPy finds, up to the order of components", () => {
		for (const [key, value] of Object.entries(reference.parameters)) {
			const [mine, other] = [found[key as keyof Parameters], value].map((v) =>
				[v].flat(3).toSorted((p, q) => Number(p) - Number(q)),
			) as [number[], number[]];
			expect(mine).toHaveLength(other.length);
			for (const [n, v] of mine.entries())
				expect(Math.abs(v / (other[n] as number) - 1)).toBeLessThan(1e-6);
		}
	});

	it.each(estimates[name] ?? [])(
		"recovers the $of",
		({ from, truth, within }) => {
			const [value, real, most] = [from(found), truth, within].map((v) =>
				[v].flat(),
			) as [number[], number[], number[]];
			for (const [n, v] of value.entries())
				expect(Math.abs(v - (real[n] as number))).toBeLessThan(
					most[n] as number,
				);
		},
	);
});
