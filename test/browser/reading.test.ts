import { mkdtemp, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, compile } from "../../src/index.js";
import { withoutSolutions } from "../../src/sheet/hide.js";
import { writeSite } from "../../src/site/index.js";
import { launch } from "./chromium.mjs";
import {
	addresses,
	cutOff,
	deadLinks,
	faintTexts,
	loadedFonts,
	scrollBehaviour,
	unnamedControls,
	widest,
} from "./inside.mjs";

const source = await readFile(new URL("./reading.md", import.meta.url), "utf8");

let browser: Browser;
let server: Server;
let folder: string;
/** Where the site is found: on disk, at the root of a server, and below a folder of one. */
let places: readonly string[];

const types: Readonly<Record<string, string>> = {
	".html": "text/html",
	".css": "text/css",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-reading-"));
	const whole = await check(source, "reading.md");
	const solverSource =
		whole.solvable === null ? undefined : await compile(whole.solvable);
	const open = withoutSolutions(source, "open.md");
	await writeSite({
		out: folder,
		sheets: [
			{ text: source, checked: whole, ...(solverSource && { solverSource }) },
			{ text: open, checked: await check(open, "open.md") },
		],
	});
	server = createServer(async (request, response) => {
		const path = normalize(
			decodeURIComponent(request.url ?? "/").replace(/^\/deep\/er/, ""),
		);
		try {
			const content = await readFile(join(folder, path));
			const type = types[extname(path)] ?? "application/octet-stream";
			response.writeHead(200, { "Content-Type": type }).end(content);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	const host = `http://127.0.0.1:${port}`;
	places = [pathToFileURL(folder).href, host, `${host}/deep/er`];
	browser = await launch();
}, 120_000);

afterAll(async () => {
	await browser?.close();
	server?.close();
});

/** Opens a page without scripts, and fails for whatever the browser complains of or asks elsewhere. */
async function open(
	address: string,
	look: (page: Page) => Promise<void>,
	options: BrowserContextOptions = {},
): Promise<void> {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		...options,
	});
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("response", (response) => {
		if (response.status() >= 400) complaints.push(response.url());
	});
	page.on("request", (request) => {
		const url = request.url();
		if (!places.some((place) => url.startsWith(place))) complaints.push(url);
	});
	page.on("requestfailed", (request) => {
		// A font that is still on its way when the next page is opened.
		if (request.failure()?.errorText !== "net::ERR_ABORTED")
			complaints.push(request.url());
	});
	try {
		await page.goto(address);
		await look(page);
		expect(complaints).toEqual([]);
	} finally {
		await context.close();
	}
}

const reading = () => `${places[0]}/reading.html`;

describe("wherever the site is put", () => {
	it.each([0, 1, 2])("every link leads somewhere, at place %i", async (n) => {
		const place = places[n] ?? "";
		await open(`${place}/index.html`, async (page) => {
			await page.locator(".card a").first().click();
			await page.waitForURL(`${place}/*.html`);
			for (const name of ["index", "verdicts", "reading", "open"]) {
				await page.goto(`${place}/${name}.html`);
				expect(await page.evaluate(deadLinks)).toEqual([]);
				const others = await page.evaluate(addresses);
				for (const address of new Set(
					others.map((a) => a.split("#")[0] ?? ""),
				)) {
					const found = place.startsWith("http")
						? (await page.request.get(address)).ok()
						: (await readFile(new URL(address))).length > 0;
					expect(found, address).toBe(true);
				}
			}
		});
	});

	it("has its own type and formulas' fonts", async () => {
		for (const place of places)
			await open(`${place}/reading.html`, async (page) => {
				const fonts = await page.evaluate(loadedFonts);
				expect(fonts).toContain("Source Serif 4");
				expect(fonts).toContain("KaTeX_Math");
			});
	});
});

