import { extname } from "node:path";
import { sumOf } from "../site/manifest.js";
import type { Output } from "../site/output.js";

/** A file of the site as a browser gets it. */
export interface Served {
	readonly content: Uint8Array;
	readonly type: string;
	readonly sum: string;
}

const types: Readonly<Record<string, string>> = {
	".css": "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
};

/** A site in memory: no request can reach a file that was not put there. */
export class Memory implements Output {
	/** By the address below the root, without a slash at its beginning. */
	readonly files: Map<string, Served>;

	constructor(files: ReadonlyMap<string, Served> = new Map()) {
		this.files = new Map(files);
	}

	async write(
		parts: readonly string[],
		content: string | Uint8Array,
	): Promise<string> {
		const name = parts.join("/");
		this.files.set(name, {
			content: typeof content === "string" ? Buffer.from(content) : content,
			type: types[extname(name)] ?? "application/octet-stream",
			sum: sumOf(content),
		});
		return name;
	}
}

/** The addresses at which the two differ. */
export function differences(
	before: ReadonlyMap<string, Served>,
	after: ReadonlyMap<string, Served>,
): string[] {
	const names = new Set([...before.keys(), ...after.keys()]);
	return [...names].filter(
		(name) => before.get(name)?.sum !== after.get(name)?.sum,
	);
}
