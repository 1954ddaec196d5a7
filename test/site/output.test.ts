import {
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	stat,
	symlink,
	utimes,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Problem } from "../../src/problem.js";
import { fillFolder } from "../../src/site/output.js";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-output-"));
});

type Files = Readonly<Record<string, string>>;

/** Fills a folder with files, by their names with `/` between folders. */
function fill(root: string, files: Files): Promise<void> {
	return fillFolder(root, async (out) => {
		for (const [name, content] of Object.entries(files))
			await out.write(name.split("/"), content);
	});
}

const list = (path: string) => readdir(path).then((names) => names.toSorted());
const text = (...parts: string[]) => readFile(join(folder, ...parts), "utf8");

describe("fillFolder", () => {
	it("makes folders, writes whole files, and leaves nothing else behind but its list", async () => {
		const site = join(folder, "a", "site");
		await fill(site, { "assets/x.css": "one" });
		await fill(site, { "assets/x.css": "two" });
		expect(await text("a", "site", "assets", "x.css")).toBe("two");
		expect(await list(site)).toEqual([".tightbound.json", "assets"]);
		expect(await list(join(site, "assets"))).toEqual(["x.css"]);
	});

	it("does not touch a file that stays as it is", async () => {
		await fill(folder, { "x.css": "one" });
		const path = join(folder, "x.css");
		await utimes(path, 1, 1);
		await fill(folder, { "x.css": "one", "y.css": "two" });
		expect((await stat(path)).mtimeMs).toBe(1000);
	});

	it("keeps the folder as it was if something fails on the way", async () => {
		await fill(folder, { "index.html": "old", "x.html": "old" });
		const failing = fillFolder(folder, async (out) => {
			await out.write(["x.html"], "new");
			throw new Problem("no");
		});
		await expect(failing).rejects.toThrow("no");
		await mkdir(join(folder, "y.html"));
		await expect(
			fill(folder, { "x.html": "new", "y.html": "new" }),
		).rejects.toThrow(/is no file/);
		expect(await text("x.html")).toBe("old");
		expect(await list(folder)).toEqual([
			".tightbound.json",
			"index.html",
			"x.html",
			"y.html",
		]);
	});

	it.each(["..", "a/../b", "a\\b", "", "a//b", "a\0"])(
		"refuses the way %j",
		async (name) => {
			await expect(fill(folder, { [name]: "x" })).rejects.toThrow(Problem);
		},
	);

	it("writes through no link, to a file or to a folder", async () => {
		const outside = join(folder, "outside");
		const site = join(folder, "site");
		await mkdir(outside);
		await mkdir(site);
		await writeFile(join(outside, "secret"), "kept");
		await symlink(join(outside, "secret"), join(site, "index.html"));
		await symlink(join(outside, "none"), join(site, "dangling.html"));
		await symlink(outside, join(site, "assets"));
		for (const name of ["index.html", "dangling.html", "assets/x"])
			await expect(fill(site, { [name]: "x" })).rejects.toThrow(
				/symbolic link/,
			);
		expect(await text("outside", "secret")).toBe("kept");
		expect(await list(outside)).toEqual(["secret"]);
	});

	it("refuses a link as the folder itself, and a file in its place", async () => {
		await mkdir(join(folder, "real"));
		await symlink(join(folder, "real"), join(folder, "link"));
		await writeFile(join(folder, "file"), "");
		for (const name of ["link", "file"])
			await expect(fill(join(folder, name), { x: "x" })).rejects.toThrow(
				Problem,
			);
	});
});

describe("files of an earlier time", () => {
	it("go when the site has them no more, unless somebody changed them", async () => {
		await fill(folder, { "a.html": "a", "b.html": "b", "s/c.mjs": "c" });
		await writeFile(join(folder, "b.html"), "changed by hand");
		await writeFile(join(folder, "CNAME"), "of somebody else");
		await fill(folder, { "d.html": "d" });
		expect(await list(folder)).toEqual([
			".tightbound.json",
			"CNAME",
			"b.html",
			"d.html",
			"s",
		]);
		expect(await list(join(folder, "s"))).toEqual([]);
	});

	it("are removed inside of the folder alone, whatever its list says", async () => {
		const outside = join(folder, "outside");
		const site = join(folder, "site");
		await mkdir(outside);
		await writeFile(join(outside, "kept"), "x");
		await fill(site, { "index.html": "x" });
		await symlink(outside, join(site, "link"));
		const list = JSON.parse(await text("site", ".tightbound.json"));
		const sum = list.files["index.html"];
		list.files["../outside/kept"] = sum;
		list.files["link/kept"] = sum;
		await writeFile(join(site, ".tightbound.json"), JSON.stringify(list));
		await fill(site, { "index.html": "y" });
		expect(await text("outside", "kept")).toBe("x");
	});

	it.each(["", "[]", "null", '{"files":{"x":1}}', "\0"])(
		"do not matter if the list is %j",
		async (content) => {
			await writeFile(join(folder, ".tightbound.json"), content);
			await fill(folder, { "index.html": "x" });
			expect(await text("index.html")).toBe("x");
		},
	);
});
