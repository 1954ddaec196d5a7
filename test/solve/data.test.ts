import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/solve/data/csv.js";
import { readData } from "../../src/solve/data/index.js";
import type { DataProblem } from "../../src/solve/dataProblem.js";

function problem(text: string): Partial<DataProblem> {
	try {
		parseCsv(text, "points.csv", null);
	} catch (error) {
		const { message, expected, line, column, path } = error as DataProblem;
		return { message, expected, line, column, path };
	}
	throw new Error("no problem was found");
}

describe("reading CSV", () => {
	it("reads numbers row by row", () => {
		const table = parseCsv("a,b\n1,-2.5\n3e2,+.5\n", "points.csv", null);
		expect(table.columns).toEqual(["a", "b"]);
		expect(table.rows).toBe(2);
		expect([...table.data]).toEqual([1, -2.5, 300, 0.5]);
	});

	it.each([
		["a byte order mark and Windows line ends", "\uFEFFa,b\r\n1,2\r\n3,4\r\n"],
		["semicolons", "a;b\n1;2\n3;4"],
		["tabs", "a\tb\n1\t2\n3\t4"],
		["blank lines and blanks", "a , b\n\n 1, 2\n\n3,4 \n\n"],
		["quotes", '"a","b"\n"1","2"\n3,4\n'],
	])("takes %s", (_, text) => {
		const table = parseCsv(text, "points.csv", null);
		expect(table.columns).toEqual(["a", "b"]);
		expect([...table.data]).toEqual([1, 2, 3, 4]);
	});

	it.each([
		[
			"text in a cell",
			"a,b\n1,2\n33,x\n",
			{
				message: "`x` is no finite number",
				expected: "a number in the column `b`, or --columns without it",
				line: 3,
				column: 4,
			},
		],
		[
			"NaN",
			"a,b\nNaN,2\n",
			{
				message: "`NaN` is no finite number",
				expected: "a number in the column `a`",
				line: 2,
				column: 1,
			},
		],
		[
			"an overflow",
			"a\n1e999\n",
			{ message: "`1e999` is no finite number", line: 2, column: 1 },
		],
		[
			"hexadecimal",
			"a\n0x10\n",
			{ message: "`0x10` is no finite number", line: 2 },
		],
		[
			"an empty cell",
			"a,b\r\n1,2\r\n\r\n3,\r\n",
			{
				message: "the cell is empty",
				expected: "a number in the column `b`",
				line: 4,
				column: 3,
			},
		],
		[
			"a row that is too short",
			"a,b\n1,2\n3\n",
			{
				message: "the row has 1 cell",
				expected: "2 cells, as in the header",
				line: 3,
				column: 2,
			},
		],
		[
			"a row that is too long",
			"a,b\n1,2,3\n",
			{
				message: "the row has 3 cells",
				expected: "2 cells, as in the header",
				line: 2,
				column: 5,
			},
		],
		[
			"an empty file",
			"",
			{
				message: "the file is empty",
				expected: "a header and rows of numbers",
				line: 1,
				column: 1,
			},
		],
		[
			"a header alone",
			"a,b\n",
			{ message: "there are no rows below the header", line: 1 },
		],
		[
			"no header",
			"1,2\n3,4\n",
			{
				message: "the first row is no header: all of its cells are numbers",
				line: 1,
				column: 1,
			},
		],
		[
			"a column without a name",
			"a,\n1,2\n",
			{ message: "a column has no name", line: 1, column: 3 },
		],
		[
			"two columns of one name",
			"a,b,a\n1,2,3\n",
			{ message: "two columns are named `a`", line: 1, column: 5 },
		],
		[
			"an open quote",
			'a,b\n1,"2\n3,4\n',
			{
				message: "a quotation mark is opened and never closed",
				line: 2,
				column: 3,
			},
		],
	])("refuses %s", (_, text, expected) => {
		expect(problem(text)).toMatchObject({ path: "points.csv", ...expected });
	});

	it("says when there is no file, and when it is no text", async () => {
		const folder = await mkdtemp(join(tmpdir(), "data-"));
		await expect(readData(join(folder, "none.csv"))).rejects.toThrow(
			"there is no such file",
		);
		await writeFile(
			join(folder, "binary.csv"),
			Buffer.from([0xff, 0xfe, 0x00]),
		);
		await expect(readData(join(folder, "binary.csv"))).rejects.toThrow(
			"the file is no UTF-8 text",
		);
		await expect(readData(folder)).rejects.toThrow("the file cannot be read");
	});
});
