import {
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	symlink,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/problem.js";
import { OutputFolder } from "../../src/site/output.js";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-output-"));
});

describe("OutputFolder", () => {
	it("writes whole files, makes folders, and leaves nothing else behind", async () => {
		const out = new OutputFolder(join(folder, "a", "site"));
		await out.write(["assets", "x.css"], "one");
		const path = await out.write(["assets", "x.css"], "two");
		expect(await readFile(path, "utf8")).toBe("two");
		expect(await readdir(join(folder, "a", "site", "assets"))).toEqual([
			"x.css",
		]);
	});

	it.each([[[".."]], [["a", "..", "b"]], [["a/b"]], [["a\\b"]], [[""]]])(
		"refuses the way %j",
		async (parts) => {
			const out = new OutputFolder(folder);
			await expect(out.write(parts, "x")).rejects.toThrow(Problem);
		},
	);

	it("writes through no link, to a file or to a folder", async () => {
		const outside = join(folder, "outside");
		const site = join(folder, "site");
		await mkdir(outside);
		await mkdir(site);
		await writeFile(join(outside, "secret"), "kept");
		await symlink(join(outside, "secret"), join(site, "index.html"));
		await symlink(outside, join(site, "assets"));
		const out = new OutputFolder(site);
		await expect(out.write(["index.html"], "x")).rejects.toThrow(
			/symbolic link/,
		);
		await expect(out.write(["assets", "x"], "x")).rejects.toThrow(
			/symbolic link/,
		);
		expect(await readFile(join(outside, "secret"), "utf8")).toBe("kept");
		expect(await readdir(outside)).toEqual(["secret"]);
	});

	it("refuses a link as the folder itself, and a file in its place", async () => {
		await mkdir(join(folder, "real"));
		await symlink(join(folder, "real"), join(folder, "link"));
		await writeFile(join(folder, "file"), "");
		for (const name of ["link", "file"]) {
			const out = new OutputFolder(join(folder, name));
			await expect(out.write(["x"], "x")).rejects.toThrow(Problem);
		}
	});
});
