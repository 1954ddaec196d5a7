import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import type { Fit, Run } from "../solve/index.js";
import { readSheetFile } from "./files.js";
import {
	bytes,
	positiveNumber,
	seconds,
	seedOption,
	splitNames,
	svgPath,
	tolerance,
} from "./options.js";
import { guarded, interrupted, printError } from "./output.js";
import { createProgress } from "./progress.js";
import { addSetting, type Settings } from "./setting.js";
import { solvableOf } from "./solvable.js";

interface FitCommandOptions {
	readonly data: string;
	readonly columns?: readonly string[];
	readonly set?: Settings;
	readonly standardize?: boolean;
	readonly init?: string;
	readonly restarts: number;
	readonly seed: number;
	readonly threads?: number;
	readonly maxSweeps: number;
	readonly tolerance: number;
	readonly memory?: number;
	readonly chunk?: number;
	readonly locals?: string;
	readonly debug?: boolean;
	readonly checkpoint?: string;
	readonly checkpointEvery?: number;
	readonly resume?: string;
	readonly out?: string;
	readonly plot?: string;
	readonly allowUnverified?: boolean;
}

const help = `
The data are CSV or TSV with a header, JSON lines, Parquet, or NumPy's .npy or .npz, also compressed by gzip.

A start ends when a sweep has raised the ELBO by at most --tolerance times its size and has moved no global parameter by
more than --tolerance times the largest entry of its array, or after --max-sweeps. Ctrl-C ends all starts after their sweep
and writes what they have come to (exit code 130); a second one ends at once.
`;

/** `fit FILE --data points.csv`: runs the certified updates of a sheet on data. */
export function addFit(program: Command): void {
	program
		.command("fit")
		.description("fit a sheet to data by its own updates")
		.argument("<file>", "a sheet with updates")
		.requiredOption("--data <path>", "a data file; - for standard input")
		.option(
			"--columns <names>",
			"columns to use, separated by commas (all)",
			splitNames,
		)
		.option(
			"--set <name=value>",
			"a size, a known parameter or a starting value; repeat for each",
			addSetting,
		)
		.option("--standardize", "bring each column to mean 0 and deviation 1")
		.option(
			"--init <how>",
			"k-means++, random, or the result.json to start from (k-means++)",
		)
		.option("--restarts <n>", "number of starts", positiveNumber, 1)
		.addOption(seedOption("seed of the starting values").default(1))
		.option(
			"--threads <n>",
			"starts at the same time (one for each core)",
			positiveNumber,
		)
		.option("--max-sweeps <n>", "sweeps of a start", positiveNumber, 1000)
		.option("--tolerance <x>", "when a start ends", tolerance, 1e-8)
		.option(
			"--memory <size>",
			"read the data in chunks that fit into so much memory, such as 500MB",
			bytes,
		)
		.option(
			"--chunk <rows>",
			"read the data in chunks of so many rows",
			positiveNumber,
		)
		.option(
			"--locals <path>",
			"where to write the parameters of single data points, as .npy",
		)
		.option("--debug", "check the bound and each closed form at every update")
		.option("--checkpoint <path>", "where to keep what --resume needs")
		.addOption(
			new Option(
				"--checkpoint-every <seconds>",
				"how often, besides at each start's end (10)",
			).argParser(seconds),
		)
		.option("--resume <path>", "go on from a checkpoint, to the same bits")
		.option("--out <path>", "where to write the result as JSON")
		.option("--plot <path>", "where to write the plot as SVG", svgPath)
		.option("--allow-unverified", "use updates that are not certified too")
		.addHelpText("after", help)
		.action(run);
}

async function run(path: string, options: FitCommandOptions): Promise<void> {
	await guarded(path, async () => {
		const solvable = await solvableOf(await readSheetFile(path), path);
		const tightbound = await import("../index.js");
		const { fitTable, Outlook } = await import("../solve/index.js");
		const progress = createProgress();
		const threads = Math.min(
			options.restarts,
			options.threads ?? availableParallelism(),
		);
		const outlook = new Outlook(threads, options.maxSweeps, options.tolerance);
		const interruption = interruptions();
		const fitted = await tightbound
			.fit(solvable, {
				...options,
				signal: interruption.signal,
				onSweep: (report) => {
					outlook.report(report);
					progress.show(() => outlook.text());
				},
				onRun: (ended) => outlook.end(ended),
			})
			.finally(() => {
				interruption.end();
				progress.clear();
			});
		for (const warning of fitted.best.result.warnings)
			printError(`warning: ${warning}`);
		const written = [options.out, options.plot, options.locals]
			.filter(Boolean)
			.join(" and ");
		const lines = [outcome(fitted), ...startLines(fitted), fitTable(fitted)];
		process.stdout.write(`${lines.join("\n")}\n`);
		if (written) process.stdout.write(`wrote ${written}\n`);
		if (fitted.stopped) process.exitCode = interrupted;
	});
}

/** The first Ctrl-C asks for an end after the sweep; a second one ends at once, as if nobody listened. */
function interruptions(): { readonly signal: AbortSignal; end(): void } {
	const controller = new AbortController();
	const stop = () => controller.abort();
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);
	const end = () => {
		process.off("SIGINT", stop);
		process.off("SIGTERM", stop);
	};
	return { signal: controller.signal, end };
}

/** "272 rows: ELBO −1,234.5 after 12 sweeps, the best of 10 starts". */
export function outcome(fit: Fit): string {
	const { table, best, runs, stopped, chunks } = fit;
	const starts = runs.length > 1 ? `, the best of ${runs.length} starts` : "";
	const end = stopped ? "; stopped" : "";
	const rows = chunks?.rows ?? table.rows;
	return `${rows} row${rows === 1 ? "" : "s"}: ${boundText(best)}${starts}${end}`;
}

function boundText({ elbo, sweeps, converged }: Run): string {
	const open = converged ? "" : ", not converged";
	return `ELBO ${elbo.at(-1)?.toFixed(6)} after ${sweeps} sweep${sweeps === 1 ? "" : "s"}${open}`;
}

/** More starts than these are only counted. */
const mostStarts = 20;

/** The other starts, best first. */
function startLines({ runs, best }: Fit): string[] {
	const others = runs
		.filter(({ restart }) => restart !== best.restart)
		.toSorted((a, b) => (b.elbo.at(-1) ?? 0) - (a.elbo.at(-1) ?? 0));
	const more = others.length - mostStarts;
	return [
		...others
			.slice(0, mostStarts)
			.map((run) => `  start ${run.restart}: ${boundText(run)}`),
		...(more > 0 ? [`  and ${more} starts below`] : []),
	];
}
