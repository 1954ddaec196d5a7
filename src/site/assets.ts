import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shortStyles } from "./formula/classes.js";
import type { Output } from "./output.js";

/** The order matters: later files refine earlier ones. */
const styles = [
	"fonts.css",
	"base.css",
	"page.css",
	"display.css",
	"verdict.css",
	"graph.css",
	"print.css",
];

/** Writes what all pages share: the styles, the icon, and KaTeX's with its fonts. */
export async function writeAssets(out: Output): Promise<void> {
	const site = fileURLToPath(new URL("../../site/", import.meta.url));
	const folder = join(site, "styles");
	const parts = await Promise.all(
		styles.map((name) => readFile(join(folder, name), "utf8")),
	);
	await out.write(["assets", "tightbound.css"], lean(parts.join("\n")));
	await out.write(
		["assets", "icon.svg"],
		await readFile(join(site, "icon.svg")),
	);
	for (const font of await readdir(join(site, "fonts"))) {
		const data = await readFile(join(site, "fonts", font));
		await out.write(["assets", "fonts", font], data);
	}
	await writeKatex(out);
}

/** A style sheet without what only its authors read. */
export function lean(css: string): string {
	return css.replace(/\/\*.*?\*\//gs, "").replace(/\s*\n\s*/g, "\n");
}

async function writeKatex(out: Output): Promise<void> {
	const require = createRequire(import.meta.url);
	const dist = dirname(require.resolve("katex/dist/katex.min.css"));
	const css = await readFile(join(dist, "katex.min.css"), "utf8");
	await out.write(["assets", "katex", "katex.css"], shortStyles(css));
	for (const font of await readdir(join(dist, "fonts"))) {
		if (!font.endsWith(".woff2")) continue;
		const data = await readFile(join(dist, "fonts", font));
		await out.write(["assets", "katex", "fonts", font], data);
	}
}
