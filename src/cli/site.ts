import type { Command } from "commander";
import type { Published, Source } from "../publish/index.js";
import { failed, guarded, interrupted } from "./output.js";
import { createProgress } from "./progress.js";
import {
	addPublishOptions,
	openMeans,
	type PublishOptions,
	printProblems,
	summary,
} from "./publishing.js";
import { readFolder } from "./sheets.js";

type SiteOptions = PublishOptions & { readonly out: string };

/** `site [DIR] --out OUT`: the sheets of a folder as web pages. */
export function addSite(program: Command): void {
	const command = program
		.command("site")
		.description("write the sheets of a folder as web pages")
		.argument("[dir]", "folder of the sheets", ".")
		.requiredOption("--out <dir>", "folder for the pages");
	addPublishOptions(command).action(run);
}

async function run(directory: string, options: SiteOptions): Promise<void> {
	process.once("SIGINT", () => process.exit(interrupted));
	await guarded(directory, async () => {
		const published = await publish(await readFolder(directory), options);
		const { fillFolder } = await import("../site/output.js");
		const { assembleSite } = await import("../site/assemble.js");
		const parts = published.map(({ part }) => part);
		const { pages } = await fillFolder(options.out, (out) =>
			assembleSite(parts, out),
		);
		if (printProblems(published)) process.exitCode = failed;
		process.stdout.write(`${summary(published)}\nopen ${pages[0]}\n`);
	});
}

async function publish(
	sources: readonly Source[],
	options: SiteOptions,
): Promise<readonly Published[]> {
	const { publishSheets } = await import("../publish/index.js");
	const means = await openMeans(options);
	const progress = createProgress();
	const onDone = (path: string, done: number, all: number) =>
		progress.show(`checked ${path} (${done} of ${all})`);
	try {
		return await publishSheets(sources, { ...means, onDone });
	} finally {
		progress.clear();
		await means.crew.end();
	}
}
