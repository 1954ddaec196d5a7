import {
	existsSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const right = "# First\n\n$$ (1 + 2)^2 = 9 $$\n";
const wrong = "# Second\n\n$$ 1 + 1 = 3 $$\n";

/** Writes a site of the folder, with a cache of its own. */
function site(folder: string, ...more: string[]) {
	const options = ["--out", "pages", "--cache", "cache"];
	return tightbound(folder, ["site", ...options, ...more]);
}

const page = (folder: string, name: string) =>
	readFileSync(join(folder, "pages", name), "utf8");

it("writes a page for each sheet of a folder, and an index", () => {
	const folder = folderWith({
		"one.md": right,
		"two.md": wrong,
		"notes.txt": "no sheet",
	});
	const { code, out, err } = site(folder);
	expect(err).toBe("");
	expect(out).toMatch(
		/^2 sheets: 1 proved, 1 refuted\nopen pages\/index\.html\n$/,
	);
	expect(code).toBe(0);
	const index = page(folder, "index.html");
	for (const title of ["First", "Second"]) expect(index).toContain(title);
	for (const name of ["one.html", "two.html", "verdicts.html"])
		expect(existsSync(join(folder, "pages", name))).toBe(true);
});

it("refuses a folder without sheets, and one that is not there", () => {
	const folder = folderWith({ "notes.txt": "no sheet" });
	for (const directory of [".", "none"]) {
		const { code, err } = site(folder, directory);
		expect(code).toBe(2);
		expect(err).toMatch(/:1:1: .*; expected /);
		expect(existsSync(join(folder, "pages"))).toBe(false);
	}
});

it("says on page and screen why a file could not be read, and shows the others", () => {
	const folder = folderWith({
		"binary.md": new Uint8Array([0x24, 0xff, 0xfe, 0]),
		"large.md": `${right}${"x".repeat(2_000_000)}`,
		"one.md": right,
		"outside.txt": "# Secret",
	});
	symlinkSync(join(folder, "outside.txt"), join(folder, "link.md"));
	const { code, out, err } = site(folder);
	expect(code).toBe(2);
	expect(out).toMatch(/^4 sheets: 1 proved\n/);
	expect(err).toContain("binary.md:1:1: this is a binary file; expected");
	expect(err).toMatch(
		/large\.md:1:1: the file has \d+ bytes; expected at most/,
	);
	expect(err).toContain("link.md:1:1: this is a symbolic link; expected");
	expect(page(folder, "binary.html")).toContain("This is a binary file.");
	expect(page(folder, "link.html")).not.toContain("Secret");
	expect(page(folder, "index.html")).toContain("This is a symbolic link.");
});

it("gives up a sheet that takes too long, and writes the others", () => {
	const steps = Array.from(
		{ length: 20_000 },
		(_, n) => `$$ (x + ${n})^2 = x^2 + ${2 * n} x + ${n * n} $$\n`,
	);
	const folder = folderWith({ "long.md": steps.join("\n"), "one.md": right });
	const { code, err } = site(folder, "--limit", "6");
	expect(code).toBe(2);
	expect(err).toMatch(
		/^long\.md:1:1: checking this sheet took more than 6 seconds and was given up/,
	);
	expect(page(folder, "index.html")).toContain("First");
	expect(page(folder, "long.html")).toContain("was given up");
});

it("leaves nothing of a sheet that is there no more", () => {
	const folder = folderWith({ "one.md": right, "two.md": wrong });
	site(folder);
	writeFileSync(join(folder, "pages", "CNAME"), "example.org");
	writeFileSync(join(folder, "two.md"), wrong.replace("Second", "Third"));
	site(folder);
	expect(page(folder, "index.html")).not.toContain("Second");
	const other = folderWith({ "one.md": right });
	tightbound(other, ["site", "--out", join(folder, "pages"), "--no-cache"]);
	expect(readdirSync(join(folder, "pages")).toSorted()).toEqual([
		".tightbound.json",
		"CNAME",
		"assets",
		"index.html",
		"one.html",
		"play",
		"verdicts.html",
	]);
});

describe("the cache", () => {
	const entries = (folder: string) => readdirSync(join(folder, "cache"));

	it("keeps what was made of a sheet, by all that it depends on", () => {
		const folder = folderWith({ "one.md": right, "two.md": wrong });
		const first = site(folder).out;
		expect(entries(folder)).toHaveLength(2);
		const kept = page(folder, "one.html");
		expect(site(folder).out).toBe(first);
		expect(entries(folder)).toHaveLength(2);
		expect(page(folder, "one.html")).toBe(kept);
		writeFileSync(join(folder, "one.md"), right.replace("9", "8"));
		expect(site(folder).out).toMatch(/^2 sheets: 2 refuted/);
		expect(entries(folder)).toHaveLength(3);
	});

	it("may be deleted, cut off or tampered with: then a sheet is made anew", () => {
		const folder = folderWith({ "one.md": right, "two.md": wrong });
		const first = site(folder).out;
		const pages = page(folder, "one.html");
		for (const [n, name] of entries(folder).entries()) {
			const path = join(folder, "cache", name);
			const whole = readFileSync(path);
			writeFileSync(path, n === 0 ? whole.subarray(0, 100) : "no archive");
		}
		expect(site(folder).out).toBe(first);
		expect(page(folder, "one.html")).toBe(pages);
	});

	it("knows which links lead to a page, also after another sheet came", () => {
		const folder = folderWith({ "one.md": `${right}\n[two](two.md)\n` });
		site(folder);
		expect(page(folder, "one.html")).not.toContain('href="two.html"');
		writeFileSync(join(folder, "two.md"), wrong);
		site(folder);
		expect(page(folder, "one.html")).toContain('href="two.html"');
	});

	it("is not needed: neither asked for, nor where it cannot be written", () => {
		const folder = folderWith({ "one.md": right, cache: "a file" });
		for (const more of [["--no-cache"], []]) {
			const { code, err } = site(folder, ...more);
			expect([code, err]).toEqual([0, ""]);
		}
	});

	it("lies in the user's own cache unless said otherwise, closed to others", () => {
		const folder = folderWith({ "one.md": right });
		const home = folderWith({});
		const env = { XDG_CACHE_HOME: home };
		tightbound(folder, ["site", "--out", "pages"], env);
		expect(readdirSync(join(home, "tightbound"))).toHaveLength(1);
	});
});
