import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	interface ProvidedContext {
		/** Path of the compiled program. */
		program: string;
	}
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Compiles the program, once for all tests of the command line, into a package of its own. */
export default function build(project: TestProject): () => void {
	const folder = mkdtempSync(join(tmpdir(), "tightbound-"));
	for (const name of ["node_modules", "derivations", "site"])
		symlinkSync(join(root, name), join(folder, name));
	copyFileSync(join(root, "package.json"), join(folder, "package.json"));
	const compiler = join(root, "node_modules/typescript/bin/tsc");
	const settings = ["-p", "tsconfig.build.json", "--outDir"];
	execFileSync(
		process.execPath,
		[compiler, ...settings, join(folder, "dist")],
		{
			cwd: root,
			stdio: "inherit",
		},
	);
	for (const [script, out] of [
		["src/cli/bundle.mjs", "dist"],
		["site/build.mjs", "dist/play"],
	] as const)
		execFileSync(process.execPath, [join(root, script), join(folder, out)], {
			cwd: root,
			stdio: "inherit",
		});
	project.provide("program", join(folder, "dist/cli/main.js"));
	return () => rmSync(folder, { recursive: true, force: true });
}
