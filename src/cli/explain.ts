import { type Command, InvalidArgumentError } from "commander";
import type { Explanation } from "../check/result.js";
import { Problem } from "../problem.js";
import { readSheetFile } from "./files.js";
import { seedOption } from "./options.js";
import { guarded, terminalColors } from "./output.js";

interface Target {
	readonly path: string;
	readonly line: number;
}

/** `explain FILE:LINE`: all that is known of the steps on a line. */
export function addExplain(program: Command): void {
	program
		.command("explain")
		.description("show how the steps on a line were read and decided")
		.argument(
			"<file:line>",
			"a sheet and a line in it, such as `notes.md:12`",
			readTarget,
		)
		.addOption(seedOption("seed of the worlds in which steps are computed"))
		.option("--json", "the explanation as JSON")
		.action(run);
}

function readTarget(text: string): Target {
	const parts = /^(.+?):(\d+)(?::\d+)?:?$/.exec(text);
	const line = Number(parts?.[2]);
	if (!parts || line < 1)
		throw new InvalidArgumentError(
			"Expected a file and a line, such as `notes.md:12`.",
		);
	return { path: parts[1] as string, line };
}

function isEmpty({ steps, updates, statements }: Explanation): boolean {
	return steps.length + updates.length + statements.length === 0;
}

/** The lines that can be explained. */
async function linesOf(
	text: string,
	path: string,
	options: { seed?: number },
): Promise<number[]> {
	const { check } = await import("../index.js");
	const { steps, updates, context } = await check(text, path, {
		...options,
		hints: "where",
	});
	const { model, family } = context;
	const statements = [...(model?.statements ?? []), ...(family?.factors ?? [])];
	return [...steps, ...updates, ...statements].map((s) => s.line);
}

/** Why a line with a formula has none. */
function unchecked(text: string, line: number): string {
	const written = text.split("\n")[line - 1] ?? "";
	const hasInline = /(^|[^$\\])\$[^$]/.test(written);
	return hasInline
		? " (formulas within the text are checked as updates alone)"
		: "";
}

function nearestTo(line: number, lines: readonly number[]): string {
	const above = lines
		.filter((l) => l < line)
		.reduce((a, b) => Math.max(a, b), 0);
	const below = lines
		.filter((l) => l > line)
		.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	const near = [above, below].filter((l) => l > 0 && Number.isFinite(l));
	return near.length > 0
		? `the line of a relation, of an update or of a statement of the model, such as ${near.join(" or ")}`
		: "the line of a relation, of an update or of a statement of the model";
}

async function run(
	{ path, line }: Target,
	options: { seed?: number; json?: boolean },
): Promise<void> {
	await guarded(
		path,
		async () => {
			const text = await readSheetFile(path);
			const { explain } = await import("../index.js");
			const explanation = await explain(text, path, line, options);
			if (isEmpty(explanation)) {
				throw new Problem(
					`line ${line} has no step${unchecked(text, line)}`,
					null,
					nearestTo(line, await linesOf(text, path, options)),
				);
			}
			const report = await import("../report/explain.js");
			process.stdout.write(
				options.json
					? `${report.explainJson(explanation)}\n`
					: report.explainReport(explanation, terminalColors()),
			);
		},
		line,
	);
}
