import { beforeAll, describe, expect, it } from "vitest";
import type { Solvable } from "../../../src/check/result.js";
import { makeLoops, makePlan } from "../../../src/compile/index.js";
import { mixture, regression } from "../solvables.js";
import { expectAgreement, runModule } from "./agreement.js";
import { CProgram } from "./cProgram.js";
import { certifiedSheets } from "./sheets.js";
import { hasC } from "./tools.js";
import { worldFor } from "./worlds.js";

const loopsOf = (solvable: Solvable) => makeLoops(makePlan(solvable, false));

describe.skipIf(!hasC)("the C target (skipped without gcc)", () => {
	let sheets: ReadonlyMap<string, Solvable>;
	beforeAll(async () => {
		sheets = await certifiedSheets();
	}, 300_000);

	it("gives what the ES module gives, for every certified sheet", {
		timeout: 300_000,
	}, async () => {
		expect(sheets.size).toBeGreaterThan(7);
		for (const [path, solvable] of sheets) {
			const loops = loopsOf(solvable);
			const world = worldFor(loops, 7, 133);
			const program = new CProgram(loops, "-mavx2", "-mfma");
			const [actual, expected] = [
				program.run(world),
				await runModule(loops, world),
			];
			program.remove();
			try {
				expectAgreement(actual, expected);
			} catch (error) {
				throw new Error(`${path}: ${error}`);
			}
		}
	});

	it("sweeps coupled weights one after the other", {
		timeout: 60_000,
	}, async () => {
		const loops = loopsOf(regression());
		const world = worldFor(loops, 3, 40);
		const program = new CProgram(loops);
		expectAgreement(program.run(world), await runModule(loops, world));
		program.remove();
	});

	it("gives the same bits for any number of threads", {
		timeout: 60_000,
	}, () => {
		const loops = loopsOf(mixture());
		const world = worldFor(loops, 5, 9_001);
		const program = new CProgram(loops, "-fopenmp");
		const [one, ...others] = [1, 2, 3, 7].map((n) => program.run(world, n));
		program.remove();
		for (const other of others) expect(other).toEqual(one);
	});

	it("runs without vectors", { timeout: 60_000 }, async () => {
		const loops = loopsOf(mixture());
		const world = worldFor(loops, 5, 50);
		const program = new CProgram(loops, "-DONE_LANE");
		expectAgreement(program.run(world), await runModule(loops, world));
		program.remove();
	});
});
