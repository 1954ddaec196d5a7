import { beforeAll, describe, expect, it } from "vitest";
import type { Solvable } from "../../src/check/result.js";
import { makeLoops, makePlan } from "../../src/compile/index.js";
import type { Plan } from "../../src/compile/plan.js";
import { splitPlan } from "../../src/compile/split.js";
import { writeModule } from "../../src/compile/targets/js.js";
import { writeWasm } from "../../src/compile/targets/wasm.js";
import { mul, num } from "../../src/expr/build.js";
import { loadSolver, type SolverResult } from "../../src/solve/solver.js";
import { mixture, regression } from "./solvables.js";
import { certifiedSheets } from "./targets/sheets.js";
import { type Tensor, type World, worldFor } from "./targets/worlds.js";

const rows = 2500;
const size = 1024;
const options = { maxSweeps: 12, tolerance: 0 };

interface Task {
	readonly pass: string;
	readonly values: Readonly<Record<string, Float64Array>>;
}

interface ChunksModule {
	sumChunk(task: unknown): { sums: unknown; locals: Record<string, Tensor> };
	solveChunks(
		inputs: unknown,
		options: unknown,
		over: (task: Task) => AsyncIterable<unknown>,
	): Promise<SolverResult & { renewal: Task["values"] }>;
}

/** Some rows of the data, as many as a chunk has: the first row stands for those that are missing. */
function part(data: Tensor, from: number): Tensor {
	const width = data.data.length / (data.shape[0] as number);
	const out = new Float64Array(size * width);
	for (let n = 0; n < size; n++) {
		const row = from + n < rows ? from + n : from;
		out.set(data.data.subarray(row * width, (row + 1) * width), n * width);
	}
	return { shape: [size, ...data.shape.slice(1)], data: out };
}

/** The inputs that have a value for each row, and the others. */
function parted(plan: Plan, world: World) {
	const entries = Object.entries(world.inputs);
	const byRow = ([name]: [string, Tensor]) =>
		plan.inputs.find((v) => v.name === name)?.dims[0] === plan.dataAxis;
	return {
		data: Object.fromEntries(entries.filter(byRow)),
		known: Object.fromEntries(entries.filter((e) => !byRow(e))),
	};
}

async function inChunks(
	solvable: Solvable,
	world: World,
	write: typeof writeModule,
	allowUnverified = false,
) {
	const plan = makePlan(solvable, allowUnverified);
	const split = splitPlan(plan);
	const source = write(makeLoops(split));
	const [main, worker] = await Promise.all(
		["main", "worker"].map(
			async (who) =>
				(await loadSolver(`${source}\n// ${who}`)) as unknown as ChunksModule,
		),
	);
	const { data, known } = parted(plan, world);
	const sizes = { ...world.sizes, [split.total as string]: rows };
	const { [String(plan.dataAxis)]: _, ...others } = sizes;
	const globals = plan.parameters.filter((p) => !p.local).map((p) => p.name);
	const init = Object.fromEntries(globals.map((n) => [n, world.starts[n]]));
	const locals: Tensor[][] = [];
	const tasks = (task: object, keep: boolean) =>
		Array.from({ length: Math.ceil(rows / size) }, (_, n) => ({
			...task,
			known: { ...others, ...known },
			data: Object.fromEntries(
				Object.entries(data).map(([name, t]) => [name, part(t, n * size)]),
			),
			rows: Math.min(size, rows - n * size),
			locals: null,
			keep,
		}));
	const result = await (main as ChunksModule).solveChunks(
		{ ...others, ...known, ...data },
		{ ...options, init },
		async function* (task) {
			for (const own of tasks(task, false))
				yield (worker as ChunksModule).sumChunk(own).sums;
		},
	);
	if (plan.locals.length > 0)
		for (const own of tasks(
			{ pass: "pass", values: result.renewal, renewal: null, renew: true },
			true,
		))
			locals.push(Object.values((worker as ChunksModule).sumChunk(own).locals));
	return { result, locals };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>) {
	expect(actual.length).toBe(expected.length);
	const scale = Math.max(...Array.from(expected, Math.abs));
	for (let n = 0; n < expected.length; n++)
		expect(
			Math.abs((actual[n] as number) - (expected[n] as number)),
		).toBeLessThanOrEqual(1e-12 * scale);
}

/** The bounds of two runs; one may find a sweep earlier that nothing moves any more. */
function expectCloseBounds(a: SolverResult, b: SolverResult) {
	const sweeps = Math.min(a.sweeps, b.sweeps);
	expect(a.sweeps === b.sweeps || (a.converged && b.converged)).toBe(true);
	expectClose(a.elbo.slice(0, sweeps), b.elbo.slice(0, sweeps));
}

describe("data in chunks", () => {
	const sheets = new Map<string, Solvable>();
	beforeAll(async () => {
		for (const [path, solvable] of await certifiedSheets(["derivations"]))
			sheets.set(path, solvable);
		sheets.set("coupled weights", regression());
	}, 300_000);

	it("give what the same data give in memory, for every certified sheet", async () => {
		for (const solvable of sheets.values()) {
			const plan = makePlan(solvable, false);
			const world = worldFor(makeLoops(plan), 5, rows);
			const globals = plan.parameters.filter((p) => !p.local);
			const init = Object.fromEntries(
				globals.map(({ name }) => [name, world.starts[name]]),
			);
			const { solve } = await loadSolver(writeModule(makeLoops(plan)));
			const inputs = { ...world.sizes, ...world.inputs };
			const expected = await solve(inputs, { ...options, init });
			const found = await inChunks(solvable, world, writeModule);
			expectCloseBounds(found.result, expected);
			for (const { name } of globals)
				expectClose(
					found.result.parameters[name]?.data ?? [],
					expected.parameters[name]?.data ?? [],
				);
			const locals = plan.parameters.filter((p) => p.local);
			locals.forEach(({ name }, n) => {
				const all = found.locals.flatMap((own) => [...(own[n] as Tensor).data]);
				expectClose(all, expected.parameters[name]?.data ?? []);
			});
		}
		expect(sheets.size).toBe(10);
	}, 300_000);

	it("give the same by compiled rows", async () => {
		const solvable = sheets.get("derivations/mixture-of-gaussians.md");
		const world = worldFor(
			makeLoops(makePlan(solvable as Solvable, false)),
			5,
			rows,
		);
		const [js, wasm] = await Promise.all(
			[writeModule, writeWasm].map((write) =>
				inChunks(solvable as Solvable, world, write),
			),
		);
		expectCloseBounds(wasm?.result as SolverResult, js?.result as SolverResult);
	});

	it("name the sweep and the update of a bound that falls", async () => {
		const sheet = mixture();
		const updates = sheet.updates.map((u) =>
			u.target.name === "m" && u.value
				? { ...u, value: mul(num(-1), u.value), certified: false }
				: u,
		);
		const wrong = { ...sheet, updates };
		const world = worldFor(makeLoops(makePlan(wrong, true)), 5, rows);
		await expect(inChunks(wrong, world, writeModule, true)).rejects.toThrow(
			/the bound fell from .* in sweep \d+, by the update of s, m/,
		);
	});
});
