import {
	mkdtemp,
	readdir,
	readFile,
	rm,
	symlink,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readFits } from "../../src/cli/fits.js";
import { Problem } from "../../src/problem.js";
import { makeSheet } from "../../src/publish/make.js";

const text = await readFile(
	new URL("../../derivations/normal-mean.md", import.meta.url),
	"utf8",
);
const points = "a,b\n1,2\n2,3\n3,1\n";
let folder: string;

async function write(fits: string, data = points): Promise<void> {
	await writeFile(join(folder, "fits.json"), fits);
	await writeFile(join(folder, "points.csv"), data);
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-fits-"));
});

describe("fits beside sheets", () => {
	it("puts the plot of a fit on the page of its sheet", async () => {
		await write(
			'{"normal-mean.md": {"data": "points.csv", "set": {"a": [0, 0], "sigma": 10, "lambda": 1}}}',
		);
		const fit = (await readFits(folder)).get("normal-mean.md");
		const task = { path: "normal-mean.md", text, name: "normal-mean", fit };
		const { part, messages } = await makeSheet(task, new Map());
		expect(messages).toEqual([]);
		expect(part.page.main).toContain('src="assets/plots/normal-mean.svg"');
		const plot = part.files.find(({ parts }) => parts.includes("plots"));
		expect(plot?.content).toMatch(/^<svg/);
	});

	it("tells why there is no plot, and makes the page all the same", async () => {
		await write(
			'{"normal-mean.md": {"data": "points.csv", "set": {"sigma": 10, "lambda": 1}}}',
		);
		const fit = (await readFits(folder)).get("normal-mean.md");
		const task = { path: "normal-mean.md", text, name: "normal-mean", fit };
		const { part, messages } = await makeSheet(task, new Map());
		expect(messages[0]?.text).toMatch(/^the fit was not made: /);
		expect(part.page.main).not.toContain("assets/plots");
	});

	it("knows changed data from the same data", async () => {
		const fits = '{"x.md": {"data": "points.csv", "set": {}}}';
		await write(fits);
		const before = (await readFits(folder)).get("x.md")?.sum;
		await write(fits, `${points}4,4\n`);
		expect((await readFits(folder)).get("x.md")?.sum).not.toBe(before);
		await write(fits);
		expect((await readFits(folder)).get("x.md")?.sum).toBe(before);
	});

	it.each([
		"not JSON",
		"[]",
		'{"x.md": 3}',
		'{"x.md": {"data": "../secret.csv"}}',
		'{"x.md": {"data": "/etc/passwd"}}',
		'{"x.md": {"data": "points.csv", "set": []}}',
		'{"x.md": {"data": "points.csv", "restarts": 1e9}}',
		'{"x.md": {"data": "."}}',
	])("refuses %s", async (fits) => {
		await write(fits);
		await expect(readFits(folder)).rejects.toThrow(Problem);
		expect(await readdir(folder)).toHaveLength(2);
	});

	it("refuses data that a link in the folder leads to, wherever that is", async () => {
		const elsewhere = join(await mkdtemp(join(tmpdir(), "secret-")), "s.csv");
		await writeFile(elsewhere, "a\nkept\n");
		const link = join(folder, "linked.csv");
		await symlink(elsewhere, link);
		await write('{"x.md": {"data": "linked.csv"}}');
		await expect(readFits(folder)).rejects.toThrow("cannot be used");
		await rm(link);
	});

	it("is content without a file", async () => {
		expect((await readFits(tmpdir())).size).toBe(0);
	});
});
