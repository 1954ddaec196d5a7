import type { Token } from "markdown-it";
import type { SheetMessage } from "../check/result.js";
import type { Block, Sheet } from "../sheet/sheet.js";
import { type PagesByPath, resolveLink } from "./links.js";

/** What a page shows otherwise than its sheet may have meant it, once for each line. */
export function remarksOn(
	sheet: Sheet,
	pages: PagesByPath,
): readonly SheetMessage[] {
	const remarks = new Map<string, SheetMessage>();
	for (const { token, line } of proseOf(sheet.blocks)) {
		const found = remarkOn(token, sheet.path, pages);
		if (found === null) continue;
		const place = { line, column: 1, endLine: line };
		const key = `${line} ${found.text}`;
		remarks.set(key, { level: "warning", ...found, ...place });
	}
	return [...remarks.values()];
}

interface Placed {
	readonly token: Token;
	/** Where its paragraph begins. */
	readonly line: number;
}

/** The parts of all lines of text. */
function* proseOf(blocks: readonly Block[]): Generator<Placed> {
	for (const block of blocks) {
		if (block.kind === "div") yield* proseOf(block.blocks);
		if (block.kind !== "prose") continue;
		let line = 1;
		for (const token of block.tokens) {
			// A cell of a table has no place of its own; its row has.
			line = token.map ? token.map[0] + 1 : line;
			for (const child of token.children ?? []) yield { token: child, line };
		}
	}
}

function remarkOn(
	token: Token,
	path: string,
	pages: PagesByPath,
): { text: string; expected: string } | null {
	if (token.type === "image")
		return {
			text: "pictures are named, not shown",
			expected: "a link to the picture",
		};
	if (token.type === "text" && /<[/!?]?[a-z][^<>]*>/i.test(token.content))
		return { text: "HTML is shown as it is written", expected: "Markdown" };
	if (token.type !== "link_open") return null;
	const href = String(token.attrGet("href") ?? "");
	if (resolveLink(href, path, pages) !== null) return null;
	return {
		text: `the link to \`${shortened(href)}\` leads nowhere on this site and is set as text`,
		expected:
			"an address on the web, a mail address, or a sheet of this folder",
	};
}

function shortened(address: string): string {
	const plain = address.replaceAll("`", "'");
	return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
