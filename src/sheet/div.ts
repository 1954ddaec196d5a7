import type { MarkdownIt, StateBlock } from "markdown-it";
import {
	contentEnd,
	contentStart,
	isIndentedCode,
	leavesContainer,
	lineContent,
} from "./blockLines.js";
import { type Note, notesOf } from "./note.js";

/** The opening line of a div, taken apart; it is the `meta` of its `div_open` token. */
export interface DivHead extends Record<string, unknown> {
	readonly name: string;
	readonly id: string | null;
	readonly title: string | null;
	readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Fenced divs as in Pandoc, Quarto and MyST: `::: name {#id key=value}`, `::: {.name}` or `:::{name} title` up to a line
 * of colons alone, nested at will. Tokens `div_open` and `div_close`.
 */
export function divPlugin(markdown: MarkdownIt): void {
	const alt = ["paragraph", "reference", "blockquote", "list"];
	markdown.block.ruler.before("table", "div", div, { alt });
	markdown.renderer.rules.div_open = () => "<div>\n";
	markdown.renderer.rules.div_close = () => "</div>\n";
}

const opening = /^:{3,}[ \t]*([^\s:].*?)[ \t]*:*[ \t]*$/;
const closing = /^:{3,}[ \t]*$/;

function div(
	state: StateBlock,
	startLine: number,
	endLine: number,
	silent: boolean,
): boolean {
	if (isIndentedCode(state, startLine)) return false;
	const line = lineContent(state, startLine);
	if (closing.test(line)) return silent || strayClosing(state, startLine);
	const head = opening.exec(line)?.[1];
	if (!head) return false;
	if (silent) return true;

	const start = contentStart(state, startLine);
	const note = (level: Note["level"], text: string, expected: string) =>
		notesOf(state.env).push({
			level,
			start,
			end: contentEnd(state, startLine),
			text,
			expected,
		});
	const meta = readHead(head, (text, expected) =>
		note("warning", text, expected),
	);
	const end = findClosing(state, startLine + 1, endLine);
	if (end === null)
		note(
			"error",
			`the div \`${meta.name}\` is not closed`,
			"a line `:::` at its end",
		);

	const token = state.push("div_open", "div", 1);
	token.map = [startLine, (end ?? endLine - 1) + 1];
	token.meta = meta;
	readInside(state, startLine + 1, end ?? endLine);
	state.push("div_close", "div", -1);
	state.line = end === null ? endLine : end + 1;
	return true;
}

function readInside(
	state: StateBlock,
	startLine: number,
	endLine: number,
): void {
	const { lineMax, parentType } = state;
	state.parentType = "div";
	state.lineMax = endLine;
	state.md.block.tokenize(state, startLine, endLine);
	state.lineMax = lineMax;
	state.parentType = parentType;
}

function strayClosing(state: StateBlock, line: number): boolean {
	const start = contentStart(state, line);
	const text = "this line closes a div, but none is open";
	notesOf(state.env).push({
		level: "warning",
		start,
		end: contentEnd(state, line),
		text,
		expected: "`::: name` above",
	});
	state.line = line + 1;
	return true;
}

/** The line that closes a div: inner divs are counted, code blocks passed over. */
function findClosing(
	state: StateBlock,
	startLine: number,
	endLine: number,
): number | null {
	let depth = 1;
	let fence: string | null = null;
	for (let line = startLine; line < endLine; line++) {
		if (leavesContainer(state, line)) return null;
		const content = lineContent(state, line);
		const ticks = /^(`{3,}|~{3,})/.exec(content)?.[1];
		if (fence !== null) {
			if (ticks?.startsWith(fence) && content.trim() === ticks) fence = null;
		} else if (ticks) fence = ticks;
		else if (isIndentedCode(state, line)) continue;
		else if (closing.test(content)) depth--;
		else if (opening.test(content)) depth++;
		if (depth === 0) return line;
	}
	return null;
}

type Warn = (text: string, expected: string) => void;

/** `name {#id key=value} title`, `{.name #id}`, `{name} title`: all parts but the name may be missing. */
function readHead(head: string, warn: Warn): DivHead {
	const parts = /^([^\s{]*)\s*(?:\{([^}]*)\})?\s*(.*)$/.exec(
		head,
	) as unknown as [string, string, string?, string?];
	const [, word, braces = "", rest = ""] = parts;
	const bare = braces.trim();
	const isDirective = word === "" && /^[A-Za-z][\w-]*$/.test(bare);
	const found = isDirective
		? { classes: [bare], id: null, pairs: {} }
		: readAttributes(braces, warn);
	const { title = rest === "" ? null : rest, ...attributes } = found.pairs;
	const name = word || found.classes[0] || "";
	if (name === "")
		warn("this div has no name", "`::: derivation` or another name");
	return { name, id: found.id, title, attributes };
}

interface Attributes {
	readonly id: string | null;
	readonly classes: readonly string[];
	readonly pairs: Readonly<Record<string, string>>;
}

function readAttributes(text: string, warn: Warn): Attributes {
	const classes: string[] = [];
	const pairs: Record<string, string> = Object.create(null);
	let id: string | null = null;
	const attribute =
		/#([^\s"'=]+)|\.([^\s"'=]+)|([\w:-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))|(\S+)/g;
	for (const [, hash, dot, key, double, single, plain, other] of text.matchAll(
		attribute,
	)) {
		if (hash) id = hash;
		else if (dot) classes.push(dot);
		else if (key) pairs[key] = double ?? single ?? plain ?? "";
		else
			warn(
				`the attribute \`${other}\` is passed over`,
				"`#id`, `.class` or `key=value`",
			);
	}
	return { id, classes, pairs };
}