describe("a page to read", () => {
	it.each(["light", "dark"] as const)(
		"never scrolls sideways and is easy to read, in %s",
		async (colorScheme) => {
			for (const name of ["index", "reading", "open"])
				await open(
					`${places[0]}/${name}.html`,
					async (page) => {
						for (const width of [320, 360, 768, 1024, 1440, 1920, 2560]) {
							await page.setViewportSize({ width, height: 800 });
							expect(await page.evaluate(widest)).toBeLessThanOrEqual(width);
						}
						expect(await page.evaluate(faintTexts)).toEqual([]);
						expect(await page.evaluate(unnamedControls)).toEqual([]);
					},
					{ colorScheme },
				);
		},
	);

	it("scrolls a long formula by keyboard", async () => {
		await open(
			reading(),
			async (page) => {
				const scroller = page.locator(".scroller").nth(3);
				await scroller.focus();
				await page.keyboard.press("ArrowRight");
				await page.keyboard.press("ArrowRight");
				await expect
					.poll(() => scroller.evaluate((element) => element.scrollLeft))
					.toBeGreaterThan(0);
			},
			{ viewport: { width: 360, height: 700 } },
		);
	});

	it("leads from a reference to its equation", async () => {
		await open(reading(), async (page) => {
			const link = page.locator("a.reference").first();
			expect(await link.textContent()).toBe("(1)");
			await link.click();
			expect(new URL(page.url()).hash).toBe("#eq-square");
			const tag = page.locator("#eq-square");
			expect(await tag.textContent()).toBe("(1)");
			expect(await page.locator("a.reference").nth(1).textContent()).toBe(
				"(2)",
			);
		});
	});

	it("points at the wrong term, inside of the formula, and shows the repair when asked", async () => {
		await open(reading(), async (page) => {
			const wrong = page.locator(".row.refuted .tb-differs");
			expect((await wrong.first().textContent())?.replace(/\s/g, "")).toContain(
				"wh",
			);
			const box = await wrong.first().boundingBox();
			const row = await page.locator(".row.refuted").first().boundingBox();
			expect(box?.width).toBeLessThan((row?.width ?? 0) / 4);
			const repair = page.locator("details.repair").first();
			await repair.locator("summary").press("Enter");
			expect(await repair.locator(".tb-changed").first().isVisible()).toBe(
				true,
			);
		});
	});

	it("draws the model, with a name and a description", async () => {
		await open(reading(), async (page) => {
			const graph = page.getByRole("img", { name: "The model as a graph" });
			expect(await graph.isVisible()).toBe(true);
			expect(await graph.locator("circle.observed").count()).toBe(1);
			expect(await graph.locator("rect.plate").count()).toBe(2);
		});
	});

	it("has symbols, certificates and the algorithm, each with its place", async () => {
		await open(reading(), async (page) => {
			const symbols = page.getByRole("region", { name: "Symbols" });
			expect(await symbols.locator("tbody tr").count()).toBeGreaterThan(5);
			await symbols.getByRole("link", { name: "line 11" }).first().click();
			expect(new URL(page.url()).hash).toBe("#line-11");
			const proofs = page.getByRole("region", { name: "Certificates" });
			expect(await proofs.locator("tbody tr").count()).toBe(2);
			const steps = page.getByRole("region", { name: "The algorithm" });
			expect(await steps.locator(".algorithm li").count()).toBeGreaterThan(5);
		});
	});

	it("stands still for those who ask for it", async () => {
		await open(
			reading(),
			async (page) => {
				const behaviour = await page.evaluate(scrollBehaviour);
				expect(behaviour).toBe("auto");
			},
			{ reducedMotion: "reduce" },
		);
	});
});

describe("on paper", () => {
	it("cuts nothing off at the width of A4, long rows neither", async () => {
		const viewport = { width: 665, height: 960 };
		await open(
			reading(),
			async (page) => {
				await page.emulateMedia({ media: "print" });
				expect(await page.evaluate(cutOff)).toEqual([]);
			},
			{ viewport },
		);
	});

	it("shows the repairs and no navigation, and leaves room for answers", async () => {
		await open(reading(), async (page) => {
			await page.emulateMedia({ media: "print" });
			const repair = page.locator("details.repair p").first();
			expect((await repair.boundingBox())?.height).toBeGreaterThan(5);
			for (const part of ["header.site", "footer.site", ".contents"])
				expect(await page.locator(part).first().isVisible()).toBe(false);
			await page.goto(`${places[0]}/open.html`);
			const room = await page.locator(".left-open").boundingBox();
			expect(room?.height).toBeGreaterThan(200);
		});
	});
});
