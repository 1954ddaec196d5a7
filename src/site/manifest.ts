import { createHash } from "node:crypto";
import { lstat, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";

/** The list of a site's files in its folder, so that the next writing knows which of them are its own. */
export const manifestName = ".tightbound.json";

/** SHA-256 by the file's name below the root, `/` between folders. */
export type Sums = ReadonlyMap<string, string>;

export function sumOf(content: string | Uint8Array): string {
	return createHash("sha256").update(content).digest("hex");
}

/** Whether it names something in a folder, and leads nowhere else. */
export function isPlainName(part: string): boolean {
	return !["", ".", ".."].includes(part) && !/[\\/\0]/.test(part);
}

/** What an earlier writing left in a folder; nothing if there is no list, or none that can be read. */
export async function readManifest(root: string): Promise<Sums> {
	try {
		const text = await readFile(join(root, manifestName), "utf8");
		const { files } = JSON.parse(text) as { files: Record<string, unknown> };
		return new Map(
			Object.entries(files).filter(
				(entry): entry is [string, string] => typeof entry[1] === "string",
			),
		);
	} catch {
		return new Map();
	}
}

/**
 * Removes the files of `before` that are not in `now`. The list may have been tampered with, so only a plain file inside
 * of the folder is removed, and only with the very content that it is listed with.
 */
export async function removeForgotten(
	root: string,
	before: Sums,
	now: Sums,
): Promise<void> {
	for (const [name, sum] of before) {
		if (now.has(name)) continue;
		const path = await insidePath(root, name.split("/"));
		if (path === null) continue;
		const content = await readFile(path).catch(() => null);
		if (content !== null && sumOf(content) === sum) await unlink(path);
	}
}

/** The path of a plain file below the root, reached through folders alone; null if it is anything else. */
async function insidePath(
	root: string,
	parts: readonly string[],
): Promise<string | null> {
	let path = root;
	for (const [n, part] of parts.entries()) {
		if (!isPlainName(part)) return null;
		path = join(path, part);
		const known = await lstat(path).catch(() => null);
		const isLast = n === parts.length - 1;
		if (!(isLast ? known?.isFile() : known?.isDirectory())) return null;
	}
	return path;
}
