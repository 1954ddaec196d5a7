import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import type { Solvable } from "../../src/check/result.js";
import { compileSolver, makeLoops, makePlan } from "../../src/compile/index.js";
import { fitSheet } from "../../src/solve/index.js";
import { loadSolver } from "../../src/solve/solver.js";
import { CProgram } from "../compile/targets/cProgram.js";
import { runNumpy } from "../compile/targets/numpyPrograms.js";
import { hasC, numpyPython } from "../compile/targets/tools.js";

const sheet = (model: string, family: string, updates: string) => `---
symbols: {a0: positive, b0: positive, s: positive}
---
::: model
$$\\begin{aligned}${model}\\end{aligned}$$
:::
::: family
$$${family}$$
:::
::: updates
$$${updates}$$
:::
`;

const plates = "& i &= 1,\\dots,N";
const beta = "q(p) = \\mathrm{Beta}(p \\mid a, b)";
const models = {
	Bernoulli: sheet(
		`p &\\sim \\mathrm{Beta}(a_0, b_0) \\\\ x_i \\mid p &\\sim \\mathrm{Bern}(p), ${plates}`,
		beta,
		"a = a_0 + \\sum_{i=1}^N x_i, \\qquad b = b_0 + \\sum_{i=1}^N (1 - x_i)",
	),
	Binomial: sheet(
		`p &\\sim \\mathrm{Beta}(a_0, b_0) \\\\ x_i \\mid p &\\sim \\mathrm{Bin}(n_i, p), ${plates}`,
		beta,
		"a = a_0 + \\sum_{i=1}^N x_i, \\qquad b = b_0 + \\sum_{i=1}^N (n_i - x_i)",
	),
	Multinomial: sheet(
		`\\pi &\\sim \\mathrm{Dir}(a_0, \\dots, a_0), & \\pi &\\in \\mathbb R^K \\\\ x_i \\mid \\pi &\\sim \\mathrm{Mult}(n, \\pi), ${plates}`,
		"q(\\pi) = \\mathrm{Dir}(\\pi \\mid \\alpha)",
		"\\alpha_k = a_0 + \\sum_{i=1}^N x_{ik}",
	),
	Gamma: sheet(
		`p &\\sim \\mathrm{Gamma}(a_0, b_0) \\\\ x_i \\mid p &\\sim \\mathrm{Gamma}(s, p), ${plates}`,
		"q(p) = \\mathrm{Gamma}(p \\mid a, b)",
		"a = a_0 + N s, \\qquad b = b_0 + \\sum_{i=1}^N x_i",
	),
	Poisson: sheet(
		`p &\\sim \\mathrm{Gamma}(a_0, b_0) \\\\ x_i \\mid p &\\sim \\mathrm{Poisson}(p), ${plates}`,
		"q(p) = \\mathrm{Gamma}(p \\mid a, b)",
		"a = a_0 + \\sum_{i=1}^N x_i, \\qquad b = b_0 + N",
	),
};
type Law = keyof typeof models;

const solvables = new Map<Law, Solvable>();
const known = { a_0: 1, b_0: 1, s: 2 };

beforeAll(async () => {
	for (const [law, text] of Object.entries(models)) {
		const { solvable, messages } = await checkSheet(text, `${law}.md`, {});
		if (!solvable) throw new Error(`${law}: ${JSON.stringify(messages)}`);
		solvables.set(law as Law, solvable);
	}
});

/** The known parameters that a sheet mentions. */
function knownBy(solvable: Solvable, more: Record<string, unknown> = {}) {
	const names = makePlan(solvable, false).inputs.map((v) => v.name);
	const entries = Object.entries({ ...known, ...more });
	return Object.fromEntries(entries.filter(([name]) => names.includes(name)));
}

async function fitText(law: Law, text: string, more = {}) {
	const folder = await mkdtemp(join(tmpdir(), "support-"));
	const data = join(folder, "x.csv");
	await writeFile(data, text);
	const solvable = solvables.get(law) as Solvable;
	return fitSheet(solvable, { data, set: knownBy(solvable, more) });
}

