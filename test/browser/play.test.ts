import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { launch } from "./chromium.mjs";
import { widest } from "./inside.mjs";

vi.setConfig({ testTimeout: 90_000 });

let browser: Browser;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "tightbound-play-"));
	await writeFile(join(folder, "sheet.md"), one("a + b = b + a"));
	const args = [inject("program"), "site", folder, "--out", folder];
	execFileSync(process.execPath, args);
	browser = await launch();
}, 120_000);

afterAll(() => browser?.close());

/** Opens the playground from the folder and collects everything that a good page does not do. */
async function open(
	look: (page: Page) => Promise<void>,
	fragment = "",
): Promise<void> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
	});
	const page = await context.newPage();
	page.setDefaultTimeout(40_000);
	const complaints: string[] = [];
	page.on("console", (message) => complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("request", (request) => {
		if (!/^(?:file|data|blob):/.test(request.url()))
			complaints.push(request.url());
	});
	page.on("requestfailed", (request) => complaints.push(request.url()));
	try {
		const address = pathToFileURL(join(folder, "play/index.html")).href;
		await page.goto(address + fragment);
		await look(page);
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

const symbols = "---\nsymbols: {a: real, b: real}\n---\n";
const one = (formula: string) => `${symbols}$$ ${formula} $$\n`;

describe("the playground, from a folder", () => {
	it("opens with a sheet whose slip is refuted, with the numbers that show it", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted .counterexample").waitFor();
			expect(await page.locator("#counts").textContent()).toContain(
				"1 refuted",
			);
			expect(await page.locator(".cm-lint-marker-error").count()).toBe(1);
		});
	});

	it("checks what is typed: a wrong step is refuted, a right one proved", async () => {
		await open(async (page) => {
			await write(page, one("(a + b)^2 = a^2 + a b + b^2"));
			await page.locator(".row.refuted .counterexample").waitFor();
			await write(page, one("(a + b)^2 = a^2 + 2 a b + b^2"));
			await page.locator(".sheet:not(:has(section)) .row.proved").waitFor();
			expect(await page.locator(".row.refuted").count()).toBe(0);
		});
	});

	it("loads the parser of plain steps when a sheet first needs it", async () => {
		await open(async (page) => {
			await write(
				page,
				`${symbols}\n\`\`\`expr\n(a + b)^2 = a^2 + 2 a b + b^2\n\`\`\`\n`,
			);
			await page.locator(".sheet:not(:has(section)) .row.proved").waitFor();
		});
	});
});

