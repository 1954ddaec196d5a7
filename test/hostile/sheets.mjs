import { readFileSync } from "node:fs";
import { made } from "./made.mjs";

/** All sheets that mean harm: their files by name, and words that a page must say. */
export function hostileSheets() {
	const path = new URL("./sheets.txt", import.meta.url);
	const text = readFileSync(path, "utf8").replace(/⟦([0-9a-f]+)⟧/g, (_, code) =>
		String.fromCodePoint(Number.parseInt(code, 16)),
	);
	const files = new Map();
	const says = new Map();
	for (const part of text.split(/^===== /m).slice(1)) {
		const head = /^(\S+)(?: \| (.*))?\n/.exec(part);
		files.set(head[1], part.slice(head[0].length));
		if (head[2] !== undefined) says.set(head[1], head[2]);
	}
	for (const [name, content] of made) files.set(name, content);
	return { files, says };
}
