import { readFileSync } from "node:fs";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { blocksOf } from "../../src/solve/chunks/blocks.js";
import { rowsWithin } from "../../src/solve/chunks/memory.js";
import { readData } from "../../src/solve/data/index.js";
import { type Fit, type FitOptions, fitSheet } from "../../src/solve/index.js";
import { mixture, poissonMixture } from "../compile/solvables.js";

const set = { K: 3, sigma: 10, lambda: 1 };
const rows = 5000;
let folder: string;
let points: Float64Array;

/** Three clouds, by a generator of the test's own. */
function draw(): Float64Array {
	let state = 11;
	const uniform = () => {
		state = (state * 1664525 + 1013904223) % 2 ** 32;
		return (state + 0.5) / 2 ** 32;
	};
	const normal = () =>
		Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
	return Float64Array.from({ length: 2 * rows }, (_, n) => {
		const cloud = Math.floor(n / 2) % 3;
		return normal() + Number([4, 0, -4, 1, 0, 6][2 * cloud + (n % 2)]);
	});
}

function npy(data: Float64Array, columns: number, fortran = false): Buffer {
	const count = data.length / columns;
	const own = fortran
		? data.map(
				(_, n) => data[(n % count) * columns + Math.floor(n / count)] as number,
			)
		: data;
	const text = `{'descr': '<f8', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${count}, ${columns}), }`;
	const header = Buffer.alloc(128, " ");
	header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
	header.write(`${text}`, 10);
	header.write("\n", 127);
	return Buffer.concat([header, Buffer.from(own.buffer)]);
}

const asCsv = () =>
	`u,v\n${Array.from({ length: rows }, (_, n) => `${points[2 * n]},${points[2 * n + 1]}`).join("\n")}\n`;

async function file(name: string, content: string | Uint8Array) {
	const path = join(folder, name);
	await writeFile(path, content);
	return path;
}

function fitted(data: string, more: Partial<FitOptions> = {}): Promise<Fit> {
	return fitSheet(mixture(), { data, set, seed: 3, tolerance: 1e-9, ...more });
}

const digits = (numbers: ArrayLike<number> | undefined) =>
	Array.from(numbers ?? [], (v) => v.toPrecision(12));

function expectSame(a: Fit, b: Fit) {
	expect(digits(a.best.elbo)).toEqual(digits(b.best.elbo));
	for (const name of ["m", "s"])
		expect(digits(a.best.result.parameters[name]?.data)).toEqual(
			digits(b.best.result.parameters[name]?.data),
		);
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "chunks-"));
	points = draw();
});

