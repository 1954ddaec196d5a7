import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import {
	afterAll,
	beforeAll,
	expect,
	inject,
	it,
	onTestFinished,
} from "vitest";
import { launch } from "../browser/chromium.mjs";
import { bringTo } from "../browser/inside.mjs";
import { folderWith } from "./run.js";

interface Serving {
	readonly process: ChildProcess;
	readonly address: string;
	/** What it has printed so far. */
	printed(): string;
	/** Resolves when it has printed this. */
	says(pattern: RegExp): Promise<void>;
	ended(): Promise<number | null>;
}

/** Serves a folder at a port that is free, and ends with the test. */
async function serve(
	folder: string,
	more: readonly string[] = [],
	directory = ".",
): Promise<Serving> {
	const options = ["--port", "0", "--cache", join(folder, "cache")];
	const process_ = spawn(
		process.execPath,
		[inject("program"), "serve", directory, ...options, ...more],
		{ cwd: folder },
	);
	onTestFinished(() => void process_.kill("SIGKILL"));
	let printed = "";
	for (const stream of [process_.stdout, process_.stderr])
		stream.on("data", (chunk) => {
			printed += chunk;
		});
	const ended = new Promise<number | null>((resolve) =>
		process_.once("exit", resolve),
	);
	const says = (pattern: RegExp) =>
		expect.poll(() => printed, { timeout: 25_000 }).toMatch(pattern);
	await says(/open http:\S+/);
	const address = /http:\S+/.exec(printed)?.[0] ?? "";
	const serving = { process: process_, address, says, ended: () => ended };
	return { ...serving, printed: () => printed };
}

/** Sends a request as it stands, without the tidying of a client; the first line of the answer. */
function send(address: string, request: string): Promise<string> {
	const { hostname, port } = new URL(address);
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname, () => socket.end(request));
		socket.once("data", (data) => {
			resolve(data.toString().split("\r\n")[0] ?? "");
			socket.destroy();
		});
		socket.once("error", reject);
	});
}

const sheet = (title: string, step: string) => `# ${title}\n\n$$ ${step} $$\n`;

it("serves the site of a folder, follows what is saved, and stops on Ctrl-C", async () => {
	const folder = folderWith({ "one.md": sheet("First", "1 + 1 = 2") });
	const site = await serve(folder);
	await site.says(/1 sheet: 1 proved/);
	const get = async (path: string) => {
		const response = await fetch(new URL(path, site.address));
		return { status: response.status, text: await response.text() };
	};
	expect((await get("")).text).toContain("First");
	expect((await get("one.html")).text).toContain("proved");
	writeFileSync(join(folder, "one.md"), sheet("First", "1 + 1 = 3"));
	writeFileSync(join(folder, "two.md"), sheet("Second", "2 = 2"));
	await site.says(/2 sheets: 1 proved, 1 refuted/);
	expect((await get("one.html")).text).toContain("refuted");
	expect((await get("two.html")).status).toBe(200);
	rmSync(join(folder, "two.md"));
	await site.says(/1 sheet: 1 refuted/);
	expect((await get("two.html")).status).toBe(404);
	site.process.kill("SIGINT");
	expect(await site.ended()).toBe(0);
});

