import { existsSync, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { Problem } from "../problem.js";
import { fileErrorText } from "./files.js";

/** Editors save in bursts; only the last event of one counts. */
const settleMilliseconds = 80;

/** Files of a folder, by their names. */
export interface Watched {
	readonly folder: string;
	readonly concerns: (name: string) => boolean;
}

/** The folders of files, each with those files in it. */
export function foldersOf(paths: readonly string[]): readonly Watched[] {
	const names = new Map<string, Set<string>>();
	for (const path of paths) {
		const folder = dirname(path);
		names.set(folder, (names.get(folder) ?? new Set()).add(basename(path)));
	}
	return [...names].map(([folder, files]) => ({
		folder,
		concerns: (name) => files.has(name),
	}));
}

/**
 * Does some work on files now, and again after each change of one of them, for as long as the process lives. Folders are
 * watched rather than files, since many editors replace a file when they save it; and watched from the start, so that
 * nothing saved during the work is missed.
 * @throws Problem if a folder cannot be watched
 */
export async function workAndWatch(
	watched: readonly Watched[],
	work: () => Promise<void>,
): Promise<never> {
	let isPending = false;
	let wake: () => void = () => {};
	for (const { folder, concerns } of watched) {
		watchFolder(folder, (name) => {
			if (name !== null && !concerns(name)) return;
			isPending = true;
			wake();
		});
	}
	for (;;) {
		isPending = false;
		await work();
		const saved = new Promise<void>((resolve) => {
			wake = resolve;
		});
		if (!isPending) await saved;
		await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
	}
}

/** How often a folder that went away is looked for, in milliseconds. */
const searchInterval = 500;

/**
 * Calls `changed` with the name of each file that changes in a folder, or with null where the system does not say. A folder
 * that goes away is watched again when it is back: what the system watches is the folder, not its name.
 */
function watchFolder(
	folder: string,
	changed: (name: string | null) => void,
): void {
	try {
		const watcher = watch(folder, (_event, name) => {
			changed(name);
			if (!existsSync(folder)) lookForIt();
		});
		const lookForIt = () => {
			watcher.close();
			changed(null);
			const timer = setInterval(() => {
				if (!existsSync(folder)) return;
				clearInterval(timer);
				watchFolder(folder, changed);
				changed(null);
			}, searchInterval);
		};
		watcher.on("error", () => changed(null));
	} catch (error) {
		const reason = fileErrorText(error);
		throw new Problem(`cannot watch ${folder}: ${reason}`, null, "a folder");
	}
}