describe("data that are read in chunks", () => {
	it("give the fit of the same data in memory, from every format, whatever the chunks", async () => {
		const path = await file("x.npy", npy(points, 2));
		const expected = await fitted(path);
		const lines = Array.from(
			{ length: rows },
			(_, n) => `{"u": ${points[2 * n]}, "v": ${points[2 * n + 1]}}`,
		);
		const paths = [
			path,
			await file("fortran.npy", npy(points, 2, true)),
			await file("x.npy.gz", gzipSync(npy(points, 2))),
			await file("x.csv", asCsv()),
			await file("x.csv.gz", gzipSync(asCsv())),
			await file("x.jsonl", lines.join("\n")),
		];
		for (const own of paths) {
			const found = await fitted(own, { chunk: 1024 });
			expect(found.chunks?.rows).toBe(rows);
			expectSame(found, expected);
		}
		expectSame(await fitted(path, { chunk: 3000, threads: 1 }), expected);
		expectSame(await fitted(path, { memory: 400e6 }), expected);
	}, 60_000);

	it("are read from Parquet group by group, as the same numbers from CSV", async () => {
		const path = join(import.meta.dirname, "data", "groups.parquet");
		const lines = Array.from(
			{ length: 2500 },
			(_, n) =>
				`${((37 * n) % 101) / 8 - 6},${Math.floor(((53 * n) % 97) / 4)}`,
		);
		const same = await file("groups.csv", `u,v\n${lines.join("\n")}\n`);
		const columns = ["u", "v"];
		const expected = await fitted(same);
		for (const chunk of [1024, 2048]) {
			const found = await fitted(path, { chunk, columns });
			expect(found.chunks?.rows).toBe(2500);
			expectSame(found, expected);
		}
		await expect(fitted(path, { chunk: 1024 })).rejects.toMatchObject({
			expected: "a number in the column `name`",
		});
	}, 60_000);

	it("give the same bits for any number of threads", async () => {
		const path = await file("x.npy", npy(points, 2));
		const [one, three] = [
			await fitted(path, { chunk: 1024, threads: 1 }),
			await fitted(path, { chunk: 1024, threads: 3 }),
		];
		expect(one.best.elbo).toEqual(three.best.elbo);
		expect(one.best.result.parameters.m).toEqual(
			three.best.result.parameters.m,
		);
	});

	it("leave the parameters of single points out of the result, and write them to a file of their own", async () => {
		const path = await file("x.npy", npy(points, 2));
		const [out, locals] = [join(folder, "r.json"), join(folder, "phi.npy")];
		const whole = join(folder, "whole.npy");
		await fitted(path, { chunk: 1024, out, locals, maxSweeps: 4 });
		await fitted(path, { locals: whole, maxSweeps: 4 });
		const result = JSON.parse(readFileSync(out, "utf8"));
		expect(Object.keys(result.parameters)).toEqual(["s", "m"]);
		expect(result.settings).toMatchObject({
			rows,
			chunk: 1024,
			locals: { phi: locals },
		});
		const [found, expected] = [await readData(locals), await readData(whole)];
		expect([found.rows, found.columns.length]).toEqual([rows, 3]);
		expect(digits(found.data)).toEqual(digits(expected.data));
		expect((await readdir(folder)).filter((n) => n.endsWith(".part"))).toEqual(
			[],
		);
	});

	it("are standardized, and start from responsibilities, as data in memory are", async () => {
		const path = await file("x.npy", npy(points, 2));
		const more = { standardize: true, set: { ...set, lambda: 0.3 } };
		expectSame(
			await fitted(path, { ...more, chunk: 1024 }),
			await fitted(path, more),
		);
		const counts = Array.from(
			{ length: rows },
			(_, n) => (n % 2) * 20 + (n % 7),
		);
		const data = await file("counts.csv", `x\n${counts.join("\n")}\n`);
		const options = {
			data,
			set: { K: 2, alpha: 1, beta: 1 },
			maxSweeps: 20,
			tolerance: 0,
		};
		for (const init of ["k-means++", "random"]) {
			const [chunked, memory] = [
				await fitSheet(poissonMixture(), { ...options, init, chunk: 1024 }),
				await fitSheet(poissonMixture(), { ...options, init }),
			];
			expect(digits(chunked.best.elbo.slice(0, 10))).toEqual(
				digits(memory.best.elbo.slice(0, 10)),
			);
		}
	}, 60_000);

	it("go on from a checkpoint to the same bits", async () => {
		const path = await file("x.npy", npy(points, 2));
		const checkpoint = join(folder, "now.json");
		const more = { chunk: 1024, checkpointEvery: 0, tolerance: 0 };
		const whole = await fitted(path, { ...more, maxSweeps: 6 });
		await fitted(path, { ...more, maxSweeps: 3, checkpoint });
		const resumed = await fitted(path, {
			...more,
			maxSweeps: 6,
			resume: checkpoint,
		});
		expect(resumed.best.elbo).toEqual(whole.best.elbo);
		expect(resumed.best.result.parameters.m).toEqual(
			whole.best.result.parameters.m,
		);
	});

	it.each([
		["a word", "u,v\n1,2\n3,x\n", 3, 3, "`x` is no finite number"],
		["a short row", "u,v\n1,2\n3\n", 3, 2, "the row has 1 cell"],
		["nothing", "", 1, 1, "the file is empty"],
	])(
		"with %s are refused at its place, and leave nothing behind",
		async (_, text, line, column, message) => {
			const data = await file("bad.csv", text);
			const out = join(folder, "none.json");
			await expect(fitted(data, { chunk: 1024, out })).rejects.toMatchObject({
				message,
				line,
				column,
			});
			expect(await readdir(folder)).not.toContain("none.json");
		},
	);

	it("have the places of late rows, far into the file", async () => {
		const many = 400_000;
		const cells = Array.from({ length: many }, (_, n) => `${n % 10},${n % 7}`);
		cells[many - 1] = "1,?";
		const data = await file("late.csv", `u,v\n${cells.join("\n")}\n`);
		await expect(fitted(data, { chunk: 1024 })).rejects.toMatchObject({
			line: many + 1,
			column: 3,
			message: "`?` is no finite number",
		});
		cells[many - 1] = "1,2";
		await writeFile(data, `u,v\r\n${cells.join("\r\n")}`);
		let found = 0;
		for await (const block of blocksOf(data, ["v"])) found += block.rows;
		expect(found).toBe(many);
	});

	it("are refused where they are cut off, packed badly, or nowhere", async () => {
		const cut = await file("cut.npy", npy(points, 2).subarray(0, 5000));
		await expect(fitted(cut, { chunk: 1024 })).rejects.toThrow("it is cut off");
		const packed = await file(
			"bad.csv.gz",
			gzipSync(asCsv()).subarray(0, 20_000),
		);
		await expect(fitted(packed, { chunk: 1024 })).rejects.toThrow(
			"cannot be decompressed",
		);
		await expect(
			fitted(join(folder, "absent.csv"), { chunk: 1024 }),
		).rejects.toThrow("there is no such file");
	});
});

describe("the memory of a fit", () => {
	it("bounds the rows of a chunk by the stated formula", () => {
		const [width, locals, threads] = [2, 10, 2];
		for (const bytes of [4e8, 1e9, 5e9]) {
			const chunk = rowsWithin(bytes, width, locals, threads);
			const used = (count: number) =>
				150e6 +
				60e6 * threads +
				8 * 65536 * (width + locals) +
				8 * count * ((threads + 2) * width + 2 * threads * (width + locals));
			expect(used(chunk)).toBeLessThanOrEqual(bytes);
			expect(used(chunk + 1024)).toBeGreaterThan(bytes);
		}
		expect(() => rowsWithin(1e8, width, locals, threads)).toThrow(
			"100 MB of memory are too few",
		);
	});
});
