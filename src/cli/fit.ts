import type { Command } from "commander";
import type { Fit } from "../solve/index.js";
import { readSheetFile } from "./files.js";
import { positiveNumber, seedOption, tolerance } from "./options.js";
import { guarded, printError } from "./output.js";
import { addSetting, type Settings } from "./setting.js";
import { solvableOf } from "./solvable.js";

interface FitCommandOptions {
	readonly data: string;
	readonly columns?: string;
	readonly set?: Settings;
	readonly restarts: number;
	readonly seed: number;
	readonly maxSweeps?: number;
	readonly tolerance?: number;
	readonly out?: string;
	readonly plot?: string;
	readonly allowUnverified?: boolean;
}

/** `fit FILE --data points.csv`: runs the certified updates of a sheet on data. */
export function addFit(program: Command): void {
	program
		.command("fit")
		.description("fit a sheet to data by its own updates")
		.argument("<file>", "a sheet with updates")
		.requiredOption("--data <path>", "a CSV file with a header")
		.option("--columns <names>", "columns to use, separated by commas (all)")
		.option(
			"--set <name=value>",
			"a size, a known parameter or a starting value; repeat for each",
			addSetting,
		)
		.option("--restarts <n>", "number of starts", positiveNumber, 1)
		.addOption(seedOption("seed of the starting values").default(1))
		.option("--max-sweeps <n>", "stop after so many sweeps", positiveNumber)
		.option("--tolerance <x>", "relative gain at which to stop", tolerance)
		.option("--out <path>", "where to write the result as JSON")
		.option("--plot <path>", "where to write the plot as SVG")
		.option("--allow-unverified", "use updates that are not certified too")
		.action(run);
}

async function run(path: string, options: FitCommandOptions): Promise<void> {
	await guarded(path, async () => {
		const solvable = await solvableOf(await readSheetFile(path), path);
		const tightbound = await import("../index.js");
		const { Progress, fitTable } = await import("../solve/index.js");
		const progress = new Progress(process.stderr);
		const { columns, ...rest } = options;
		const fitted = await tightbound
			.fit(solvable, {
				...rest,
				columns: columns?.split(",").map((name) => name.trim()),
				onSweep: progress.onSweep,
			})
			.finally(() => progress.done());
		for (const warning of fitted.best.result.warnings)
			printError(`warning: ${warning}`);
		const written = [options.out, options.plot].filter(Boolean).join(" and ");
		process.stdout.write(`${outcome(fitted)}\n${fitTable(fitted)}\n`);
		if (written) process.stdout.write(`wrote ${written}\n`);
	});
}

/** "272 rows: ELBO −1,234.5 after 12 sweeps, the best of 10 starts". */
export function outcome({ table, best, runs }: Fit): string {
	const { elbo, sweeps, converged } = best.result;
	const end = elbo.at(-1)?.toFixed(6);
	const stop = converged ? "" : ", not converged";
	const starts = runs.length > 1 ? `, the best of ${runs.length} starts` : "";
	return `${table.rows} rows: ELBO ${end} after ${sweeps} sweep${sweeps === 1 ? "" : "s"}${stop}${starts}`;
}
