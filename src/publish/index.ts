import { Problem } from "../problem.js";
import { sitePages } from "../site/assemble.js";
import { failedPart } from "../site/failedPart.js";
import type { SheetPart } from "../site/sheetPart.js";
import type { Cache } from "./cache.js";
import type { Crew } from "./crew.js";
import { type FitSetting, type Made, stillHolds, type Task } from "./task.js";

/** A sheet as it was found: its text, or why there is none. */
export interface Source {
	readonly path: string;
	readonly text: string | Problem;
	readonly fit?: FitSetting | undefined;
}

/** A sheet's part of a site, and what there is to say of it; or why it could not be made. */
export interface Published {
	readonly path: string;
	readonly part: SheetPart;
	readonly made: Made | Problem;
}

export interface Means {
	readonly crew: Crew;
	/** Null if nothing is to be kept. */
	readonly cache: Cache | null;
	/** Changes a sheet's text before anything is made of it. */
	readonly prepare?: ((text: string, path: string) => string) | undefined;
	/** Told of each sheet that is done. */
	readonly onDone?: (path: string, done: number, all: number) => void;
}

/**
 * Makes the parts of a site, in the order of the sheets. What was made before of the very same sheet is taken from the
 * cache; the others are shared out among threads. A sheet that fails has a page that says so.
 */
export async function publishSheets(
	sources: readonly Source[],
	{ crew, cache, prepare, onDone }: Means,
): Promise<readonly Published[]> {
	const { names, pages } = sitePages(sources.map(({ path }) => path));
	const results = new Map<string, Made | Problem>();
	const done = (path: string, result: Made | Problem) => {
		results.set(path, result);
		onDone?.(path, results.size, sources.length);
	};
	const tasks: Task[] = [];
	for (const [n, { path, text, fit }] of sources.entries()) {
		if (text instanceof Problem) done(path, text);
		else {
			const prepared = prepare?.(text, path) ?? text;
			tasks.push({ path, text: prepared, name: names[n] ?? "", fit });
		}
	}
	const open: Task[] = [];
	await Promise.all(
		tasks.map(async (task) => {
			const kept = (await cache?.get(task)) ?? null;
			if (kept !== null && stillHolds(kept, pages)) done(task.path, kept);
			else {
				crew.prepare();
				open.push(task);
			}
		}),
	);
	await crew.makeAll(open, pages, async (task, result) => {
		done(task.path, result);
		if (!(result instanceof Problem)) await cache?.put(task, result);
	});
	if (open.length > 0) await cache?.prune();
	return sources.map(({ path }, n) => {
		const made = results.get(path) as Made | Problem;
		const failed = made instanceof Problem;
		const part = failed ? failedPart(path, names[n] ?? "", made) : made.part;
		return { path, part, made };
	});
}
