import { watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Editors save in bursts; only the last event of one counts. */
const settleMilliseconds = 80;

/**
 * Calls `changed` after each change of one of the files, one call at a time, for as long as the process lives. Folders
 * are watched rather than files, since many editors replace a file when they save it.
 */
export async function watchFiles(
	paths: readonly string[],
	changed: () => Promise<void>,
): Promise<never> {
	const names = new Map<string, Set<string>>();
	for (const path of paths) {
		const folder = dirname(path);
		names.set(folder, (names.get(folder) ?? new Set()).add(basename(path)));
	}
	let isPending = false;
	let wake: () => void = () => {};
	for (const [folder, files] of names) {
		watch(folder, (_event, name) => {
			if (name !== null && !files.has(name)) return;
			isPending = true;
			wake();
		});
	}
	for (;;) {
		const saved = new Promise<void>((resolve) => {
			wake = resolve;
		});
		if (!isPending) await saved;
		await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
		isPending = false;
		await changed();
	}
}
