import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

it("writes a page for each sheet of a folder, and an index", () => {
	const folder = folderWith({
		"one.md": "# First\n\n$$ (1 + 2)^2 = 9 $$\n",
		"two.md": "# Second\n\n$$ 1 + 1 = 3 $$\n",
		"notes.txt": "no sheet",
	});
	const { code, out } = tightbound(folder, ["site", "--out", "pages"]);
	expect(out).toMatch(
		/^2 sheets: 1 proved, 1 refuted\nopen pages\/index\.html\n$/,
	);
	expect(code).toBe(0);
	const index = readFileSync(join(folder, "pages/index.html"), "utf8");
	for (const title of ["First", "Second"]) expect(index).toContain(title);
	for (const page of ["one.html", "two.html", "verdicts.html"])
		expect(existsSync(join(folder, "pages", page))).toBe(true);
});

it("refuses a folder without sheets, and one that is not there", () => {
	const folder = folderWith({ "notes.txt": "no sheet" });
	for (const directory of [".", "none"]) {
		const { code, err } = tightbound(folder, [
			"site",
			directory,
			"--out",
			"pages",
		]);
		expect(code).toBe(2);
		expect(err).toMatch(/:1:1: .*; expected /);
	}
});
