import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Problem } from "../problem.js";
import { lean } from "./assets.js";
import type { Output } from "./output.js";
import { playPage } from "./playPage.js";

/** What `site/build.mjs` made of the page's and the worker's source. */
const built = new URL("../../dist/play/", import.meta.url);
const scripts = [
	"page.js",
	"checker.js",
	"sheets.js",
	"runner.js",
	"compiler.js",
	"mathjs.js",
	"nerdamer.js",
	"yaml.js",
	"entities.js",
];

/**
 * Writes the playground, which checks what is typed into it. It is the one page with scripts; they come with the site.
 * @throws Problem if it has not been built
 */
export async function writePlayground(out: Output): Promise<void> {
	for (const name of scripts)
		await out.write(["play", name], await read(new URL(name, built)));
	const styles = new URL("../../site/styles/play.css", import.meta.url);
	await out.write(
		["play", "play.css"],
		lean((await readFile(styles)).toString()),
	);
	await out.write(["play", "index.html"], playPage());
}

async function read(file: URL): Promise<Uint8Array> {
	try {
		return await readFile(file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Problem(
			`${fileURLToPath(file)} cannot be read (${code ?? String(error)})`,
			null,
			"a build: npm run build",
		);
	}
}
