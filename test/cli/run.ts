import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";

export interface Outcome {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs the compiled program in a folder, without a terminal. */
export function tightbound(
	folder: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
	input: string | Uint8Array = "",
): Outcome {
	const done = spawnSync(process.execPath, [inject("program"), ...args], {
		cwd: folder,
		encoding: "utf8",
		input,
		env: { ...process.env, ...env },
		timeout: 20_000,
	});
	return { code: done.status, out: done.stdout, err: done.stderr };
}

/** A folder that holds these files and is gone after the test. */
export function folderWith(
	files: Readonly<Record<string, string | Uint8Array>>,
): string {
	const folder = mkdtempSync(join(tmpdir(), "tightbound-test-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files))
		writeFileSync(join(folder, name), content);
	return folder;
}
