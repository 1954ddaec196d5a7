import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readData } from "../../src/solve/data/index.js";

/** Written by data/make.py: u = 1.5, −2, 3.25, 0.001 and n = 4, 0, 7, 2, with columns that are no numbers beside them. */
const stored = (name: string) => join(import.meta.dirname, "data", name);
const u = [1.5, -2, 3.25, 1e-3];
const n = [4, 0, 7, 2];
const both = u.flatMap((value, row) => [value, n[row] as number]);

const folder = mkdtempSync(join(tmpdir(), "formats-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

/** A problem as one line: place, message, expectation. */
async function problem(path: string, wanted: string[] | null = null) {
	return readData(path, wanted).then(
		() => "no problem",
		(e) => `${e.line}:${e.column}: ${e.message}; expected ${e.expected}`,
	);
}

describe("Parquet", () => {
	it.each(["none", "snappy", "gzip", "zstd"])(
		"reads the columns that are asked for, compressed by %s",
		async (codec) => {
			const table = await readData(stored(`${codec}.parquet`), ["u", "n"]);
			expect(table.columns).toEqual(["u", "n"]);
			expect([...table.data]).toEqual(both);
		},
	);

	it("takes truth values as 0 and 1", async () => {
		const { data } = await readData(stored("snappy.parquet"), ["flag"]);
		expect([...data]).toEqual([1, 0, 1, 1]);
	});

	it.each([
		[
			["name"],
			"1:3: row 1 has no number; expected a number in the column `name`",
		],
		[
			["gap"],
			"2:5: row 2 has no number; expected a number in the column `gap`",
		],
		[
			["x"],
			"1:1: no column is named `x`; expected one of u, n, name, flag, gap",
		],
		[
			["u", "u"],
			"1:1: the column `u` is asked for twice; expected different columns",
		],
	])("refuses the columns %s", async (wanted, text) => {
		expect(await problem(stored("snappy.parquet"), wanted)).toBe(text);
	});

	it("says that a file is damaged, wherever it is cut", async () => {
		const whole = readFileSync(stored("snappy.parquet"));
		for (const length of [4, 100, whole.length - 1]) {
			const path = file("cut.parquet", whole.subarray(0, length));
			expect(await problem(path)).toMatch(/^1:1: the file is damaged/);
		}
	});
});

describe("NumPy", () => {
	it("reads doubles row by row; columns are named by their number", async () => {
		const table = await readData(stored("doubles.npy"));
		expect(table.columns).toEqual(["1", "2"]);
		expect([...table.data]).toEqual(both);
		const second = await readData(stored("doubles.npy"), ["2"]);
		expect([...second.data]).toEqual(n);
	});

	it("reads other types, byte orders and orders of axes", async () => {
		const { data } = await readData(stored("fortran.npy"));
		expect([...data]).toEqual(both.map(Math.fround));
		expect([...(await readData(stored("counts.npy"))).data]).toEqual(n);
	});

	it.each(["arrays.npz", "compressed.npz"])(
		"reads the arrays of %s by their names",
		async (name) => {
			const table = await readData(stored(name));
			expect(table.columns).toEqual(["X[1]", "X[2]", "y"]);
			expect([...table.data]).toEqual(
				u.flatMap((value, row) => [value, n[row], n[row]]),
			);
			const matrix = await readData(stored(name), ["X"]);
			expect([...matrix.data]).toEqual(both);
			const entry = await readData(stored(name), ["X[2]"]);
			expect([...entry.data]).toEqual(n);
		},
	);

	it.each([
		["nan.npy", "2:2: row 2 is NaN; expected a number in the column `2`"],
		[
			"words.npy",
			"1:1: its entries are of the type U1; expected a NumPy array of numbers",
		],
		[
			"cube.npy",
			"1:1: the array has the shape (2, 2, 2); expected one or two axes, the first along the data points",
		],
		[
			"lengths.npz",
			"1:1: `u` has 4 rows and `v` has 2; expected as many rows in each",
		],
	])("refuses %s", async (name, text) => {
		expect(await problem(stored(name))).toBe(text);
	});

	it("says that a file is damaged, wherever it is cut", async () => {
		for (const name of ["doubles.npy", "arrays.npz"]) {
			const whole = readFileSync(stored(name));
			for (const length of [8, 60, whole.length - 1]) {
				const path = file(`cut-${name}`, whole.subarray(0, length));
				expect(await problem(path)).toMatch(
					/^1:1: .*(damaged|cut off|no NumPy array|cannot be read)/,
				);
			}
		}
	});
});

describe("JSON lines", () => {
	it("reads objects by their keys, lists by position, and vectors within objects", async () => {
		const objects = file("a.jsonl", '{"u": 1, "v": 2}\n\n{"v": 4, "u": 3}\n');
		expect([...(await readData(objects)).data]).toEqual([1, 2, 3, 4]);
		const lists = await readData(file("b.ndjson", "[1, 2]\n[3, 4]"));
		expect(lists.columns).toEqual(["1", "2"]);
		expect([...lists.data]).toEqual([1, 2, 3, 4]);
		const vectors = file("c.jsonl", '{"x": [1, 2], "y": true}\n');
		expect((await readData(vectors)).columns).toEqual(["x[1]", "x[2]", "y"]);
		expect([...(await readData(vectors, ["y", "x"])).data]).toEqual([1, 1, 2]);
	});

	it("passes over what is not asked for", async () => {
		const path = file("d.jsonl", '{"u": 1, "name": "a"}\n{"u": 2}\n');
		expect([...(await readData(path, ["u"])).data]).toEqual([1, 2]);
	});

	it.each([
		[
			'{"u": 1}\n{"u": 1,}\n',
			"2:9: the line is no JSON; expected an object or a list of numbers on each line",
		],
		[
			'{"u": 1, "v": 2}\n{"u": 1, "v": "x"}',
			'2:10: `"x"` is no finite number; expected a number in the column `v`',
		],
		[
			'{"u": 1, "v": 2}\n{"u": 1}',
			"2:1: there is no `v`; expected a number in the column `v`",
		],
		[
			'{"u": 1}\n{"u": 1, "w": 3}',
			"2:10: the column `w` is not in the first line; expected 1 column, as in the first line",
		],
		["\n\n", "1:1: there are no rows; expected at least one row of numbers"],
		["[]", "1:1: there are no rows; expected at least one row of numbers"],
	])("refuses %j", async (text, expected) => {
		expect(await problem(file("bad.jsonl", text))).toBe(expected);
	});
});

describe("any file", () => {
	it("may be compressed by gzip", async () => {
		const csv = file("a.csv.gz", gzipSync("u,v\n1,2\n"));
		expect([...(await readData(csv)).data]).toEqual([1, 2]);
		const npy = file("a.npy.gz", gzipSync(readFileSync(stored("doubles.npy"))));
		expect([...(await readData(npy)).data]).toEqual(both);
		const cut = gzipSync("u,v\n1,2\n").subarray(0, 20);
		expect(await problem(file("cut.csv.gz", cut))).toMatch(
			/^1:1: the file is damaged: it cannot be decompressed/,
		);
	});

	it("may have columns that are no numbers, if others are asked for", async () => {
		const path = file("named.tsv", "name\tu,v\nan, a\t1\n\tb\n");
		expect(await problem(path, ["u,v"])).toBe(
			"3:2: `b` is no finite number; expected a number in the column `u,v`",
		);
		const good = file("good.tsv", "name\tu,v\nan, a\t1\n\t2\n");
		expect([...(await readData(good, ["u,v"])).data]).toEqual([1, 2]);
	});

	it("must be what its name says", async () => {
		expect(await problem(file("a.parquet", "u,v\n1,2\n"))).toBe(
			"1:1: the file does not begin as a .parquet file does; expected a .parquet file, or another ending",
		);
	});
});
