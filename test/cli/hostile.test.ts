import { spawnSync } from "node:child_process";
import {
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch } from "../browser/chromium.mjs";
import { liveParts, whatIsThere } from "../browser/inside.mjs";
import { hostileSheets } from "../hostile/sheets.mjs";

/** Time in which one sheet is checked, in seconds; no machine is so slow that an honest one would need it. */
const limit = 60;
/** Time for all of them, in milliseconds. */
const patience = 300_000;

const { files, says } = hostileSheets();
let root: string;
let made: { status: number | null; stdout: string; stderr: string };
let browser: Browser;

const run = (...args: string[]) =>
	spawnSync(process.execPath, [inject("program"), ...args], {
		cwd: root,
		encoding: "utf8",
		timeout: patience,
	});

beforeAll(async () => {
	root = mkdtempSync(join(tmpdir(), "tightbound-hostile-"));
	mkdirSync(join(root, "sheets"));
	for (const [name, content] of files)
		writeFileSync(join(root, "sheets", name), content);
	writeFileSync(join(root, "secret"), "secretly kept");
	symlinkSync(join(root, "secret"), join(root, "sheets", "link.md"));
	mkdirSync(join(root, "sheets", "folder.md"));
	const cache = ["--no-cache", "--limit", String(limit)];
	made = run("site", "sheets", "--out", "out", ...cache);
	browser = await launch();
}, patience + 60_000);

afterAll(async () => {
	await browser?.close();
	rmSync(root, { recursive: true, force: true });
});

const pages = () =>
	readdirSync(join(root, "out")).filter((name) => name.endsWith(".html"));
const text = (name: string) => readFileSync(join(root, "out", name), "utf8");

describe("a site of sheets that mean harm", () => {
	it("is made of all of them, in time, and says which could not be read", () => {
		expect(files.size).toBeGreaterThan(155);
		expect(made.status).toBe(2);
		expect(made.stdout).toContain(`${files.size + 1} sheets: `);
		expect(made.stderr).not.toMatch(/internal error|given up|\n\s+at /);
		const lines = made.stderr.trimEnd().split("\n");
		for (const line of lines)
			expect(line).toMatch(/^sheets\/.+:\d+:\d+: \S.*$/);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey
		expect(made.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
	});

	it("has a page for each and two of its own", () => {
		expect(pages()).toHaveLength(files.size + 1 + 2);
		for (const name of pages())
			expect(name).toMatch(/^[\p{L}\p{N}-]{1,80}\.html$/u);
	});

	it("is written into its folder alone, without a link", () => {
		expect(readdirSync(root).toSorted()).toEqual(["out", "secret", "sheets"]);
		expect(readdirSync(join(root, "sheets"))).toHaveLength(files.size + 2);
		expect(readFileSync(join(root, "secret"), "utf8")).toBe("secretly kept");
		expect(
			pages().filter((name) => text(name).includes("secretly kept")),
		).toEqual([]);
		const all = readdirSync(join(root, "out"), {
			recursive: true,
			encoding: "utf8",
		});
		for (const name of all)
			expect(lstatSync(join(root, "out", name)).isSymbolicLink()).toBe(false);
	});

	it.each([...says])("says of %s: %s", (name, words) => {
		expect(text(name.replace(".md", ".html"))).toContain(words);
	});

	it("has rules of formulas in its style sheets, and nothing else", () => {
		const folder = join(root, "out", "assets", "pages");
		for (const name of readdirSync(folder)) {
			const rules = readFileSync(join(folder, name), "utf8");
			expect(rules).not.toMatch(/fixed|url\(|@|expression|</);
		}
	});

	it("holds no character that no page may hold, or that turns others around", () => {
		const unseemly =
			/(?![\t\n\r])[\p{Cc}\p{Noncharacter_Code_Point}\u202a-\u202e]/u;
		expect(pages().filter((name) => unseemly.test(text(name)))).toEqual([]);
	});
});

/** Everything that a page of the site is made of; nothing here can run, load or send anything. */
const elements = new Set(
	`html head meta title link body a sub header nav span main article section footer aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd
	table thead tbody tr th td blockquote pre code em strong s hr br i b details summary figure figcaption img input svg symbol use
	defs path circle rect g line text tspan marker polygon polyline ellipse desc math semantics mrow mi mo mn mtext mspace mfrac
	msup msub msubsup msqrt mroot mover munder munderover mtable mtr mtd mstyle mpadded mphantom merror menclose mglyph annotation`.split(
		/\s+/,
	),
);
const refused =
	/^(?:on|src$|srcdoc|srcset|action|formaction|ping|poster|background|xlink|data-(?!line|of))/;

describe("in a browser with scripts on", () => {
	it(
		"no page runs one, asks for anything elsewhere, or holds what could",
		async () => {
			const context = await browser.newContext();
			const page = await context.newPage();
			const complaints: string[] = [];
			let name = "";
			const complain = (what: string) => complaints.push(`${name}: ${what}`);
			page.on("console", (message) => complain(message.text()));
			page.on("pageerror", (error) => complain(String(error)));
			page.on("dialog", (dialog) => {
				complain(`dialog ${dialog.message()}`);
				void dialog.dismiss();
			});
			page.on("request", (request) => {
				if (!request.url().startsWith("file:")) complain(request.url());
			});
			for (name of pages()) {
				const path = join(root, "out", name);
				await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
				const found = await page.evaluate(whatIsThere);
				if (found.owned) complain("a script has run");
				for (const live of await page.evaluate(liveParts)) complain(live);
				for (const element of found.elements)
					if (!elements.has(element)) complain(`<${element}>`);
				for (const attribute of found.attributes)
					if (refused.test(attribute)) complain(attribute);
				if (found.foreign.length > 0) complain(found.foreign.join(", "));
			}
			expect(complaints).toEqual([]);
			await context.close();
		},
		patience,
	);
});

it(
	"`check` reads them without a word about itself",
	() => {
		const texts = [...files].filter(([, content]) => content.length < 20_000);
		const paths = texts.map(([name]) => join("sheets", name));
		const { status, stderr } = run("check", "--hints", "where", "--", ...paths);
		expect(stderr).not.toMatch(/internal error|\n\s+at /);
		expect(status).toBe(1);
	},
	patience,
);