describe("data outside of the support of their law", () => {
	it.each<[Law, string, Record<string, unknown>, string, string]>([
		["Bernoulli", "x\n0\n1\n2\n", {}, "`2`", "0 or 1 in the column `x`"],
		["Bernoulli", "x\n0\n1\n0.5\n", {}, "`0.5`", "0 or 1"],
		[
			"Binomial",
			"x,n\n1,2\n0,3\n4,3\n",
			{},
			"`4`",
			"a whole number from 0 to n, where n = 3, in the column `x`",
		],
		[
			"Multinomial",
			"a,b\n2,1\n3,0\n2,2\n",
			{ n: 3 },
			"add up to 4",
			"3 in the columns a, b",
		],
		["Multinomial", "a,b\n2,1\n3,0\n4,-1\n", { n: 3 }, "`-1`", "at least 0"],
		["Gamma", "x\n1\n2\n0\n", {}, "`0`", "a positive number"],
		["Poisson", "x\n1\n2\n-1\n", {}, "`-1`", "a whole number of at least 0"],
	])(
		"%s: %j is refused where it stands",
		async (law, text, more, what, expected) => {
			await expect(fitText(law, text, more)).rejects.toMatchObject({
				message: expect.stringContaining(what),
				expected: expect.stringContaining(expected),
				line: 4,
			});
		},
	);

	it("is refused where an end is known by name alone in the emitted module", async () => {
		const solvable = solvables.get("Binomial") as Solvable;
		const { solve } = await loadSolver(
			compileSolver(solvable, { target: "js" }),
		);
		const given = { x: [1, 4], n: [2, 3], a_0: 1, b_0: 1 };
		await expect(solve(given)).rejects.toThrow(
			"x[2] must be a whole number from 0 to n, but is 4 and n is 3",
		);
		// as many successes as trials: B(a, b) (2 over 1) (3 over 3) / B(1, 1) with a = 1 + 4, b = 1 + 1
		const { parameters, elbo } = await solve({ ...given, x: [1, 3] });
		expect(parameters.a?.data[0]).toBe(5);
		expect(elbo.at(-1)).toBeCloseTo(Math.log((2 * 24) / 720), 12);
	});

	/** A world in which the second data point is impossible. */
	function wrongWorld(law: Law) {
		const x = { Binomial: [1, 4], Poisson: [1, -1] }[law as string] ?? [0, 2];
		const solvable = solvables.get(law) as Solvable;
		const loops = makeLoops(makePlan(solvable, false));
		const tensor = (data: readonly number[], shape = [data.length]) => ({
			shape,
			data: Float64Array.from(data),
		});
		const inputs = Object.fromEntries(
			loops.plan.inputs.map(({ name, dims }) => [
				name,
				dims.length === 0 ? tensor([1], []) : tensor(name === "x" ? x : [2, 3]),
			]),
		);
		const starts = { a: tensor([1], []), b: tensor([1], []) };
		return { loops, world: { sizes: { N: 2 }, inputs, starts } };
	}

	const laws: readonly Law[] = ["Bernoulli", "Binomial", "Poisson"];

	it.skipIf(!hasC).each([
		["Bernoulli", "each entry of x must be 0 or 1"],
		["Binomial", "each entry of x must be a whole number from 0 to n"],
		["Poisson", "each entry of x must be a whole number of at least 0"],
	] as const)("%s: is refused by C (skipped without gcc)", (law, message) => {
		const { loops, world } = wrongWorld(law);
		const program = new CProgram(loops);
		expect(() => program.run(world)).toThrow(message);
		program.remove();
	});

	it.skipIf(!numpyPython).each(laws)(
		"%s: is refused by NumPy (skipped without Python and NumPy)",
		(law) => {
			expect(() => runNumpy([wrongWorld(law)])).toThrow(/x\[2\] must be/);
		},
	);
});
