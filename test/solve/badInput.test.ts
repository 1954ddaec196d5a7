import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../../src/problem.js";
import { type FitOptions, fitSheet } from "../../src/solve/index.js";
import { mixture } from "../compile/solvables.js";

const set = { K: 2, sigma: 10, lambda: 1 };
let folder: string;
let good: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "bad-"));
	good = join(folder, "good.csv");
	await writeFile(good, "a,b\n1,2\n3,4\n-1,0\n5,1\n");
});

/** What a fit says, all of whose files would go into the folder; fails if it left one there. */
async function complaint(options: Partial<FitOptions>): Promise<string> {
	const before = await readdir(folder);
	const files = { out: join(folder, "r.json"), plot: join(folder, "r.svg") };
	const error = await fitSheet(mixture(), {
		data: good,
		set,
		...files,
		...options,
	}).then(
		() => null,
		(thrown) => thrown,
	);
	expect(error).toBeInstanceOf(Problem);
	expect(await readdir(folder)).toEqual(before);
	return `${error.message}; expected ${error.expected}`;
}

describe("bad data", () => {
	it.each([
		["x.csv", "a,b\n0x10,2\n", "`0x10` is no finite number"],
		["x.csv", "a,b\n1e999,2\n", "`1e999` is no finite number"],
		["x.csv", "a,b\ntrue,1\n", "`true` is no finite number"],
		[
			"x.csv",
			"name,a\nAnn,1\n",
			"a number in the column `name`, or --columns without it",
		],
		[
			"x.csv",
			'a,b\n1,2\n3,"4\n5,6\n',
			"a quotation mark is opened and never closed; expected its counterpart",
		],
		[
			"x.csv",
			"a;b\n1,5;2\n",
			"`1,5` is no finite number; expected a number with a decimal point, not a comma,",
		],
		["x.csv", "a,b\n1,2,\n", "the row has 3 cells"],
		["x.csv", "a,b\n1e308,1\n-1e308,1\n", "numbers whose squares are finite"],
		["x.jsonl", '{"a":1,"b":"2"}\n', '`"2"` is no finite number'],
		["x.jsonl", "nonsense\n", "the line is no JSON"],
		["x.npy", "\x93NUMPY", "this is no NumPy array"],
		["x.parquet", "PAR1 and no more PAR1", "the file is damaged"],
		["x.npz", "PK\x03\x04 and no more", "the archive is damaged"],
		[
			"x.csv.gz",
			gzipSync("a,b\n1,2\n".repeat(1000)).subarray(0, 40),
			"cannot be decompressed",
		],
	])(
		"%s with %j is refused, whole or in chunks",
		async (name, content, message) => {
			const data = join(folder, name);
			await writeFile(
				data,
				typeof content === "string" ? Buffer.from(content, "latin1") : content,
			);
			expect(await complaint({ data })).toContain(message);
			const inChunks = await complaint({ data, chunk: 1024, threads: 1 });
			expect(inChunks).toContain(
				name === "x.npz" ? "cannot be read in chunks" : message,
			);
		},
	);

	it("that are tiny are drawn nevertheless", async () => {
		const data = join(folder, "tiny.csv");
		await writeFile(data, "a,b\n1e-320,1e-310\n0,0\n");
		const fit = await fitSheet(mixture(), { data, set });
		expect(fit.plotSvg).toContain("</svg>");
	});
});

describe("bad settings", () => {
	it.each<[string, Record<string, unknown>, string]>([
		["no K", { K: undefined }, "K is missing"],
		["half a K", { K: 1.5 }, "K must be a whole number"],
		[
			"a K beyond all memory",
			{ K: 1e12 },
			"too many for this machine's memory",
		],
		["a negative scale", { sigma: -1 }, "sigma must be positive"],
		["a scale whose square is 0", { lambda: 1e-200 }, "the bound is NaN"],
		["words", { sigma: "a" }, "sigma must be a number"],
		["other names", { foo: 1 }, "`foo` is no size and no known parameter"],
		["the number of rows", { N: 4 }, "`N` is what the data tell"],
		["the data themselves", { x: 4 }, "`x` is what the data tell"],
		["too few means", { m: [[1, 2]] }, "m must have the shape [K, D]"],
		["ragged means", { m: [[1, 2], [3]] }, "m[2] must have 2 entries"],
		[
			"shares of 2",
			{
				phi: [
					[1, 1],
					[1, 0],
					[0, 1],
					[1, 0],
				],
			},
			"phi[1] must add up to 1",
		],
	])("%s: %j is refused", async (_, change, message) => {
		expect(await complaint({ set: { ...set, ...change } })).toContain(message);
	});

	it.each<
		[string, (at: (name: string) => string) => Partial<FitOptions>, string]
	>([
		[
			"a column that is none",
			() => ({ columns: ["z"] }),
			"no column is named `z`",
		],
		[
			"a start that is no result",
			(at) => ({ init: at("good.csv") }),
			"is no result",
		],
		[
			"a checkpoint that is none",
			(at) => ({ resume: at("good.csv") }),
			"is no checkpoint",
		],
		[
			"a plot in no folder",
			(at) => ({ plot: at("none/r.svg") }),
			"r.svg cannot be written; expected a path in an existing folder",
		],
		[
			"a folder for a result",
			(at) => ({ out: at("") }),
			"cannot be written; expected the path of a file",
		],
		[
			"too little memory",
			() => ({ memory: 1e6 }),
			"1 MB of memory are too few",
		],
		["no sweeps", () => ({ maxSweeps: 0 }), "maxSweeps must be a whole number"],
		[
			"points that are set, in chunks",
			() => ({ chunk: 1024, set: { ...set, phi: [[1, 0]] } }),
			"phi has a value for each data point",
		],
	])("%s is refused", async (_, options, message) => {
		expect(await complaint(options((name) => join(folder, name)))).toContain(
			message,
		);
	});

	it("a checkpoint of another version is refused", async () => {
		const resume = join(folder, "other.json");
		await writeFile(resume, '{"version":1}');
		expect(await complaint({ resume })).toContain("is no checkpoint");
	});
});
