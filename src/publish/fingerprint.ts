import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Packages that have a say in what comes of a sheet. */
const packages = [
	"katex",
	"markdown-it",
	"yaml",
	"mathjs",
	"decimal.js",
	"fraction.js",
	"nerdamer",
];

/** Folders of the program that have none, or repeat the others' modules in bundles. */
const aside = /^(?:play|cli|serve|program)[\\/]/;

/**
 * A hash of all that, besides the sheet, makes its verdicts and its page: the program's own files rather than the number of
 * its version, so that whoever changes a line of it never sees what an earlier one said.
 */
export function fingerprint(): string {
	const hash = createHash("sha256").update(process.version);
	const root = fileURLToPath(new URL("..", import.meta.url));
	const files = readdirSync(root, { recursive: true, encoding: "utf8" });
	for (const name of files.toSorted())
		if (/\.[jt]s$/.test(name) && !name.endsWith(".d.ts") && !aside.test(name))
			hash.update(`${name}\n`).update(readFileSync(join(root, name)));
	const require = createRequire(import.meta.url);
	for (const name of packages) hash.update(versionOf(name, require));
	return hash.digest("hex");
}

/** The manifest of an installed package, as text. */
function versionOf(name: string, require: NodeJS.Require): string {
	const entry = require.resolve(name);
	const folder = join("node_modules", name);
	const end = entry.lastIndexOf(folder) + folder.length;
	return readFileSync(join(entry.slice(0, end), "package.json"), "utf8");
}
