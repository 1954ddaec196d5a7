import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { launch } from "./chromium.mjs";
import { loadedFonts, movedPieces, watchPreview } from "./inside.mjs";

vi.setConfig({ testTimeout: 90_000 });

let browser: Awaited<ReturnType<typeof launch>>;
let server: Server;
let folder: string;
/** Bytes of what was asked for, as a server that packs its texts sends them. */
let sent: { readonly path: string; readonly bytes: number }[] = [];

const types: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".css": "text/css",
	".js": "text/javascript",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-served-"));
	await writeFile(join(folder, "sheet.md"), "# A sheet\n\n$$ 1 + 1 = 2 $$\n");
	const args = [inject("program"), "site", folder, "--out", folder];
	execFileSync(process.execPath, args);
	server = createServer((request, response) => {
		const path = decodeURIComponent(
			new URL(request.url ?? "", "http://x").pathname,
		);
		readFile(join(folder, path.slice("/notes/".length))).then(
			(content) => {
				const type = types[extname(path)] ?? "application/octet-stream";
				const isPacked = extname(path) === ".woff2";
				const bytes = isPacked ? content.length : gzipSync(content).length;
				sent.push({ path, bytes });
				response.setHeader("Content-Type", type).end(content);
			},
			() => response.writeHead(404).end(),
		);
	}).listen(0, "127.0.0.1");
	browser = await launch();
}, 120_000);

afterAll(async () => {
	await browser?.close();
	server?.close();
});

const address = () =>
	`http://127.0.0.1:${(server.address() as AddressInfo).port}/notes/play/index.html`;

/** Opens the playground below some path of a server, and collects everything that a good page does not do. */
async function open(
	look: (page: Page, context: BrowserContext) => Promise<void>,
	fragment = "",
): Promise<void> {
	const context = await browser.newContext();
	const page = await context.newPage();
	page.setDefaultTimeout(40_000);
	const complaints: string[] = [];
	const origin = new URL("/", address()).href;
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("request", (request) => {
		const isOwn = request
			.url()
			.replace(/^blob:/, "")
			.startsWith(origin);
		if (!isOwn && !/^data:/.test(request.url())) complaints.push(request.url());
	});
	page.on("requestfailed", (request) => complaints.push(request.url()));
	try {
		sent = [];
		await page.goto(address() + fragment);
		await look(page, context);
		expect(complaints).toEqual([]);
	} finally {
		await context.close();
	}
}

/** Puts a text in the place of the sheet, as by pasting. */
async function write(page: Page, text: string): Promise<void> {
	await page.locator(".cm-content").click();
	await page.keyboard.press("Control+a");
	await page.keyboard.insertText(text);
}

const sheet = (formula: string) =>
	`---\nsymbols: {a: real, b: real}\n---\n$$ ${formula} $$\n`;
const right = (page: Page) =>
	page.locator(".sheet:not(:has(section)) .row.proved");

