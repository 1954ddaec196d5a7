import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { makeLoops, makePlan } from "../../src/compile/index.js";
import type { Loops } from "../../src/compile/kernels.js";
import { writeModule } from "../../src/compile/targets/js.js";
import { writeNumpy } from "../../src/compile/targets/numpy.js";
import { writeWasm } from "../../src/compile/targets/wasm.js";
import { loadSolver } from "../../src/solve/solver.js";
import { expectAgreement, type Run, runModule } from "./targets/agreement.js";
import { CProgram } from "./targets/cProgram.js";
import { runNumpy } from "./targets/numpyPrograms.js";
import { certifiedSheets } from "./targets/sheets.js";
import { hasC, numpyPython } from "./targets/tools.js";
import { type World, worldFor } from "./targets/worlds.js";

/** Models whose updates hold full matrices: each is fitted from one world's starting values. */
interface Case {
	readonly model: string;
	readonly loops: Loops;
	readonly world: World;
	readonly sweeps: number;
	/** The bound after these sweeps, by matrices/reference.py. */
	readonly bound: number;
}

const sheets: Readonly<
	Record<string, Pick<Case, "model" | "sweeps" | "bound">>
> = {
	"test/compile/matrices/regression.md": {
		model: "regression",
		sweeps: 1,
		bound: -421.1096843643205,
	},
	"test/compile/matrices/unknown-precisions.md": {
		model: "unknown_precisions",
		sweeps: 12,
		bound: -154.74675496249128,
	},
	"test/compile/matrices/principal-components.md": {
		model: "principal_components",
		sweeps: 12,
		bound: -598.6573320285424,
	},
	"test/compile/matrices/own-matrices.md": {
		model: "own_matrices",
		sweeps: 12,
		bound: -160.14104954317128,
	},
	"test/corpus/steps/normal-wishart-mixture.md": {
		model: "normal_wishart_mixture",
		sweeps: 12,
		bound: -656.9423915121049,
	},
};

const cases: Case[] = [];

beforeAll(async () => {
	const found = new Map([
		...(await certifiedSheets(["test/compile/matrices"])),
		...(await certifiedSheets(
			["test/corpus/steps"],
			"normal-wishart-mixture.md",
		)),
	]);
	for (const [path, expected] of Object.entries(sheets)) {
		const solvable = found.get(path);
		if (!solvable) throw new Error(`${path} has no plan`);
		const loops = makeLoops(makePlan(solvable, false));
		const world = worldFor(loops, 11, 57, false, { D: 4, Q: 3, K: 3 });
		cases.push({ ...expected, loops, world });
	}
}, 100_000);

/** Those that no other test compiles to every target. */
const own = () => cases.slice(0, -1);

const timeout = { timeout: 200_000 };

async function fitted({ loops, world, sweeps }: Case): Promise<Run> {
	const { solve } = await loadSolver(writeModule(loops));
	const inputs = { ...world.sizes, ...plainNumbers(world.inputs) };
	const { parameters, elbo } = await solve(inputs, {
		init: world.starts,
		maxSweeps: sweeps,
		tolerance: 0,
		debug: true,
	});
	const data = Object.entries(parameters).map(([name, t]) => [name, t.data]);
	return { parameters: Object.fromEntries(data), elbo };
}

function plainNumbers(inputs: World["inputs"]) {
	const value = (t: World["inputs"][string]) =>
		t.shape.length === 0 ? t.data[0] : t;
	return Object.fromEntries(
		Object.entries(inputs).map(([name, t]) => [name, value(t)]),
	);
}