it("answers for its own files alone, and to its own name alone", async () => {
	const folder = folderWith({ "one.md": sheet("First", "1 + 1 = 2") });
	const site = await serve(folder);
	await site.says(/1 sheet/);
	const { host } = new URL(site.address);
	const first = (line: string, name = host) =>
		send(site.address, `${line} HTTP/1.1\r\nHost: ${name}\r\n\r\n`);
	expect(await first("GET /one.html")).toMatch(/ 200 /);
	for (const path of [
		"/../one.md",
		"/one.md",
		"/%2e%2e/%2e%2e/etc/passwd",
		"/..%2f..%2fetc/passwd",
		"/assets/../../../../etc/passwd",
		"//etc/passwd",
		"/%00",
		"/%",
		"/__proto__",
		"http://example.org/one.html",
	])
		expect([path, await first(`GET ${path}`)]).toEqual([
			path,
			expect.stringMatching(/ 404 /),
		]);
	expect(await first("GET /one.html", "evil.example")).toMatch(/ 403 /);
	expect(await first("POST /one.html")).toMatch(/ 405 /);
	const { headers } = await fetch(site.address);
	expect(headers.get("x-content-type-options")).toBe("nosniff");
	expect(headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
});

it("says that a port is taken, and of a folder without sheets what is missing", async () => {
	const folder = folderWith({ "notes.txt": "no sheet" });
	const site = await serve(folder);
	await site.says(/:1:1: there is no sheet in this folder; expected/);
	expect(await (await fetch(site.address)).text()).toContain(
		"there is no sheet in this folder",
	);
	writeFileSync(join(folder, "one.md"), sheet("First", "1 + 1 = 2"));
	await site.says(/1 sheet: 1 proved/);
	const other = createServer().listen(0, "127.0.0.1");
	onTestFinished(() => void other.close());
	await new Promise((resolve) => other.once("listening", resolve));
	const address = other.address();
	const port = typeof address === "object" ? address?.port : 0;
	const program = spawn(
		process.execPath,
		[inject("program"), "serve", ".", "--port", String(port)],
		{ cwd: folder },
	);
	let printed = "";
	program.stderr.on("data", (chunk) => {
		printed += chunk;
	});
	const code = await new Promise((resolve) => program.once("exit", resolve));
	expect(code).toBe(2);
	expect(printed).toMatch(/port \d+ is in use; expected another one/);
});

it("ends with one sentence where there is no folder", () => {
	const folder = folderWith({ "one.md": sheet("First", "1 + 1 = 2") });
	const said = (path: string) => {
		const args = [inject("program"), "serve", path, "--port", "0"];
		const done = spawnSync(process.execPath, args, {
			cwd: folder,
			encoding: "utf8",
			timeout: 30_000,
		});
		return { code: done.status, out: done.stdout, err: done.stderr };
	};
	expect(said("nowhere")).toEqual({
		code: 2,
		out: "",
		err: "nowhere:1:1: there is no such file; expected a folder of sheets\n",
	});
	expect(said("one.md")).toEqual({
		code: 2,
		out: "",
		err: "one.md:1:1: this is no folder; expected a folder of sheets\n",
	});
});

let browser: Browser;
beforeAll(async () => {
	browser = await launch();
}, 60_000);
afterAll(() => browser?.close());

/** Opens a page and collects what a good page does not do. */
async function open(
	address: string,
): Promise<{ page: Page; complaints: string[] }> {
	const context = await browser.newContext();
	onTestFinished(() => context.close());
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("request", (request) => {
		if (!request.url().startsWith(new URL(address).origin))
			complaints.push(request.url());
	});
	await page.goto(address);
	return { page, complaints };
}

it("repaints an open page where the reader is, errors in place", async () => {
	const rows = (slip: string, above: string) =>
		`# Long\n\n${above}\n\n${Array.from({ length: 60 }, (_, n) => `Line ${n}.\n\n$$ ${n} + 1 = ${n === 50 ? slip : n + 1} $$\n`).join("\n")}`;
	const folder = folderWith({ "long.md": rows("51", "Short.") });
	const site = await serve(folder);
	await site.says(/1 sheet: 60 proved/);
	const { page, complaints } = await open(`${site.address}long.html`);
	const line = page.getByText("Line 40.", { exact: true });
	await line.evaluate(bringTo, 120);
	const height = async () => (await line.boundingBox())?.y;
	const before = (await height()) ?? Number.NaN;
	expect(before).toBeCloseTo(120, -1);

	const more = Array.from(
		{ length: 12 },
		(_, n) => `More text, paragraph ${n}.`,
	);
	writeFileSync(join(folder, "long.md"), rows("52", more.join("\n\n")));
	await site.says(/1 sheet: 59 proved, 1 refuted/);
	await page.locator(".verdict.refuted").waitFor();
	expect(await page.getByText("More text, paragraph 11.").count()).toBe(1);
	expect(await height()).toBeCloseTo(before, -0.5);

	writeFileSync(join(folder, "long.md"), new Uint8Array([0xff, 0xfe, 0]));
	await page.getByText("This is a binary file.").waitFor();
	writeFileSync(join(folder, "long.md"), rows("51", "Short."));
	await page.getByText("Line 59.").waitFor();
	expect(await page.locator(".verdict.refuted").count()).toBe(0);
	expect(complaints).toEqual([]);
});

it("follows a sheet that is renamed, in all tabs, and a folder that goes away and comes back", async () => {
	const folder = folderWith({});
	const sheets = join(folder, "sheets");
	const put = (name: string, text: string) => {
		mkdirSync(sheets, { recursive: true });
		writeFileSync(join(sheets, name), text);
	};
	put("one.md", sheet("First", "1 + 1 = 2"));
	const site = await serve(folder, [], "sheets");
	await site.says(/1 sheet: 1 proved/);
	const { page } = await open(`${site.address}one.html`);
	const { page: index } = await open(site.address);
	const shows = async (which: Page, text: string) =>
		which.locator("main", { hasText: text }).waitFor();
	renameSync(join(sheets, "one.md"), join(sheets, "uno.md"));
	await shows(page, "There is no such page");
	await index.locator('a[href="uno.html"]').first().waitFor();
	renameSync(join(sheets, "uno.md"), join(sheets, "one.md"));
	await shows(page, "First");
	await index.locator('a[href="one.html"]').first().waitFor();

	rmSync(sheets, { recursive: true });
	await shows(index, "Nothing can be shown");
	put("one.md", sheet("Back", "1 + 1 = 2"));
	await shows(index, "Back");
	await shows(page, "Back");

	writeFileSync(join(sheets, "one.md"), Buffer.from("caf\u00e9", "latin1"));
	await shows(page, "This is no text in UTF-8.");
});