describe("the playground, from a server", () => {
	it("is there after 600 kB, fonts included, and nothing of the rest is asked for", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted .counterexample").waitFor();
			await page
				.locator("#status", { hasText: /^Checked in \d+ ms$/ })
				.waitFor();
			await page.evaluate(loadedFonts);
			const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
			expect(bytes, JSON.stringify(sent)).toBeLessThanOrEqual(600_000);
			const names = sent.map(({ path }) => path.split("/").at(-1));
			for (const name of ["mathjs", "nerdamer", "compiler", "sheets", "yaml"])
				expect(names).not.toContain(`${name}.js`);
		});
	});

	it("refutes a wrong step with numbers, takes its repair, and proves it, without the server", async () => {
		await open(async (page, context) => {
			await write(page, sheet("a + b = b + a"));
			await right(page).waitFor();
			await context.setOffline(true);
			await write(page, sheet("(a + b)^2 = a^2 + a b + b^2"));
			await page.locator(".row.refuted .sides").waitFor();
			await page.locator(".row.refuted .repair summary").click();
			await page.locator(".row.refuted button.apply").click();
			await right(page).waitFor();
			expect(await page.locator(".row.refuted").count()).toBe(0);
			expect(await page.locator(".cm-content").textContent()).toContain("2");
		});
	});

	it("reads front matter and names of characters when a text first has them", async () => {
		await open(async (page) => {
			await write(page, "Caf&eacute; &amp; tea:\n\n$$ 1 + 1 = 2 $$\n");
			await page.locator("#preview p", { hasText: "Café & tea" }).waitFor();
			await write(
				page,
				sheet("a + b = b + a").replace("---\n", "---\ntitle: T\n"),
			);
			await page.locator("#title", { hasText: /^T$/ }).waitFor();
			await right(page).waitFor();
		});
	});

	it("opens the same sheet from its link", async () => {
		const text = sheet("a - a = 0").replace("---\n", "---\ntitle: Nought\n");
		let fragment = "";
		await open(async (page) => {
			await write(page, text);
			await page.locator("#title", { hasText: "Nought" }).waitFor();
			await page.locator("#share").click();
			await page.locator("#linked").waitFor();
			fragment = new URL(await page.locator("#link").inputValue()).hash;
		});
		await open(async (page) => {
			await page.locator("#title", { hasText: "Nought" }).waitFor();
			const lines = await page.locator(".cm-line").allTextContents();
			expect(lines.join("\n")).toBe(text);
		}, fragment);
	});

	it.each([
		[
			"that unpacks to thirty megabytes",
			deflateRawSync(Buffer.alloc(30_000_000)),
		],
		[
			"of noise",
			Buffer.from(Array.from({ length: 900 }, (_, n) => (n * n) % 251)),
		],
		["of one byte", Buffer.from([3])],
		["that is no text", deflateRawSync(Buffer.from([0xff, 0xfe, 0xc0, 0x00]))],
	])("goes on after a link %s", async (_, packed) => {
		await open(
			async (page) => {
				await page.locator("#preview").waitFor({ state: "attached" });
				await write(page, sheet("a + b = b + a"));
				await right(page).waitFor();
			},
			`#sheet=${packed.toString("base64url")}`,
		);
	});

	it("keeps a draft in the browser, over a reload, and says so", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			const before = sent.length;
			await write(page, sheet("a + b = b + a"));
			await right(page).waitFor();
			await page.reload();
			await right(page).waitFor();
			expect(await page.locator("#draft").textContent()).toContain("draft");
			expect(sent.length).toBeGreaterThan(before);
			await page.locator("#open-gallery").click();
			await page.locator("#gallery li button").first().waitFor();
			expect(
				await page.locator("#gallery li button").first().textContent(),
			).toBe("Your draft");
		});
	});

	it("drags a point, and the fit follows", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			await page.locator("#show-algorithm").click();
			await page.locator("#algorithm .message", { hasText: "Conv" }).waitFor();
			const mean = page.locator("#algorithm .found dd").last();
			const before = await mean.textContent();
			const box = await page.locator(".stage circle").first().boundingBox();
			if (!box) throw new Error("the point is not shown");
			await page.mouse.move(box.x + 4, box.y + 4);
			await page.mouse.down();
			await page.mouse.move(box.x + 120, box.y + 60, { steps: 4 });
			await page.mouse.up();
			await expect.poll(() => mean.textContent()).not.toBe(before);
		});
	});

	it("stops a check that does not end, and goes on with the next text", async () => {
		const checker = readFileSync(join(folder, "play/checker.js"), "utf8");
		const stuck =
			'addEventListener("message",({data})=>{if(data.text?.includes("for ever"))for(;;);});';
		const script = checker.replace(
			'tightbound("checker",()=>{',
			(start) => start + stuck,
		);
		const context = await browser.newContext();
		const page = await context.newPage();
		try {
			await page.route("**/checker.js", (route) =>
				route.fulfill({ contentType: "text/javascript", body: script }),
			);
			await page.clock.install();
			await page.goto(address());
			await page.locator(".row.refuted").waitFor();
			await write(page, "A text for ever.");
			await page.clock.runFor(21_000);
			await page.locator("#status", { hasText: "was stopped" }).waitFor();
			await write(page, sheet("a + b = b + a"));
			await right(page).waitFor();
		} finally {
			await context.close();
		}
	});
});

describe("a key", () => {
	it("moves its own row alone, and leaves open what is open elsewhere", async () => {
		await open(async (page) => {
			const rows = Array.from(
				{ length: 12 },
				(_, n) =>
					`$$ (a + b)^2 = a^2 + ${n === 2 ? 3 : 2} a b + b^2 + ${n} - ${n} $$\n\nProse.`,
			);
			const text = `---\nsymbols: {a: real, b: real}\n---\n\n${rows.join("\n\n")}\n`;
			await write(page, text);
			await page.locator("#counts", { hasText: "11 proved" }).waitFor();
			await page.locator(".repair summary").click();
			await page.evaluate(watchPreview);
			const moved = () => page.evaluate(movedPieces);
			await page.locator(".cm-content").focus();
			// A line above everything: nothing moves.
			await page.keyboard.press("Control+Home");
			await page.keyboard.press("ArrowDown");
			await page.keyboard.press("ArrowDown");
			await page.keyboard.press("End");
			await page.keyboard.press("Enter");
			await page.locator("#status", { hasText: /^Checked in/ }).waitFor();
			await page.waitForTimeout(300);
			expect(await moved()).toEqual([]);
			// A digit in the last row: its own pieces alone.
			await page.keyboard.press("Control+End");
			for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowUp");
			await page.keyboard.press("End");
			for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowLeft");
			await page.keyboard.type("2");
			await page.locator("#counts", { hasText: "2 refuted" }).waitFor();
			expect((await moved()).length).toBeLessThan(40);
			expect(await page.locator(".repair[open]").count()).toBe(1);
		});
	});
});
