import type { Command } from "commander";
import { readSheetFile } from "./files.js";
import { guarded } from "./output.js";
import { solvableOf } from "./solvable.js";

interface PredictCommandOptions {
	readonly data: string;
	readonly result: string;
	readonly out?: string;
	readonly allowUnverified?: boolean;
}

/** `predict FILE --result result.json --data new.csv`: what belongs to each row of new data. */
export function addPredict(program: Command): void {
	program
		.command("predict")
		.description("the local parameters of new data, by the result of a fit")
		.argument("<file>", "the sheet that was fitted")
		.requiredOption("--result <path>", "what `fit --out` has written")
		.requiredOption(
			"--data <path>",
			"new data with the columns of the fit; - for standard input",
		)
		.option(
			"--out <path>",
			"where to write: nested arrays to .json, else CSV (standard output)",
		)
		.option("--allow-unverified", "use updates that are not certified too")
		.action(run);
}

async function run(
	path: string,
	options: PredictCommandOptions,
): Promise<void> {
	await guarded(path, async () => {
		const solvable = await solvableOf(await readSheetFile(path), path);
		const { predict } = await import("../index.js");
		const { csv } = await predict(solvable, options);
		process.stdout.write(options.out ? `wrote ${options.out}\n` : csv);
	});
}
