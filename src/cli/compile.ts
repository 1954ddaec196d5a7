import { type Command, Option } from "commander";
import type { Stage, Target } from "../index.js";
import { readSheetFile } from "./files.js";
import { guarded } from "./output.js";
import { solvableOf } from "./solvable.js";

interface CompileOptions {
	readonly output?: string;
	readonly target: Target;
	readonly emit?: Stage;
	readonly allowUnverified?: boolean;
}

/** `compile FILE -o solver.mjs`: the certified updates of a sheet as a solver, or a stage on the way. */
export function addCompile(program: Command): void {
	program
		.command("compile")
		.description("write the certified updates of a sheet as a solver")
		.argument("<file>", "a sheet with updates")
		.option("-o, --output <path>", "where to write the solver")
		.addOption(
			new Option("--target <name>", "what to compile to")
				.choices(["js", "wasm", "c", "numpy", "dask"])
				.default("js"),
		)
		.addOption(
			new Option("--emit <stage>", "print a stage of the compiler").choices([
				"plan",
				"loops",
				"blocks",
				"js",
				"c",
				"h",
				"py",
				"dask",
				"wasm",
			]),
		)
		.option(
			"--allow-unverified",
			"compile updates that are not certified too, and say so in the solver",
		)
		.action(run);
}

async function run(path: string, options: CompileOptions): Promise<void> {
	await guarded(path, async () => {
		const { emit, Problem } = await import("../index.js");
		if (!options.output && !options.emit)
			throw new Problem(
				"no file to write to",
				null,
				"--output FILE, or --emit STAGE",
			);
		const solvable = await solvableOf(await readSheetFile(path), path);
		const allowUnverified = options.allowUnverified ?? false;
		if (options.emit)
			process.stdout.write(
				await emit(solvable, options.emit, { allowUnverified }),
			);
		if (!options.output) return;
		const { targets } = await import("../compile/index.js");
		const { writeAtomically } = await import("../solve/resultFile.js");
		const [first, ...others] = targets[options.target];
		const stages: readonly Stage[] = [first, ...others];
		for (const stage of stages) {
			const text = await emit(solvable, stage, { allowUnverified });
			const file =
				stage === first ? options.output : besides(options.output, stage);
			await writeAtomically(file, text);
			process.stdout.write(`wrote ${file}\n`);
		}
	});
}

/** The name of a file beside the solver's: `mixture.h` beside `mixture.c`. */
function besides(path: string, extension: string): string {
	return `${path.replace(/\.[^./\\]*$/, "")}.${extension}`;
}
