// Pictures of a site's pages, for people to look at: node test/browser/screenshots.mjs SITE OUT
import { mkdir, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const views = [
	{ name: "light", width: 1280, colorScheme: "light" },
	{ name: "dark", width: 1280, colorScheme: "dark" },
	{ name: "phone", width: 360, colorScheme: "light" },
];

const [site, out] = process.argv.slice(2);
if (site === undefined || out === undefined) {
	console.error("usage: node test/browser/screenshots.mjs SITE OUT");
	process.exit(2);
}

await mkdir(out, { recursive: true });
const pages = (await readdir(site)).filter((name) => name.endsWith(".html"));
const browser = await launch();
try {
	for (const { name, width, colorScheme } of views) {
		const context = await browser.newContext({
			viewport: { width, height: 900 },
			deviceScaleFactor: 1.5,
			colorScheme,
			javaScriptEnabled: false,
		});
		const page = await context.newPage();
		for (const file of pages) {
			await page.goto(pathToFileURL(resolve(site, file)).href);
			const path = join(out, `${basename(file, ".html")}-${name}.png`);
			await page.screenshot({ path, fullPage: true });
			console.log(path);
		}
		await context.close();
	}
} finally {
	await browser.close();
}
