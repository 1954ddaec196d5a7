import { stat } from "node:fs/promises";
import { type Command, Option } from "commander";
import { Problem } from "../problem.js";
import { fileErrorText } from "./files.js";
import { portNumber } from "./options.js";
import { guarded, printError, problemText } from "./output.js";
import {
	addPublishOptions,
	openMeans,
	type PublishOptions,
	printProblems,
	summary,
} from "./publishing.js";
import { isSheetName, readFolder } from "./sheets.js";

type ServeOptions = PublishOptions & { readonly port: number };

/** `serve [DIR]`: the site of a folder on this machine, which follows the sheets. */
export function addServe(program: Command): void {
	const command = program
		.command("serve")
		.description("show the sheets of a folder as pages that follow every save")
		.argument("[dir]", "folder of the sheets", ".")
		.addOption(
			new Option("--port <n>", "port of this machine; 0 is any that is free")
				.argParser(portNumber)
				.default(8000),
		);
	addPublishOptions(command).action(run);
}

async function run(directory: string, options: ServeOptions): Promise<void> {
	await guarded(directory, async () => {
		await expectFolder(directory);
		const { SiteServer } = await import("../serve/server.js");
		const { LiveSite } = await import("../serve/live.js");
		const { workAndWatch } = await import("./watch.js");
		const server = await SiteServer.start(options.port);
		const stop = () => void server.stop().then(() => process.exit(0));
		process.once("SIGINT", stop).once("SIGTERM", stop);
		try {
			const site = await LiveSite.open(server, await openMeans(options));
			process.stdout.write(`open ${server.address} (Ctrl-C stops)\n`);
			const watched = [{ folder: directory, concerns: isSheetName }];
			await workAndWatch(watched, () => renew(site, directory));
		} finally {
			await server.stop();
		}
	});
}

/** A folder that goes away later may come back; one that was never there is a slip. */
async function expectFolder(directory: string): Promise<void> {
	const known = await stat(directory).catch((error: unknown) => {
		throw new Problem(fileErrorText(error), null, "a folder of sheets");
	});
	if (!known.isDirectory())
		throw new Problem("this is no folder", null, "a folder of sheets");
}

async function renew(
	site: import("../serve/live.js").LiveSite,
	directory: string,
): Promise<void> {
	const sources = await readFolder(directory).catch(
		(error: unknown): Problem => {
			if (error instanceof Problem) return error;
			throw error;
		},
	);
	if (sources instanceof Problem) printError(problemText(directory, sources));
	const published = await site.show(sources);
	printProblems(published);
	if (published.length > 0) process.stdout.write(`${summary(published)}\n`);
}
