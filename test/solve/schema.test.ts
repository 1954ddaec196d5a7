import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { fitSheet } from "../../src/solve/index.js";
import {
	mixture,
	poissonMixture,
	regression,
	weightedMixture,
} from "../compile/solvables.js";

const faithful = new URL(
	"../../derivations/data/old-faithful.csv",
	import.meta.url,
).pathname;

async function validator() {
	const path = new URL("../../src/solve/result.schema.json", import.meta.url);
	return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
		JSON.parse(await readFile(path, "utf8")),
	);
}

const cases = [
	{
		name: "a mixture",
		sheet: mixture,
		options: {
			set: { K: 3, sigma: 10, lambda: 1 },
			restarts: 2,
			standardize: true,
			maxSweeps: 20,
			tolerance: 1e-6,
		},
	},
	{
		name: "lists of known parameters and starting values",
		sheet: weightedMixture,
		options: {
			set: { sigma: 100, pi: [0.3, 0.7], lambda: [4, 6], s: [1, 2] },
			init: "random",
		},
	},
	{
		name: "counts",
		sheet: poissonMixture,
		data: "n\n0\n3\n20\n",
		options: { set: { K: 2, alpha: 1, beta: 1 } },
	},
	{
		name: "a regression, by two inputs",
		sheet: regression,
		data: "u,y,v\n1,2,1\n2,4,1\n3,6,1\n",
		options: { set: { sigma: 100, lambda: 0.1 } },
	},
];

describe("result.json follows its schema", async () => {
	const folder = await mkdtemp(join(tmpdir(), "schema-"));
	const validate = await validator();

	it.each(cases)("$name", async ({ sheet, data, options }) => {
		const path = data ? join(folder, "data.csv") : faithful;
		if (data) await writeFile(path, data);
		const out = join(folder, "result.json");
		await fitSheet(sheet(), { ...options, data: path, out });
		const result = JSON.parse(await readFile(out, "utf8"));
		validate(result);
		expect(validate.errors).toBeNull();
		for (const [name, shape] of Object.entries(result.shapes)) {
			expect(depths(result.parameters[name])).toEqual(shape);
			expect(result.axes[name]).toHaveLength((shape as number[]).length);
		}
		const { sweeps: _, ...cut } = result;
		expect(validate(cut)).toBe(false);
		expect(validate({ ...result, elbo: ["-1"] })).toBe(false);
	});
});

/** Lengths of nested arrays, from the outside in. */
function depths(value: unknown): number[] {
	return Array.isArray(value) ? [value.length, ...depths(value[0])] : [];
}
