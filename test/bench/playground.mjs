/**
 * `npm run bench:playground`: milliseconds from a keystroke in the playground to the repainted verdicts, on the mixture's
 * sheet and on one of 500 steps; how long the worker took of it; and how many pieces of the page were made anew. Keys are
 * typed one after the other into a row, each after the last was answered, and taken back. In the browser, from a folder.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../browser/chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

const mixture = readFileSync(
	join(root, "derivations/mixture-of-gaussians.md"),
	"utf8",
);

/** 500 steps of algebra in displays of five rows, each of which is typed into by somebody. */
const long = `---\nsymbols: {a: real, b: real, x: real[N]}\n---\n\n${Array.from(
	{ length: 125 },
	(_, n) =>
		String.raw`By the binomial theorem, the ${n + 1}th time:

$$
\begin{aligned}
(a + ${n + 2} b)^2 &= a^2 + ${2 * (n + 2)} a b + ${(n + 2) ** 2} b^2 \\
&= a (a + ${n + 2} b) + ${n + 2} b (a + ${n + 2} b) \\
\sum_{i=1}^N (x_i - ${n + 2} a)^2 &= \sum_{i=1}^N x_i^2 - ${2 * (n + 2)} a \sum_{i=1}^N x_i + ${(n + 2) ** 2} N a^2 \\
&= \sum_{i=1}^N \left(x_i^2 - ${2 * (n + 2)} a x_i + ${(n + 2) ** 2} a^2\right)
\end{aligned}
$$
`,
).join("\n")}`;

/** Each a place behind which keys are typed: in a row of a display in the middle, in prose, and a new line at the top. */
const sheets = [
	{
		name: "mixture of Gaussians",
		text: mixture,
		places: [
			["a row", String.raw`&= -\frac{ND}{2} \log(2\pi\lambda^2)`, " + 1"],
			["a row at the top", String.raw`\frac{p(x \mid z)\, p(z)}{p(x)}`, " + 2"],
			["prose", "be all that is hidden", " abc"],
			["a new line at the top", "coordinate ascent", "\n\n\n"],
		],
	},
	{
		name: "500 steps",
		text: long,
		places: [
			["a row", "+ 62 b (a + 62 b)", " + 1"],
			["prose", "the 60th time", " abc"],
			["a new line at the top", "---\n\nBy", "\n\n\n"],
		],
	},
];

const folder = mkdtempSync(join(tmpdir(), "tightbound-bench-"));
const browser = await launch();
try {
	execFileSync(process.execPath, [
		join(root, "dist/cli/main.js"),
		"site",
		join(root, "derivations"),
		"--out",
		folder,
	]);
	console.log(
		"| sheet | typed into | keys | median ms | longest | in the worker | pieces |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |",
	);
	for (const { name, text, places } of sheets) {
		const page = await browser.newPage();
		page.setDefaultTimeout(240_000);
		page.on("pageerror", (error) => console.error(error));
		await page.addInitScript(watch);
		await page.goto(pathToFileURL(join(folder, "play/index.html")).href);
		await page.waitForFunction(() => globalThis.answers?.length > 0);
		await page.locator(".cm-content").click();
		await page.keyboard.press("Control+a");
		await page.keyboard.insertText(text);
		await page.waitForFunction(() => globalThis.answers.length > 1);
		for (const [where, before, typed] of places)
			await type(page, name, where, before, typed, text);
		await page.close();
	}
} finally {
	await browser.close();
	rmSync(folder, { recursive: true, force: true });
}

async function type(page, name, where, before, typed, text) {
	const at = text.indexOf(before);
	if (at < 0) throw new Error(`${before} is not in the sheet`);
	await page.evaluate(goTo, at + before.length);
	const times = [];
	const keys = [...typed].map((key) => (key === "\n" ? "Enter" : key));
	const round = [...keys, ...keys.map(() => "Backspace")];
	for (let n = 0; n < 3; n++)
		for (const key of round) {
			const seen = await page.evaluate(() => globalThis.answers.length);
			await page.keyboard.press(key);
			await page.waitForFunction(
				(before) => globalThis.answers.length > before,
				seen,
			);
			times.push(await page.evaluate(() => globalThis.answers.at(-1)));
		}
	const by = (part) => times.map((one) => one[part]).sort((a, b) => a - b);
	const median = (part) => by(part)[times.length >> 1];
	console.log(
		`| ${name} | ${where} | ${times.length} | ${median("total").toFixed(0)} | ${by("total").at(-1).toFixed(0)} | ${median("worker").toFixed(0)} | ${median("pieces")} |`,
	);
}

/** Runs in the page: notes when a key went down, when the status said that all is checked, and when that was painted. */
function watch() {
	globalThis.answers = [];
	let pressed = 0;
	let pieces = 0;
	addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
	addEventListener("DOMContentLoaded", () => {
		const status = document.getElementById("status");
		new MutationObserver((changes) => {
			for (const { addedNodes } of changes) pieces += addedNodes.length;
		}).observe(document.getElementById("preview"), {
			childList: true,
			subtree: true,
		});
		new MutationObserver(() => {
			const found = /^Checked in (\d+) ms/.exec(status.textContent);
			if (!found) return;
			const from = pressed;
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => {
					globalThis.answers.push({
						total: performance.now() - from,
						worker: Number(found[1]),
						pieces,
					});
					pieces = 0;
				};
				port2.postMessage(null);
			});
		}).observe(status, { childList: true });
	});
}

/** Runs in the page: puts the caret at an offset of the text, which the editor keeps line by line. */
function goTo(offset) {
	const { view } = document.querySelector(".cm-content").cmTile ?? {};
	const editor = view ?? document.querySelector(".cm-content").cmView.view;
	editor.dispatch({ selection: { anchor: offset }, scrollIntoView: true });
	editor.focus();
}
