import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it, onTestFinished, vi } from "vitest";
import { folderWith } from "./run.js";

it("checks again when a sheet is saved", async () => {
	const folder = folderWith({ "notes.md": "$$ 1 + 1 = 2 $$\n" });
	const args = [inject("program"), "check", "--watch", "notes.md"];
	const program = spawn(process.execPath, args, { cwd: folder });
	onTestFinished(() => void program.kill());
	let out = "";
	program.stdout.on("data", (chunk) => {
		out += chunk;
	});
	const patience = { timeout: 15_000, interval: 50 };

	await vi.waitFor(() => expect(out).toContain("1 sheet: 1 proved"), patience);
	writeFileSync(join(folder, "notes.md"), "$$ 1 + 1 = 3 $$\n");
	await vi.waitFor(() => expect(out).toContain("1 sheet: 1 refuted"), patience);
});
