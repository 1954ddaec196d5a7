import { randomBytes } from "node:crypto";
import { lstat, mkdir, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../problem.js";

/**
 * The folder that a site is written into. Files appear whole or not at all, and nothing is ever written through a
 * symbolic link or outside of the folder.
 */
export class OutputFolder {
	private readonly root: string;
	private readonly made = new Set<string>();

	constructor(root: string) {
		this.root = root;
	}

	/**
	 * Writes a file, replacing the one of that name.
	 * @param parts folders and file name below the root
	 * @returns the file's path
	 * @throws Problem if a part of the way is a link, no folder, or leads out of the root
	 */
	async write(
		parts: readonly string[],
		content: string | Uint8Array,
	): Promise<string> {
		for (const part of parts) {
			if (
				part === "" ||
				part === "." ||
				part === ".." ||
				/[\\/\0]/.test(part)
			) {
				throw new Problem(`"${part}" is no name for a file of the site`);
			}
		}
		await this.makeFolders(parts.slice(0, -1));
		const path = join(this.root, ...parts);
		await refuseLink(path, "file");
		const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
		try {
			await writeFile(temporary, content, { flag: "wx" });
			await rename(temporary, path);
		} catch (error) {
			await unlink(temporary).catch(() => undefined);
			throw asProblem(error, path);
		}
		return path;
	}

	private async makeFolders(parts: readonly string[]): Promise<void> {
		const key = parts.join("/");
		if (this.made.has(key)) return;
		await makeFolder(this.root, true);
		for (let n = 1; n <= parts.length; n++) {
			await makeFolder(join(this.root, ...parts.slice(0, n)), false);
		}
		this.made.add(key);
	}
}

async function makeFolder(path: string, withParents: boolean): Promise<void> {
	await refuseLink(path, "folder");
	try {
		await mkdir(path, { recursive: withParents });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
			throw asProblem(error, path);
		}
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
