import { assemble } from "./assemble.js";
import { readFrontMatter } from "./frontMatter.js";
import { createMarkdown } from "./markdown.js";
import { type Note, notesOf, toMessages } from "./note.js";
import { lineStarts } from "./position.js";
import type { Sheet } from "./sheet.js";

/** Longest sheet that is read, in UTF-16 units; about a thousand pages. */
export const maxLength = 2_000_000;

/**
 * Reads a sheet: front matter, divs, prose and formulas with their places. Never throws; what could not be read is among
 * `messages`, and the rest is there.
 */
export function readSheet(text: string, path: string): Sheet {
	const normal = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
	const reason = unreadable(normal);
	if (reason) return emptySheet(normal, path, reason);
	const starts = lineStarts(normal);
	const frontMatter = readFrontMatter(normal, starts);
	const env = {};
	const body =
		blank(normal.slice(0, frontMatter.length)) +
		normal.slice(frontMatter.length);
	const tokens = createMarkdown().parse(body, env);
	const { blocks, displays, inlines, heading, notes } = assemble(
		tokens,
		body,
		starts,
	);
	return {
		path,
		text: normal,
		title: frontMatter.title || heading || baseName(path),
		symbols: frontMatter.symbols,
		conventions: frontMatter.conventions,
		blocks,
		displays,
		inlines,
		messages: toMessages(
			[...frontMatter.notes, ...notesOf(env), ...notes],
			starts,
		),
	};
}

function unreadable(text: string): Note | null {
	const problem = (text: string, expected: string): Note => ({
		level: "error",
		start: 0,
		end: 0,
		text,
		expected,
	});
	const expected = "a derivation in Markdown";
	if (text.includes("\0"))
		return problem("this is a binary file", `${expected}, encoded in UTF-8`);
	if (text.trim() === "") return problem("the file is empty", expected);
	if (text.length > maxLength)
		return problem(
			`the file has ${text.length} characters`,
			`at most ${maxLength}`,
		);
	return null;
}

function emptySheet(text: string, path: string, note: Note): Sheet {
	return {
		path,
		text,
		title: baseName(path),
		symbols: [],
		conventions: [],
		blocks: [],
		displays: [],
		inlines: [],
		messages: toMessages([note], [0]),
	};
}

/** Spaces for characters, so that every offset and line behind stays. */
function blank(text: string): string {
	return text.replace(/[^\n]/g, " ");
}

function baseName(path: string): string {
	return path.replace(/^.*[\\/]/, "").replace(/\.md$/, "");
}
