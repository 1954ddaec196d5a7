import { type Command, Option } from "commander";
import { readSheetFile } from "./files.js";
import { guarded } from "./output.js";
import { solvableOf } from "./solvable.js";

interface CompileOptions {
	readonly output: string;
	readonly target: "js";
	readonly allowUnverified?: boolean;
}

/** `compile FILE -o solver.mjs`: the certified updates of a sheet as an ES module. */
export function addCompile(program: Command): void {
	program
		.command("compile")
		.description("write the certified updates of a sheet as a solver")
		.argument("<file>", "a sheet with updates")
		.requiredOption("-o, --output <path>", "where to write the solver")
		.addOption(
			new Option("--target <name>", "what to compile to")
				.choices(["js"])
				.default("js"),
		)
		.option(
			"--allow-unverified",
			"compile updates that are not certified too, and say so in the solver",
		)
		.action(run);
}

async function run(path: string, options: CompileOptions): Promise<void> {
	await guarded(path, async () => {
		const { compile } = await import("../index.js");
		const { writeAtomically } = await import("../solve/resultFile.js");
		const solvable = await solvableOf(await readSheetFile(path), path);
		const allowUnverified = options.allowUnverified ?? false;
		const source = await compile(solvable, {
			target: options.target,
			allowUnverified,
		});
		await writeAtomically(options.output, source);
		process.stdout.write(`wrote ${options.output}\n`);
	});
}
