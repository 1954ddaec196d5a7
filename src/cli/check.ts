import { type Command, Option } from "commander";
import type { CheckedSheet, SheetMessage } from "../check/result.js";
import { Problem } from "../problem.js";
import { exitCode, hasSteps, ownErrors } from "../report/tally.js";
import { readSheetFile } from "./files.js";
import { seedOption } from "./options.js";
import {
	failed,
	guarded,
	printError,
	printErrors,
	problemText,
	terminalColors,
	terminalWidth,
} from "./output.js";
import { createProgress } from "./progress.js";
import { version } from "./version.js";

interface CheckOptions {
	readonly json?: boolean;
	readonly junit?: boolean;
	readonly sarif?: boolean;
	readonly strict?: boolean;
	readonly hints: "where" | "kind" | "repair";
	readonly watch?: boolean;
	readonly seed?: number;
}

/** `check FILE…`: a verdict for every step and update. */
export function addCheck(program: Command): void {
	const formats = ["json", "junit", "sarif"];
	const format = (name: string, title: string) =>
		new Option(`--${name}`, `print ${title}`).conflicts(
			formats.filter((other) => other !== name),
		);
	program
		.command("check")
		.description(
			"check every step of sheets; exit code 0 if all hold, 1 if one is refuted, else 2",
		)
		.argument("<file...>", "sheets in Markdown")
		.addOption(format("json", "JSON, version 1"))
		.addOption(format("junit", "JUnit's XML"))
		.addOption(format("sarif", "SARIF 2.1.0"))
		.option("--strict", "let steps that only agree fail too (exit code 2)")
		.addOption(
			new Option("--hints <level>", "how much help to give with refuted steps")
				.choices(["where", "kind", "repair"])
				.default("repair"),
		)
		.option("--watch", "check again whenever a file is saved")
		.addOption(seedOption("seed of the worlds in which steps are computed"))
		.action(run);
}

async function run(paths: string[], options: CheckOptions): Promise<void> {
	const work = () => checkAndReport(paths, options);
	if (!options.watch) return work();
	const { foldersOf, workAndWatch } = await import("./watch.js");
	const watched = foldersOf(paths);
	return guarded(paths.join(", "), () => workAndWatch(watched, work));
}

async function checkAndReport(
	paths: readonly string[],
	options: CheckOptions,
): Promise<void> {
	const sheets: CheckedSheet[] = [];
	const progress = createProgress();
	for (const [n, path] of paths.entries()) {
		progress.show(`checking ${path} (${n + 1} of ${paths.length})`);
		const sheet = await checkFile(path, options);
		if (sheet) sheets.push(sheet);
	}
	progress.clear();
	for (const sheet of sheets) printErrors(sheet.path, ownErrors(sheet));
	process.stdout.write(await report(sheets, options));
	const code = exitCode(sheets, options.strict ?? false);
	process.exitCode = sheets.length < paths.length && code === 0 ? failed : code;
}

/** The checked sheet, or null after an error line if its file could not be read. */
async function checkFile(
	path: string,
	options: CheckOptions,
): Promise<CheckedSheet | null> {
	try {
		const text = await readSheetFile(path);
		const { check } = await import("../index.js");
		const { seed, hints } = options;
		return withStepMessage(
			await check(text, path, {
				hints,
				...(seed === undefined ? {} : { seed }),
			}),
		);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		printError(problemText(path, error));
		return null;
	}
}

/** A sheet in which nothing was checked must say so, unless an error already tells why. */
function withStepMessage(sheet: CheckedSheet): CheckedSheet {
	if (
		hasSteps(sheet) ||
		sheet.messages.some((message) => message.level === "error")
	)
		return sheet;
	const message: SheetMessage = {
		line: 1,
		column: 1,
		endLine: 1,
		level: "error",
		text: "there is no step to check",
		expected: "a display with a relation, such as `$$ a = b $$`",
	};
	return { ...sheet, messages: [...sheet.messages, message] };
}

async function report(
	sheets: readonly CheckedSheet[],
	options: CheckOptions,
): Promise<string> {
	if (options.json)
		return `${(await import("../report/json.js")).jsonReport(sheets)}\n`;
	if (options.junit)
		return (await import("../report/junit.js")).junitReport(
			sheets,
			options.strict ?? false,
		);
	if (options.sarif)
		return `${(await import("../report/sarif.js")).sarifReport(sheets, version())}\n`;
	const { terminalReport } = await import("../report/terminal.js");
	return terminalReport(sheets, {
		colors: terminalColors(),
		width: terminalWidth(),
	});
}
