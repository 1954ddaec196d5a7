import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeSite } from "../../src/site/index.js";
import { checked, mixture, mixtureText, step } from "../site/fixture.js";
import { launch } from "./chromium.mjs";
import {
	faintTexts,
	liveParts,
	marks,
	unnamedControls,
	widest,
} from "./inside.mjs";

const hostileText = await readFile(
	new URL("./hostile.md", import.meta.url),
	"utf8",
);
const attack = "<script>document.title='owned'</script>";
const hostile = checked(hostileText, `x/${attack}.md`, {
	title: attack,
	steps: [
		step(hostileText, "\\htmlClass", "refuted", {
			reason: attack,
			note: `$\\href{javascript:alert(1)}{x}$ ${attack}`,
			rules: [attack],
			counterexample: {
				world: {
					sizes: { [attack]: 1 },
					indices: {},
					values: { [attack]: attack, "\\href{javascript:1}{x}": 1 },
				},
				left: attack,
				right: attack,
			},
			repair: { latex: "\\url{javascript:alert(1)}", kind: attack },
		}),
	],
	messages: [
		{
			line: 1,
			column: 1,
			endLine: 1,
			level: "error",
			text: attack,
			expected: attack,
		},
	],
});

let browser: Browser;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-browser-"));
	const plotSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><circle cx="2" cy="2" r="1"/></svg>`;
	await writeSite({
		out: folder,
		sheets: [
			{ text: mixtureText, checked: mixture(), plotSvg, solverSource: attack },
			{ text: hostileText, checked: hostile },
		],
	});
	browser = await launch();
}, 60_000);

afterAll(() => browser?.close());

const names = ["index", "verdicts", "mixture", "script"];
const schemes = ["light", "dark"] as const;

/** Opens a page of the site and collects everything that a good page does not do. */
async function open(
	name: string,
	options: BrowserContextOptions,
	look: (page: Page) => Promise<void>,
): Promise<void> {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("dialog", (dialog) => complaints.push(dialog.message()));
	page.on("request", (request) => {
		if (!/^(?:file|data):/.test(request.url())) complaints.push(request.url());
	});
	page.on("requestfailed", (request) => complaints.push(request.url()));
	try {
		await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
		await look(page);
		expect(complaints).toEqual([]);
	} finally {
		await context.close();
	}
}

/** Scripts of the test itself run through the protocol even where those of the page are off. */
const withoutScripts = { javaScriptEnabled: false };

describe.each(names)("%s.html", (name) => {
	it.each(schemes)(
		"keeps to the width of the window and is easy to read, in %s",
		async (colorScheme) => {
			await open(name, { ...withoutScripts, colorScheme }, async (page) => {
				for (const width of [320, 768, 1440, 2560]) {
					await page.setViewportSize({ width, height: 800 });
					expect(await page.evaluate(widest)).toBeLessThanOrEqual(width);
				}
				expect(await page.evaluate(faintTexts)).toEqual([]);
			});
		},
	);

	it("runs no script, even where scripts may run", async () => {
		await open(name, {}, async (page) => {
			expect(await page.title()).not.toBe("owned");
			expect(await page.evaluate(liveParts)).toEqual([]);
		});
	});
});

describe("a sheet's page", () => {
	it("shows a mark, a word and a colour for each verdict", async () => {
		await open("mixture", withoutScripts, async (page) => {
			expect(await page.locator(".verdict").count()).toBe(12);
			const shown = await page.evaluate(marks);
			expect(shown.every((one) => one.drawn)).toBe(true);
			expect(new Set(shown.map((one) => one.word)).size).toBe(5);
			expect(new Set(shown.map((one) => one.color)).size).toBe(5);
		});
	});

	it("puts every verdict beside its row on a wide screen, beneath it on a phone", async () => {
		for (const [width, beside] of [
			[1280, true],
			[360, false],
		] as const) {
			const viewport = { width, height: 800 };
			await open("mixture", { ...withoutScripts, viewport }, async (page) => {
				const formula = await page.locator("#step-1").evaluate((verdict) => {
					const row = verdict.closest(".row");
					const cell = row?.querySelector(".cell")?.getBoundingClientRect();
					const own = verdict.getBoundingClientRect();
					return {
						cellBottom: cell?.bottom ?? 0,
						top: own.top,
						right: own.right,
					};
				});
				expect(formula.top < formula.cellBottom - 10).toBe(beside);
				expect(formula.right).toBeLessThanOrEqual(width);
			});
		}
	});

	it("scrolls a long formula inside of its display and keeps the verdict in sight", async () => {
		const viewport = { width: 320, height: 800 };
		await open("mixture", { ...withoutScripts, viewport }, async (page) => {
			const scroller = page.locator(".scroller", {
				has: page.locator("#step-4"),
			});
			const before = await page.locator("#step-4").boundingBox();
			const scrolled = await scroller.evaluate((element) => {
				element.scrollLeft = 200;
				return element.scrollLeft;
			});
			expect(scrolled).toBe(200);
			const after = await page.locator("#step-4").boundingBox();
			expect(after?.x).toBeCloseTo(before?.x ?? Number.NaN, 0);
		});
	});

	it("has a name for everything that takes the focus, and one main landmark", async () => {
		await open("mixture", withoutScripts, async (page) => {
			expect(await page.evaluate(unnamedControls)).toEqual([]);
			expect(await page.locator("main").count()).toBe(1);
			expect(await page.locator("h1").count()).toBe(1);
		});
	});

	it("opens a repair and a reason without a script", async () => {
		await open("mixture", withoutScripts, async (page) => {
			const repair = page.locator("details.repair").first();
			expect(await repair.locator("p").isVisible()).toBe(false);
			await repair.locator("summary").click();
			expect(await repair.locator("p").isVisible()).toBe(true);
		});
	});
});

describe("the policy of a page", () => {
	it("stops a script and a picture from elsewhere that got into it", async () => {
		const page = await readFile(join(folder, "index.html"), "utf8");
		const injected = page.replace(
			"</main>",
			`${attack}<img src="https://example.org/x.png" onerror="document.title='owned'"></main>`,
		);
		const path = join(folder, "injected.html");
		await writeFile(path, injected);
		const context = await browser.newContext();
		try {
			const tab = await context.newPage();
			const answered: string[] = [];
			tab.on("response", (response) => answered.push(response.url()));
			const refused: string[] = [];
			tab.on("console", (message) => refused.push(message.text()));
			await tab.goto(pathToFileURL(path).href);
			expect(await tab.title()).toBe("Checked derivations");
			expect(answered.filter((url) => url.includes("example.org"))).toEqual([]);
			expect(
				refused.filter((text) => /Content.Security.Policy/i.test(text)).length,
			).toBeGreaterThanOrEqual(2);
		} finally {
			await context.close();
		}
	});
});
