import { createHash, randomBytes } from "node:crypto";
import {
	mkdir,
	readdir,
	readFile,
	rename,
	rm,
	stat,
	utimes,
	writeFile,
} from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { fingerprint } from "./fingerprint.js";
import type { Made, Task } from "./task.js";

/** An entry that nobody asked for in so many milliseconds is removed. */
const longestUnused = 30 * 24 * 3600 * 1000;
/** How exactly it is known when an entry was asked for. */
const day = 24 * 3600 * 1000;

/**
 * What was made of sheets, kept from one run to the next: a file for each, under the hash of all that it depends on. It
 * may be deleted at any time. An entry that cannot be read is as good as none, and one that cannot be written is left.
 */
export class Cache {
	readonly #folder: string;
	readonly #fingerprint = fingerprint();

	constructor(folder: string) {
		this.#folder = folder;
	}

	async get(task: Task): Promise<Made | null> {
		const path = this.#pathOf(task);
		try {
			// The checksum of the compressed form shows whether it is whole.
			const text = await promisify(gunzip)(await readFile(path));
			const made = JSON.parse(text.toString()) as Made;
			await this.#touch(path);
			return made;
		} catch {
			return null;
		}
	}

	async put(task: Task, made: Made): Promise<void> {
		const path = this.#pathOf(task);
		const aside = `${path}.${randomBytes(6).toString("hex")}`;
		try {
			const packed = await promisify(gzip)(JSON.stringify(made), { level: 1 });
			// Sheets may hold solutions that others on the machine are not to see yet.
			await mkdir(this.#folder, { recursive: true, mode: 0o700 });
			await writeFile(aside, packed, { flag: "wx", mode: 0o600 });
			await rename(aside, path);
		} catch {
			await rm(aside, { force: true }).catch(() => undefined);
		}
	}

	/** Removes what was not asked for in a month. */
	async prune(): Promise<void> {
		const names = await readdir(this.#folder).catch(() => []);
		const oldest = Date.now() - longestUnused;
		for (const name of names.filter((one) => /^[0-9a-f]{64}/.test(one))) {
			const path = join(this.#folder, name);
			const known = await stat(path).catch(() => null);
			if (known?.isFile() && known.mtimeMs < oldest)
				await rm(path, { force: true }).catch(() => undefined);
		}
	}

	#pathOf({ path, text, name, fit }: Task): string {
		const all = JSON.stringify([this.#fingerprint, path, name, text, fit]);
		const key = createHash("sha256").update(all).digest("hex");
		return join(this.#folder, `${key}.json.gz`);
	}

	async #touch(path: string): Promise<void> {
		const { mtimeMs } = await stat(path);
		if (Date.now() - mtimeMs < day) return;
		await utimes(path, new Date(), new Date());
	}
}

/** Where caches belong on this system: `$XDG_CACHE_HOME/tightbound`, or what stands for it elsewhere. */
export function defaultCacheFolder(): string {
	const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "tightbound");
	if (process.platform === "win32" && LOCALAPPDATA)
		return join(LOCALAPPDATA, "tightbound", "cache");
	const caches = process.platform === "darwin" ? "Library/Caches" : ".cache";
	return join(homedir(), caches, "tightbound");
}
