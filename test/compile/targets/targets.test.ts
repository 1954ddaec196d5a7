import { beforeAll, describe, expect, it } from "vitest";
import type { Solvable } from "../../../src/check/result.js";
import { makeLoops, makePlan, steps } from "../../../src/compile/index.js";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeWasm } from "../../../src/compile/targets/wasm.js";
import { mul, num } from "../../../src/expr/build.js";
import { mixture, regression } from "../solvables.js";
import { expectAgreement, type Run, runModule } from "./agreement.js";
import { CProgram } from "./cProgram.js";
import { runNumpy } from "./numpyPrograms.js";
import { certifiedSheets } from "./sheets.js";
import { hasC, numpyPython } from "./tools.js";
import { type World, worldFor } from "./worlds.js";

/** What the ES module makes of a world, against which other targets are held. */
interface Case {
	readonly name: string;
	readonly loops: Loops;
	readonly world: World;
	readonly expected: Run;
}

async function caseOf(
	name: string,
	solvable: Solvable,
	rows: number,
): Promise<Case> {
	const loops = makeLoops(makePlan(solvable, false));
	const world = worldFor(loops, 7, rows);
	return { name, loops, world, expected: await runModule(loops, world) };
}

const cases: Case[] = [];

beforeAll(async () => {
	for (const [path, solvable] of await certifiedSheets())
		cases.push(await caseOf(path, solvable, 133));
	expect(cases.length).toBeGreaterThan(7);
	cases.push(await caseOf("coupled weights", regression(), 40));
	cases.push(await caseOf("many data points", mixture(), 9_001));
}, 300_000);

/** A sheet with a wrong update, and a world that stands at the optimum of the right one. */
async function falling(): Promise<Pick<Case, "loops" | "world">> {
	const sheet = mixture();
	const right = makeLoops(makePlan(sheet, false));
	const known = worldFor(right, 7, 40);
	const { parameters } = await runModule(right, known);
	const starts = Object.fromEntries(
		Object.entries(known.starts).map(([name, { shape }]) => [
			name,
			{ shape, data: parameters[name] as Float64Array },
		]),
	);
	const updates = sheet.updates.map((u) =>
		u.target.name === "m" && u.value
			? { ...u, value: mul(num(-1), u.value), certified: false }
			: u,
	);
	const loops = makeLoops(makePlan({ ...sheet, updates }, true));
	return { loops, world: { ...known, starts } };
}

const timeout = { timeout: 300_000 };

function expectSame({ name, expected }: Case, actual: Run | undefined): void {
	try {
		expectAgreement(actual as Run, expected);
	} catch (error) {
		throw new Error(`${name}: ${error}`);
	}
}

describe("each step of the compiler", () => {
	it(
		"changes nothing but rounding, for every certified sheet",
		timeout,
		async () => {
			for (const step of steps)
				for (const { name, loops, world, expected } of cases) {
					const other = makeLoops(loops.plan, new Set([step]));
					const actual = await runModule(other, world);
					expectSame(
						{ name: `${name} without ${step}`, loops, world, expected },
						actual,
					);
				}
		},
	);

	it(
		"changes nothing where several turns are taken at once and some are left over",
		timeout,
		async () => {
			const plan = makePlan(mixture(), false);
			const untiled = makeLoops(plan, new Set(["tiling"]));
			for (const [K, D, rows] of [
				[1, 1, 1],
				[4, 2, 64],
				[5, 3, 65],
				[7, 4, 130],
				[13, 9, 1_027],
			] as const) {
				const loops = makeLoops(plan);
				const world = worldFor(loops, 3, rows, false, { K, D });
				const expected = await runModule(untiled, world);
				const each = { name: `K = ${K}, D = ${D}`, loops, world, expected };
				expectSame(each, await runModule(loops, world));
				expectSame(each, await runModule(loops, world, writeWasm));
				if (!hasC) continue;
				const program = new CProgram(loops);
				expectSame(each, program.run(world));
				program.remove();
			}
		},
	);
});

describe("fits from random starts", () => {
	it(
		"raise the bound with every update, also where all data points are the same or fewer than components",
		timeout,
		async () => {
			for (const { name, loops } of cases)
				for (let seed = 1; seed <= 8; seed++) {
					const rows = [1, 2, 31, 64][seed % 4] as number;
					const world = worldFor(loops, seed, rows, seed % 2 === 0);
					const { elbo } = await runModule(loops, world, writeWasm).catch(
						(error) => {
							throw new Error(`${name}, seed ${seed}: ${error}`);
						},
					);
					expect(elbo.every(Number.isFinite)).toBe(true);
				}
		},
	);
});

describe("the WebAssembly target", () => {
	it(
		"gives what the ES module gives, for every certified sheet",
		timeout,
		async () => {
			for (const each of cases)
				expectSame(each, await runModule(each.loops, each.world, writeWasm));
		},
	);

	it("gives the same bits for any number of threads", timeout, async () => {
		const { loops, world } = cases.at(-1) as Case;
		const [one, ...others] = await Promise.all(
			[1, 2, 3, 7].map((threads) =>
				runModule(loops, world, writeWasm, { threads }),
			),
		);
		for (const other of others) expect(other).toEqual(one);
	});

	it("compiles the rows of every sheet that goes through data", () => {
		const compiled = cases.filter((c) =>
			writeWasm(c.loops).includes("WebAssembly"),
		);
		expect(compiled).toEqual(cases.filter((c) => c.loops.pass !== null));
	});
});

describe.skipIf(!hasC)("the C target (skipped without gcc)", () => {
	it(
		"gives what the ES module gives, for every certified sheet",
		timeout,
		() => {
			for (const each of cases) {
				const program = new CProgram(each.loops, "-mavx2", "-mfma");
				const actual = program.run(each.world);
				program.remove();
				expectSame(each, actual);
			}
		},
	);

	it("gives the same bits for any number of threads", timeout, () => {
		const { loops, world } = cases.at(-1) as Case;
		const program = new CProgram(loops, "-fopenmp");
		const [one, ...others] = [1, 2, 3, 7].map((n) => program.run(world, n));
		program.remove();
		for (const other of others) expect(other).toEqual(one);
	});

	it("names sweep and update by which the bound fell", timeout, async () => {
		const { loops, world } = await falling();
		const program = new CProgram(loops);
		expect(() => program.run(world)).toThrow(
			/fell by more than rounding explains in sweep 1, by the update of s, m$/m,
		);
		program.remove();
	});

	it("runs without vectors", timeout, () => {
		const many = cases.at(-1) as Case;
		const program = new CProgram(many.loops, "-DONE_LANE");
		const actual = program.run(many.world);
		program.remove();
		expectSame(many, actual);
	});
});

describe.skipIf(!numpyPython)(
	"the NumPy target (skipped without Python and NumPy)",
	() => {
		it(
			"gives what the ES module gives, for every certified sheet",
			timeout,
			() => {
				const runs = runNumpy(cases);
				cases.forEach((each, n) => {
					expectSame(each, runs[n]);
				});
			},
		);

		it("names sweep and update by which the bound fell", async () => {
			const wrong = await falling();
			expect(() => runNumpy([wrong])).toThrow(
				/the bound fell from .* in sweep 1: Renews s, then m\./,
			);
		});
	},
);
