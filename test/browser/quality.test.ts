import { mkdtemp, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../../src/problem.js";
import { assembleSite } from "../../src/site/assemble.js";
import { failedPart } from "../../src/site/failedPart.js";
import { fillFolder } from "../../src/site/output.js";
import { sheetPart } from "../../src/site/sheetPart.js";
import { mixture, mixtureText } from "../site/fixture.js";
import { launch } from "./chromium.mjs";
import { accessibilityProblems } from "./inside.mjs";

/** What a page may weigh with its style sheets and pictures, without fonts, in bytes; the playground has a budget of its own. */
const mostBytes = 500_000;

let folder: string;
let browser: Browser;
let server: Server;

/** One page of each kind. */
const pages = ["index", "verdicts", "mixture", "failed"];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-quality-"));
	const plotSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><circle cx="2" cy="2" r="1"/></svg>`;
	const sheet = { text: mixtureText, checked: mixture(), plotSvg };
	const parts = [
		sheetPart({ ...sheet, solverSource: "export {};" }, "mixture", new Map()),
		failedPart("notes/failed.md", "failed", new Problem("it is binary")),
	];
	await fillFolder(folder, (out) => assembleSite(parts, out));
	server = createServer((request, response) => {
		const path = decodeURIComponent(request.url ?? "").slice("/below/".length);
		const type = types[extname(path)] ?? "application/octet-stream";
		readFile(join(folder, path)).then(
			(content) => response.setHeader("Content-Type", type).end(content),
			() => response.writeHead(404).end(),
		);
	}).listen(0, "127.0.0.1");
	browser = await launch();
}, 60_000);

afterAll(async () => {
	await browser?.close();
	server?.close();
});

const types: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".css": "text/css",
	".js": "text/javascript",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
};

/** The same site from a folder, and over http below some path. */
const places = {
	"from a folder": () => `${pathToFileURL(folder).href}/`,
	"over http": () =>
		`http://127.0.0.1:${(server.address() as AddressInfo).port}/below/`,
};

interface Opened {
	readonly page: Page;
	/** Whatever a good page does not do. */
	readonly complaints: readonly string[];
	/** Bytes of all that was loaded, but for fonts. */
	bytes(): Promise<number>;
}

async function open(
	address: string,
	colorScheme: "light" | "dark" = "light",
): Promise<Opened> {
	const context = await browser.newContext({ colorScheme });
	const page = await context.newPage();
	const complaints: string[] = [];
	const sizes: Promise<number>[] = [];
	const origin = new URL("/", address).href;
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("requestfailed", (request) => complaints.push(request.url()));
	page.on("request", (request) => {
		// The playground's worker is a blob of the page's own.
		const url = request.url().replace(/^blob:(?:null\/)?/, "");
		const isOwn = url.startsWith(origin) || /^[0-9a-f-]+$/.test(url);
		if (!isOwn) complaints.push(url);
	});
	page.on("response", (response) => {
		if (response.url().endsWith(".woff2")) return;
		const body = response.body().catch(() => Buffer.alloc(0));
		sizes.push(body.then(({ length }) => length));
	});
	await page.goto(address, { waitUntil: "load" });
	const bytes = async () =>
		(await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
	return { page, complaints, bytes };
}

describe.each(Object.entries(places))("%s", (_, root) => {
	it.each([...pages.map((name) => `${name}.html`), "play/index.html"])(
		"%s complains of nothing and asks for nothing elsewhere",
		async (name) => {
			const { page, complaints } = await open(root() + name);
			if (name.startsWith("play/"))
				await page.locator("#preview .verdict").first().waitFor();
			expect(complaints).toEqual([]);
			await page.context().close();
		},
	);
});

describe.each(pages)("%s.html", (name) => {
	it.each(["light", "dark"] as const)(
		"has nothing that axe minds, %s",
		async (scheme) => {
			const address = `${places["from a folder"]()}${name}.html`;
			const { page } = await open(address, scheme);
			await page.evaluate(axe.source);
			expect(await page.evaluate(accessibilityProblems)).toEqual([]);
			await page.context().close();
		},
	);

	it("weighs little", async () => {
		const address = `${places["over http"]()}${name}.html`;
		const { page, bytes } = await open(address);
		expect(await bytes()).toBeLessThanOrEqual(mostBytes);
		await page.context().close();
	});
});

describe("HTML", () => {
	const loader = new StaticConfigLoader({
		root: true,
		extends: ["html-validate:standard"],
	});
	const validator = new HtmlValidate(loader);

	it.each([...pages.map((name) => `${name}.html`), "play/index.html"])(
		"of %s is valid",
		async (name) => {
			const markup = await readFile(join(folder, name), "utf8");
			const { results } = await validator.validateString(markup, name);
			const said = results.flatMap(({ messages }) =>
				messages.map((one) => `${one.line}:${one.column} ${one.message}`),
			);
			expect(said).toEqual([]);
		},
	);

	it("that is not valid is noticed", async () => {
		const markup = "<!doctype html><html lang=en><p><div></p><img></html>";
		expect((await validator.validateString(markup)).valid).toBe(false);
	});
});
