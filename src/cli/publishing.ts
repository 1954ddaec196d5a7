import { type Command, Option } from "commander";
import type { Counts } from "../check/result.js";
import { Problem } from "../problem.js";
import type { Means, Published } from "../publish/index.js";
import { countsText } from "../report/tally.js";
import { positiveNumber } from "./options.js";
import { printError, printErrors, problemText } from "./output.js";

/** What `site` and `serve` share. */
export interface PublishOptions {
	/** A folder, true for the usual one, false for none. */
	readonly cache: string | boolean;
	readonly limit: number;
	readonly hideSolutions?: boolean;
}

export function addPublishOptions(command: Command): Command {
	return command
		.option(
			"--cache <dir>",
			"where to keep what was made of sheets, instead of the user's cache; may be deleted at any time",
		)
		.option("--no-cache", "make everything anew and keep nothing")
		.option(
			"--hide-solutions",
			"leave exercises open: nothing of a solution is in the pages",
		)
		.addOption(
			new Option("--limit <seconds>", "give up a sheet that takes longer")
				.argParser(positiveNumber)
				.default(300),
		);
}

/** Threads and cache. The threads must be ended. */
export async function openMeans({
	cache,
	limit,
	hideSolutions,
}: PublishOptions): Promise<Means> {
	const { Crew } = await import("../publish/crew.js");
	const { Cache, defaultCacheFolder } = await import("../publish/cache.js");
	// A thread loads the checker while the cache is looked through.
	const crew = new Crew(limit);
	const prepare = hideSolutions
		? (await import("../sheet/hide.js")).withoutSolutions
		: undefined;
	if (cache === false) return { crew, cache: null, prepare };
	const folder = typeof cache === "string" ? cache : defaultCacheFolder();
	return { crew, cache: new Cache(folder), prepare };
}

/** Prints what is wrong with sheets as a whole; whether one of them could not be made at all. */
export function printProblems(published: readonly Published[]): boolean {
	for (const { path, made } of published) {
		if (made instanceof Problem) printError(problemText(path, made));
		else printErrors(path, made.messages);
	}
	return published.some(({ made }) => made instanceof Problem);
}

/** "2 sheets: 5 proved, 1 refuted" */
export function summary(published: readonly Published[]): string {
	const counts = { given: 0, proved: 0, agrees: 0, refuted: 0, unread: 0 };
	for (const { made } of published) {
		if (made instanceof Problem) continue;
		for (const verdict of Object.keys(counts) as (keyof Counts)[])
			counts[verdict] += made.counts[verdict];
	}
	const number = published.length;
	return `${number} ${number === 1 ? "sheet" : "sheets"}: ${countsText(counts)}`;
}