describe("writing in the playground", () => {
	it("applies a repair, and the step is proved", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted .repair summary").click();
			await page.locator(".row.refuted button.apply").click();
			await page.locator(".row.refuted").waitFor({ state: "detached" });
			expect(await page.locator("#counts").textContent()).not.toContain(
				"refuted",
			);
			expect(await page.locator(".cm-content").textContent()).toContain(
				"D s^{2}",
			);
		});
	});

	it("tells as much of a slip as is asked for", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted .repair").waitFor();
			await page.locator("#hints").selectOption("where");
			await page.locator(".row.refuted .repair").waitFor({ state: "detached" });
			expect(await page.locator(".row.refuted").textContent()).not.toContain(
				"variance",
			);
			await page.locator("#hints").selectOption("kind");
			await page.locator(".row.refuted", { hasText: "variance" }).waitFor();
			expect(await page.locator(".repair").count()).toBe(0);
		});
	});

	it("completes symbols of the sheet", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			await page.locator(".cm-line").nth(4).click();
			await page.keyboard.press("End");
			await page.keyboard.type(" $\\lam");
			const option = page.locator(".cm-tooltip-autocomplete li", {
				hasText: "\\lambda",
			});
			await option.first().waitFor();
			expect(await option.first().textContent()).toContain("parameter");
		});
	});

	it("says where formulas stand, where a formula was pasted without that", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			await write(page, "(a + b)^2 = a^2 + 2 a b + b^2");
			await page
				.locator("#counts", { hasText: "an equation between $$ and $$" })
				.waitFor();
		});
	});

	it("forgets a link to the sheet as soon as that says something else", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			await page.locator("#share").click();
			await page.locator("#linked").waitFor();
			expect(new URL(page.url()).hash).not.toBe("");
			await write(page, one("a + b = b + a"));
			await page.locator("#linked").waitFor({ state: "hidden" });
			await expect.poll(() => new URL(page.url()).hash).toBe("");
		});
	});

	it("opens the same sheet from its link, and goes on where a link is broken", async () => {
		const text = one("a - a = 0").replace(
			"symbols:",
			"title: Nought\nsymbols:",
		);
		let link = "";
		await open(async (page) => {
			await write(page, text);
			await page.locator("#title", { hasText: "Nought" }).waitFor();
			await page.locator("#share").click();
			await page.locator("#linked").waitFor();
			link = await page.locator("#link").inputValue();
		});
		const fragment = new URL(link).hash;
		await open(async (page) => {
			await page.locator("#title", { hasText: "Nought" }).waitFor();
			const lines = await page.locator(".cm-line").allTextContents();
			expect(lines.join("\n")).toBe(text);
		}, fragment);
		await open(
			async (page) => {
				await page.locator("#title", { hasText: "A Gaussian mean" }).waitFor();
			},
			fragment.slice(0, -20),
		);
	});

	it("takes a long text at once, goes on when more is typed, and undoes it as one", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			const before = await page.locator(".cm-line").allTextContents();
			const steps = Array.from(
				{ length: 600 },
				(_, n) => `$$ (a + ${n} b)^2 = a^2 + ${2 * n} a b + ${n * n} b^2 $$\n`,
			);
			const start = performance.now();
			await write(page, symbols + steps.join("\n"));
			expect(performance.now() - start).toBeLessThan(10_000);
			await page.keyboard.press("Control+End");
			await page.keyboard.type("$$ a = a $$");
			await page.locator("#counts", { hasText: "601 proved" }).waitFor();
			for (let n = 0; n < 11; n++) await page.keyboard.press("Control+z");
			await page.locator("#title", { hasText: "A Gaussian mean" }).waitFor();
			const after = await page.locator(".cm-line").allTextContents();
			expect(after.slice(0, 10)).toEqual(before.slice(0, 10));
			await page.keyboard.press("Control+y");
			await page.locator("#counts", { hasText: "600 proved" }).waitFor();
		});
	});

	it("offers sheets to start from", async () => {
		await open(async (page) => {
			await page.locator("#open-gallery").click();
			await page.locator("#gallery li button", { hasText: "Single" }).click();
			await page.locator("#title", { hasText: "Single steps" }).waitFor();
			await page.locator("#counts", { hasText: "4 proved" }).waitFor();
		});
	});

	it("saves the sheet under its title", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			const saved = page.waitForEvent("download");
			await page.locator("#download").click();
			expect((await saved).suggestedFilename()).toBe("a-gaussian-mean.md");
		});
	});
});

