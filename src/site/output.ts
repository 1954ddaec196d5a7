import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import {
	lstat,
	mkdir,
	readFile,
	rename,
	rm,
	writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { Problem } from "../problem.js";
import {
	isPlainName,
	manifestName,
	readManifest,
	removeForgotten,
	sumOf,
} from "./manifest.js";

/** What a site is written into: a folder, or the memory of a server. */
export interface Output {
	/**
	 * Takes a file.
	 * @param parts folders and file name below the root
	 * @returns the file's path
	 * @throws Problem if it cannot stand there
	 */
	write(
		parts: readonly string[],
		content: string | Uint8Array,
	): Promise<string>;
}

/**
 * Fills a folder. All files are put down aside first, and moved to their places once `fill` has ended well: else the
 * folder keeps what it had. Files of an earlier time that are no part of the site any more are removed, unless somebody
 * changed them. Nothing is ever written or removed through a symbolic link, or outside of the folder.
 * @throws Problem if a part of the way is a link, no folder, or cannot be written
 */
export async function fillFolder<T>(
	root: string,
	fill: (out: Output) => Promise<T>,
): Promise<T> {
	const folder = new OutputFolder(root);
	try {
		const result = await fill(folder);
		await folder.settle();
		return result;
	} finally {
		await folder.clear();
	}
}

interface Staged {
	readonly aside: string;
	readonly path: string;
}

class OutputFolder implements Output {
	readonly #root: string;
	readonly #made = new Set<string>();
	readonly #staged: Staged[] = [];
	/** Of every file of the site, by its name below the root. */
	readonly #sums = new Map<string, string>();
	#staging: string | null = null;

	constructor(root: string) {
		this.#root = root;
	}

	async write(
		parts: readonly string[],
		content: string | Uint8Array,
	): Promise<string> {
		for (const part of parts) {
			if (!isPlainName(part))
				throw new Problem(`"${part}" is no name for a file of the site`);
		}
		await this.#makeFolders(parts.slice(0, -1));
		const path = join(this.#root, ...parts);
		await refuseLink(path, "file");
		this.#sums.set(parts.join("/"), sumOf(content));
		if (!(await holds(path, content))) await this.#stage(path, content);
		return path;
	}

	/** Moves the files to their places and removes those that nobody asks for any more. */
	async settle(): Promise<void> {
		const before = await readManifest(this.#root);
		const files = Object.fromEntries(this.#sums);
		await this.write(
			[manifestName],
			`${JSON.stringify({ version: 1, files })}\n`,
		);
		for (const { path } of this.#staged) await refuseLink(path, "file");
		for (const { aside, path } of this.#staged) {
			await rename(aside, path).catch((error) => {
				throw asProblem(error, path);
			});
		}
		await removeForgotten(this.#root, before, this.#sums);
	}

	/** Removes what was put down aside. */
	async clear(): Promise<void> {
		if (this.#staging === null) return;
		await rm(this.#staging, { recursive: true, force: true });
		process.off("exit", this.#clearAtExit);
	}

	readonly #clearAtExit = () => {
		if (this.#staging === null) return;
		rmSync(this.#staging, { recursive: true, force: true });
	};

	async #stage(path: string, content: string | Uint8Array): Promise<void> {
		try {
			if (this.#staging === null) {
				const name = `.tightbound-${randomBytes(6).toString("hex")}`;
				const folder = join(this.#root, name);
				await mkdir(folder);
				this.#staging = folder;
				process.once("exit", this.#clearAtExit);
			}
			const aside = join(this.#staging, String(this.#staged.length));
			await writeFile(aside, content, { flag: "wx" });
			this.#staged.push({ aside, path });
		} catch (error) {
			throw asProblem(error, path);
		}
	}

	async #makeFolders(parts: readonly string[]): Promise<void> {
		const key = parts.join("/");
		if (this.#made.has(key)) return;
		await makeFolder(this.#root, true);
		for (let n = 1; n <= parts.length; n++) {
			await makeFolder(join(this.#root, ...parts.slice(0, n)), false);
		}
		this.#made.add(key);
	}
}

/** Whether the file is there with this content. */
async function holds(
	path: string,
	content: string | Uint8Array,
): Promise<boolean> {
	const known = await readFile(path).catch(() => null);
	return known?.equals(Buffer.from(content)) ?? false;
}

async function makeFolder(path: string, withParents: boolean): Promise<void> {
	await refuseLink(path, "folder");
	try {
		await mkdir(path);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EEXIST") return;
		const above = dirname(path);
		// Node's own way to make parents never ends where a folder that is there, such as /proc, takes none.
		const isThere = await lstat(above).catch(() => null);
		if (code !== "ENOENT" || !withParents || isThere)
			throw asProblem(error, path);
		await makeFolder(above, true);
		await makeFolder(path, false);
	}
}

/** Throws unless the path is free or holds what is expected there. */
async function refuseLink(
	path: string,
	kind: "file" | "folder",
): Promise<void> {
	const known = await lstat(path).catch(() => null);
	if (known === null) return;
	const fits = kind === "file" ? known.isFile() : known.isDirectory();
	if (fits) return;
	const found = known.isSymbolicLink() ? "a symbolic link" : `no ${kind}`;
	throw new Problem(
		`${path} is ${found}; the site is not written through it`,
		null,
		`a ${kind}, or nothing, of that name`,
	);
}

function asProblem(error: unknown, path: string): Problem {
	const { code } = error as NodeJS.ErrnoException;
	return new Problem(
		`${path} cannot be written (${code ?? String(error)})`,
		null,
		"a folder that you may write into",
	);
}
