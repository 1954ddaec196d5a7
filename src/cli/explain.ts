import { type Command, InvalidArgumentError } from "commander";
import { Problem } from "../problem.js";
import { readSheetFile } from "./files.js";
import { seedOption } from "./options.js";
import { guarded } from "./output.js";

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

async function run(
	{ path, line }: Target,
	options: { seed?: number },
): Promise<void> {
	await guarded(
		path,
		async () => {
			const text = await readSheetFile(path);
			const { explain } = await import("../index.js");
			const explanation = await explain(text, path, line, options);
			if (explanation.steps.length + explanation.updates.length === 0) {
				throw new Problem(
					`line ${line} has no step`,
					null,
					"the line of a relation or of an update",
				);
			}
			const { explainReport } = await import("../report/explain.js");
			process.stdout.write(explainReport(explanation));
		},
		line,
	);
}