describe("updates with full matrices", timeout, () => {
	it("reach the bounds that NumPy finds", async () => {
		for (const each of cases) {
			const { elbo } = await fitted(each);
			const last = elbo.at(-1) as number;
			const off = Math.abs(last - each.bound) / Math.abs(each.bound);
			expect(off, each.model).toBeLessThan(1e-9);
		}
	});

	it.skipIf(!numpyPython)(
		"take the way of independent NumPy programs, sweep by sweep (skipped without Python and NumPy)",
		async () => {
			const expected = references();
			for (const [n, each] of cases.entries()) {
				const { elbo, parameters } = await fitted(each);
				const reference = expected[n] as Run;
				const compared = Object.keys(reference.parameters).map((name) => [
					name,
					parameters[name],
				]);
				expectAgreement(
					{ elbo, parameters: Object.fromEntries(compared) },
					reference,
				);
			}
		},
	);

	it("give the same as WebAssembly", async () => {
		for (const { loops, world } of own())
			expectAgreement(
				await runModule(loops, world, writeWasm),
				await runModule(loops, world),
			);
	});

	it.skipIf(!numpyPython)(
		"give the same as NumPy (skipped without Python and NumPy)",
		async () => {
			const found = runNumpy(own());
			for (const [n, { loops, world }] of own().entries())
				expectAgreement(found[n] as Run, await runModule(loops, world));
		},
	);

	it.skipIf(!hasC)("give the same as C (skipped without gcc)", async () => {
		for (const { loops, world } of own()) {
			const program = new CProgram(loops);
			expectAgreement(program.run(world), await runModule(loops, world));
			program.remove();
		}
	});

	it("stop with the sweep and the update where a matrix has no inverse", async () => {
		const [{ loops }] = cases as [Case];
		const { solve } = await loadSolver(writeModule(loops));
		const x = [
			[1, 1],
			[1, 1],
		];
		await expect(
			solve({ x, y: [1, 2], alpha: 1e-30, beta: 1 }, {}),
		).rejects.toThrow(
			"a matrix that has to be inverted is not positive definite, in sweep 1, by the update of S, m",
		);
	});

	it("hold entries against each other whose products are beyond the numbers", async () => {
		const { loops } = cases.at(-1) as Case;
		const { solve } = await loadSolver(writeModule(loops));
		const run = async (scale: number) => {
			const x = [0, 1, 3, 4].map((v) => [v * scale, (v % 3) * scale]);
			const W_0 = [
				[2 / scale / scale, 1 / scale / scale],
				// the last bit is another one than that of its mirror image
				[(1 + 2 ** -52) / scale / scale, 2 / scale / scale],
			];
			const result = await solve({ ...known(W_0, 3), x });
			return Array.from(result.parameters.m?.data ?? [], (v) => v / scale);
		};
		// in other units the means are the same; powers of 2 leave every digit
		for (const power of [-330, 330])
			expect(await run(2 ** power)).toEqual(await run(1));
	});

	/** Two points in the plane, and one thing that is wrong with what is known of precisions. */
	const wrong: readonly (readonly [string, unknown, number, string])[] = [
		[
			"a matrix that is not symmetric",
			[
				[1, 0.5],
				[0, 1],
			],
			3,
			"W_0 must be a symmetric positive definite matrix, but is not symmetric",
		],
		[
			"a matrix with an eigenvalue below 0",
			[
				[1, 2],
				[2, 1],
			],
			3,
			"W_0 must be a symmetric positive definite matrix, but is not positive definite",
		],
		[
			"too few degrees of freedom",
			[
				[1, 0],
				[0, 1],
			],
			1,
			"nu_0 must be greater than D − 1, that is 1, but is 1",
		],
	];
	const known = (W_0: unknown, nu_0: number) => ({
		x: [
			[1, 0],
			[0, 2],
		],
		K: 1,
		alpha_0: 1,
		beta_0: 1,
		m_0: [0, 0],
		W_0,
		nu_0,
	});

	it.each(wrong)("refuse %s", async (_, W_0, nu_0, message) => {
		const { loops } = cases.at(-1) as Case;
		const { solve } = await loadSolver(writeModule(loops));
		await expect(solve(known(W_0, nu_0), {})).rejects.toThrow(message);
		const identity = [
			[1, 0],
			[0, 1],
		];
		await solve(known(identity, 1.5), { maxSweeps: 1 });
	});

	it.skipIf(!numpyPython)(
		"refuse the same in NumPy (skipped without Python and NumPy)",
		() => {
			const { loops } = cases.at(-1) as Case;
			const program = `${writeNumpy(loops)}
for W_0, nu_0 in ${JSON.stringify(wrong.map(([, W_0, nu_0]) => [W_0, nu_0]))}:
	try:
		solve({**${JSON.stringify(known(null, 0)).replaceAll("null", "None")}, "W_0": W_0, "nu_0": nu_0}, max_sweeps=1)
	except ValueError as error:
		print(error)
`;
			const output = execFileSync(numpyPython as string, ["-"], {
				input: program,
				encoding: "utf8",
			});
			expect(output.trim().split("\n")).toEqual(
				wrong.map(([, , , message]) => message.replace("−", "-")),
			);
		},
	);

	it.skipIf(!hasC)("refuse the same in C (skipped without gcc)", () => {
		const { loops, world } = cases.at(-1) as Case;
		const program = new CProgram(loops);
		const withInput = (name: string, change: (n: number) => number): World => {
			const tensor = world.inputs[name] as World["inputs"][string];
			const data = tensor.data.map((_, n) => change(n));
			return {
				...world,
				inputs: { ...world.inputs, [name]: { ...tensor, data } },
			};
		};
		const size = world.sizes.D as number;
		const said = (other: World) => () => program.run(other);
		const asymmetric = (n: number) =>
			n % (size + 1) === 0 ? 1 : n < size ? 0.5 : 0;
		const definite = "W_0 must be a symmetric positive definite matrix";
		expect(said(withInput("W_0", asymmetric))).toThrow(definite);
		expect(said(withInput("W_0", () => 1))).toThrow(definite);
		expect(said(withInput("nu_0", () => size - 1))).toThrow(
			"nu_0 must be a finite number of the type positive, greater than D - 1",
		);
		program.run(withInput("nu_0", () => size - 0.5));
		program.remove();
	});
});

function references(): readonly Run[] {
	const tensors = (all: World["inputs"]) =>
		Object.fromEntries(
			Object.entries(all).map(([name, { shape, data }]) => [
				name,
				{ shape, data: [...data] },
			]),
		);
	const tasks = cases.map(({ model, world, sweeps }) => ({
		model,
		sweeps,
		inputs: tensors(world.inputs),
		starts: tensors(world.starts),
	}));
	const program = new URL("matrices/reference.py", import.meta.url).pathname;
	const output = execFileSync(numpyPython as string, [program], {
		input: JSON.stringify(tasks),
		encoding: "utf8",
		maxBuffer: 2 ** 26,
	});
	return output
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
}