describe("the algorithm on the page", () => {
	/** The first line of the parameters that were found. */
	const found = (page: Page) => page.locator("#algorithm .found dd");

	it("fits the data, and follows a point that is dragged", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			await page.locator("#show-algorithm").click();
			await page.locator("#algorithm .message", { hasText: "Conv" }).waitFor();
			const mean = found(page).last();
			const before = await mean.textContent();
			const point = page.locator(".stage circle").first();
			const box = await point.boundingBox();
			if (!box) throw new Error("the point is not shown");
			await page.mouse.move(box.x + 4, box.y + 4);
			await page.mouse.down();
			await page.mouse.move(box.x + 120, box.y + 60, { steps: 4 });
			await page.mouse.up();
			await expect.poll(() => mean.textContent()).not.toBe(before);
			const x = page.getByLabel("x, entry 1");
			// The posterior mean of N = 60 points under σ = λ = 1 is their sum over N + 1.
			await x.fill("0");
			const numbers = async () =>
				((await mean.textContent()) ?? "")
					.replace("−", "-")
					.split(",")
					.map(Number);
			const at = async (value: string) => {
				const old = await mean.textContent();
				await x.fill(value);
				await expect.poll(() => mean.textContent()).not.toBe(old);
				return (await numbers())[0] ?? Number.NaN;
			};
			const low = await at("-3.05");
			const high = await at("3.05");
			expect(high - low).toBeCloseTo(6.1 / 61, 2);
		});
	});

	it("adds and removes points, plays sweeps, and moves what is known", async () => {
		await open(async (page) => {
			await page.locator("#open-gallery").click();
			const sheet = page.locator("#gallery li button", { hasText: "known w" });
			await sheet.click();
			await page.locator("#title", { hasText: "known weights" }).waitFor();
			await page.locator("#status", { hasText: "Checked" }).waitFor();
			await page.locator("#show-algorithm").click();
			await page.locator("#algorithm .message", { hasText: "Conv" }).waitFor();
			expect(await page.locator(".stage circle").count()).toBe(60);
			await page.locator(".stage").click({ position: { x: 40, y: 40 } });
			expect(await page.locator(".stage circle").count()).toBe(61);
			await page.getByText("Remove it").click();
			expect(await page.locator(".stage circle").count()).toBe(60);

			await page.locator(".sliders input").first().fill("2");
			await expect.poll(() => page.locator(".stage .mark").count()).toBe(4);
			await page.getByText("Start anew").click();
			await page.getByText("Play", { exact: true }).click();
			await page.locator(".bound .sweep").nth(2).waitFor();
			const terms = await page
				.locator(".bound-terms .amount")
				.allTextContents();
			const values = terms.map((t) => Number(t.replace("−", "-")));
			const total = values.pop() ?? Number.NaN;
			expect(values).toHaveLength(5);
			expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 2);
		});
	});

	it("says why a sheet has none", async () => {
		await open(async (page) => {
			await write(page, one("a + b = b + a"));
			await page.locator(".sheet:not(:has(section)) .row.proved").waitFor();
			await page.locator("#show-algorithm").click();
			await page
				.locator("#algorithm p", { hasText: "needs a model" })
				.waitFor();
		});
	});
});

/** Presses Tab until the focus is on what `selector` names. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let n = 0; n < 80; n++) {
		if (await page.locator(`${selector}:focus`).count()) return;
		await page.keyboard.press("Tab");
	}
	throw new Error(`${selector} cannot be reached by Tab`);
}

describe("by keyboard alone", () => {
	it("opens a sheet, leaves the editor, and takes a repair", async () => {
		await open(async (page) => {
			await page.locator(".row.refuted").waitFor();
			await tabTo(page, "#open-gallery");
			await page.keyboard.press("Enter");
			await page.locator("#gallery li button").first().waitFor();
			await page.keyboard.press("Escape");
			await page.locator("#gallery").waitFor({ state: "hidden" });
			expect(await page.locator("#open-gallery:focus").count()).toBe(1);
			await tabTo(page, ".cm-content");
			await tabTo(page, ".row.refuted .repair summary");
			await page.keyboard.press("Enter");
			await tabTo(page, ".row.refuted button.apply");
			await page.keyboard.press("Enter");
			await page.locator(".row.refuted").waitFor({ state: "detached" });
			await page.locator("#show-algorithm").focus();
			await page.keyboard.press("Enter");
			await page.locator("#algorithm .message", { hasText: "Conv" }).waitFor();
			await tabTo(page, "#algorithm .sliders input");
			await page.keyboard.press("ArrowRight");
		});
	});
});

const axe = readFileSync(
	new URL("../../node_modules/axe-core/axe.min.js", import.meta.url),
	"utf8",
);

describe("everybody can use the playground", () => {
	it.each(["#show-sheet", "#show-algorithm", "#open-gallery"])(
		"axe finds nothing behind %s, and no width scrolls sideways",
		async (button) => {
			await open(async (page) => {
				await page.locator(".row.refuted").waitFor();
				for (const width of [320, 768, 2560, 1280]) {
					await page.setViewportSize({ width, height: 800 });
					expect(await page.evaluate(widest)).toBeLessThanOrEqual(width);
				}
				await page.locator(button).click();
				await page.evaluate(axe);
				const found = await page.evaluate(
					"axe.run({ preload: false }).then((r) => r.violations.map((v) => v.id))",
				);
				expect(found).toEqual([]);
			});
		},
	);
});
