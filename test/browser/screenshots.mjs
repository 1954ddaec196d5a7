// Pictures of each kind of page, light, dark, on a phone and on paper: npm run screenshots [SITE], a site of the sheets
// that ship. They are small, and go to site/screenshots.
import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const out = fileURLToPath(new URL("../../site/screenshots", import.meta.url));
const site = resolve(process.argv[2] ?? "out/site");

/** A kind of page, and the part of it that shows best what it is. */
const kinds = [
	{ name: "index", page: "index.html" },
	{ name: "sheet", page: "mixture-of-gaussians.html", onPaper: true },
	{
		name: "refuted",
		page: "tutorial-8-as-written.html",
		at: "#step-8",
		onPaper: true,
	},
	{ name: "algorithm", page: "mixture-of-gaussians.html", at: "#page-solver" },
	{ name: "fit", page: "mixture-of-gaussians.html", at: "#page-fit" },
	{ name: "verdicts", page: "verdicts.html" },
];

/** Views of the playground: what is done before the picture is taken. */
const plays = [
	{ name: "play", prepare: async () => {} },
	{
		name: "play-repair",
		prepare: (page) => page.locator("#preview .repair summary").click(),
	},
	{
		name: "play-algorithm",
		prepare: async (page) => {
			await page.locator("#show-algorithm").click();
			await page.locator("#algorithm .message").waitFor();
		},
	},
	{
		name: "play-sheets",
		prepare: async (page) => {
			await page.locator("#open-gallery").click();
			await page.locator("#gallery li").first().waitFor();
		},
	},
];

const views = [
	{ name: "light", width: 1120, height: 700, colorScheme: "light" },
	{ name: "dark", width: 1120, height: 700, colorScheme: "dark" },
	{ name: "phone", width: 360, height: 640, colorScheme: "light" },
	{
		name: "print",
		width: 680,
		height: 900,
		colorScheme: "light",
		media: "print",
	},
];

/** Left above what is looked at, so that it is seen where it stands. */
const above = 90;

await access(join(site, "index.html")).catch(() => {
	console.error(
		`there is no site in ${site}; expected: npm start, or its folder`,
	);
	process.exit(2);
});
const browser = await launch();
try {
	for (const { name: view, width, height, colorScheme, media } of views) {
		const context = await browser.newContext({
			viewport: { width, height },
			colorScheme,
			javaScriptEnabled: false,
		});
		const page = await context.newPage();
		await page.emulateMedia({ media: media ?? "screen" });
		for (const { name, page: file, at, onPaper } of kinds) {
			if (media === "print" && !onPaper) continue;
			await page.goto(pathToFileURL(join(site, file)).href);
			const top = at === undefined ? 0 : await topOf(page, at);
			const clip = { x: 0, y: Math.max(0, top - above), width, height };
			const path = join(out, `${name}-${view}.png`);
			await page.screenshot({ path, clip, fullPage: true });
			console.log(path);
		}
		await context.close();
		if (media !== "print")
			await pictureOfPlay(view, { width, height, colorScheme });
	}
} finally {
	await browser.close();
}

/** The playground has scripts, and no more than fits on the screen. */
async function pictureOfPlay(view, { width, height, colorScheme }) {
	for (const { name, prepare } of plays) {
		const viewport = { width, height };
		const context = await browser.newContext({ viewport, colorScheme });
		const page = await context.newPage();
		await page.goto(pathToFileURL(join(site, "play/index.html")).href);
		await page.locator("#preview .repair").waitFor({ state: "attached" });
		await prepare(page);
		const path = join(out, `${name}-${view}.png`);
		await page.screenshot({ path });
		console.log(path);
		await context.close();
	}
}

async function topOf(page, selector) {
	const box = await page.locator(selector).boundingBox();
	return box?.y ?? 0;
}
