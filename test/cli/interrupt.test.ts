import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const mixture = readFileSync(
	new URL("../../derivations/mixture-of-gaussians.md", import.meta.url),
	"utf8",
);
const sheet = [
	...mixture.matchAll(/^::: (?:model|family|updates)[\s\S]*?^:::$/gm),
]
	.map(([part]) => part)
	.join("\n\n");

/** Overlapping clumps, on which coordinate ascent takes its time. */
const points = Array.from({ length: 3000 }, (_, n) => {
	const angle = 2 * Math.PI * ((n * 0.618033988749895) % 1);
	const radius = 3 * Math.sqrt((n + 0.5) / 3000);
	return `${radius * Math.cos(angle)},${radius * Math.sin(angle)}`;
});
const csv = `u,v\n${points.join("\n")}\n`;

const fit = ["fit", "mixture.md", "--data", "points.csv"];
const settings = [
	..."--set K=6 --set sigma=3 --set lambda=1".split(" "),
	..."--restarts 3 --tolerance 0 --out result.json".split(" "),
];
const sweeps = ["--max-sweeps", "500"];
const endless = ["--max-sweeps", "10000000"];
const checkpoint = ["--checkpoint", "now.json", "--checkpoint-every", "0"];

function result(folder: string) {
	return JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
}

/** Runs the program until a checkpoint has a start with some sweeps, then sends a signal; gives what it printed. */
async function interruptedBy(
	signal: "SIGKILL" | "SIGINT",
	folder: string,
	args: readonly string[],
): Promise<{ code: number | null; out: string }> {
	const child = spawn(process.execPath, [inject("program"), ...args], {
		cwd: folder,
		stdio: ["ignore", "pipe", "inherit"],
	});
	let out = "";
	child.stdout.setEncoding("utf8").on("data", (text) => {
		out += text;
	});
	const ended = new Promise<number | null>((resolve) =>
		child.once("close", (code) => resolve(code)),
	);
	const path = join(folder, "now.json");
	while (!existsSync(path) || reached(path) < 20)
		await new Promise((resolve) => setTimeout(resolve, 20));
	child.kill(signal);
	return { code: await ended, out };
}

/** The sweeps of the start that has come furthest. */
function reached(path: string): number {
	const { starts } = JSON.parse(readFileSync(path, "utf8"));
	return Math.max(
		0,
		...starts.map((s: { state: { elbo: unknown[] } | null }) =>
			s.state ? s.state.elbo.length : 0,
		),
	);
}

describe("a fit that is cut short", () => {
	it("goes on from its checkpoint to the very bits of one that was not", {
		timeout: 60_000,
	}, async () => {
		const files = { "mixture.md": sheet, "points.csv": csv };
		const folder = folderWith(files);
		const whole = folderWith(files);
		expect(tightbound(whole, [...fit, ...settings, ...sweeps]).code).toBe(0);
		const killed = await interruptedBy("SIGKILL", folder, [
			...fit,
			...settings,
			...sweeps,
			...checkpoint,
		]);
		expect(killed.code).toBe(null);
		expect(existsSync(join(folder, "result.json"))).toBe(false);
		const resume = [...fit, ...settings, ...sweeps, "--resume", "now.json"];
		expect(tightbound(folder, resume).code).toBe(0);
		expect(result(folder)).toEqual(result(whole));
	});

	it("leaves on Ctrl-C what it has come to", {
		timeout: 60_000,
	}, async () => {
		const folder = folderWith({ "mixture.md": sheet, "points.csv": csv });
		const args = [...fit, ...settings, ...endless, ...checkpoint];
		const { code, out } = await interruptedBy("SIGINT", folder, args);
		expect(code).toBe(130);
		expect(out).toMatch(/^3000 rows: ELBO -\d+\.\d+ after \d+ sweeps.*stopped/);
		const { stopped, converged, sweeps, elbo, parameters } = result(folder);
		expect([stopped, converged]).toEqual([true, false]);
		expect(elbo).toHaveLength(sweeps);
		expect(parameters.phi).toHaveLength(3000);
		const again = ["predict", "mixture.md", "--data", "points.csv"];
		const predicted = tightbound(folder, [...again, "--result", "result.json"]);
		expect(predicted.out.split("\n")).toHaveLength(3002);
	});

	it("goes on with the fit that the checkpoint is of, and no other", () => {
		const folder = folderWith({
			"mixture.md": sheet,
			"points.csv": "u,v\n1,2\n3,5\n4,4\n",
			"other.csv": "u,v\n1,2\n3,5\n4,5\n",
			"broken.json": '{"version":1,"of":',
		});
		const small = [..."--set K=2 --set sigma=3 --set lambda=1".split(" ")];
		const kept = ["--checkpoint", "now.json"];
		expect(tightbound(folder, [...fit, ...small, ...kept]).code).toBe(0);
		const refusals: [string[], string][] = [
			[
				["--resume", "now.json", "--seed", "2"],
				"now.json is of a fit with seed 1, and not 2",
			],
			[
				["--resume", "now.json", "--data", "other.csv"],
				"now.json is of other data",
			],
			[["--resume", "broken.json"], "broken.json is no checkpoint"],
			[["--resume", "none.json"], "none.json cannot be read"],
		];
		for (const [args, message] of refusals) {
			const { code, err } = tightbound(folder, [...fit, ...small, ...args]);
			expect([code, err]).toEqual([2, expect.stringContaining(message)]);
			expect(err).toMatch(/^[^\n]*; expected [^\n]*\n$/);
		}
	});
});
