import type { MarkdownIt, StateBlock } from "markdown-it";
import {
	contentEnd,
	contentStart,
	excerptOf,
	isIndentedCode,
	leavesContainer,
	lineContent,
} from "./blockLines.js";
import { pushDisplay } from "./mathBlock.js";
import { notesOf } from "./note.js";
import type { Excerpt } from "./position.js";

/** Displays in fenced blocks: `math` holds LaTeX, as on Git forges, `expr` plain text. */
export function mathFencePlugin(markdown: MarkdownIt): void {
	markdown.block.ruler.before("fence", "math_fence", fencedDisplay, {
		alt: ["paragraph", "reference", "blockquote", "list"],
	});
}

const fence = /^(`{3,}|~{3,})\s*\{?\.?(math|expr)\}?\s*$/;

function fencedDisplay(
	state: StateBlock,
	startLine: number,
	endLine: number,
	silent: boolean,
): boolean {
	if (isIndentedCode(state, startLine)) return false;
	const opening = fence.exec(lineContent(state, startLine));
	if (!opening) return false;
	if (silent) return true;
	const [, ticks, name] = opening as unknown as [string, string, string];
	const closing = new RegExp(`^${ticks[0]}{${ticks.length},}\\s*$`);
	let line = startLine + 1;
	while (
		line < endLine &&
		!leavesContainer(state, line) &&
		!closing.test(lineContent(state, line))
	)
		line++;
	const isClosed = line < endLine && !leavesContainer(state, line);
	if (!isClosed) noteUnclosed(state, startLine, ticks, name);
	else
		pushDisplay(state, [startLine, line + 1], inside(state, startLine, line), {
			notation: name === "expr" ? "plain" : "latex",
		});
	state.line = isClosed ? line + 1 : line;
	return true;
}

/** The lines between two fences; the place of an empty block is that of its closing fence. */
function inside(state: StateBlock, opening: number, closing: number): Excerpt {
	const first = opening + 1;
	const last = closing - 1;
	const start = contentStart(state, first);
	if (first > last) return { text: "", offsets: [start] };
	return excerptOf(state, first, start, last, contentEnd(state, last));
}

function noteUnclosed(
	state: StateBlock,
	line: number,
	ticks: string,
	name: string,
): void {
	const start = contentStart(state, line);
	notesOf(state.env).push({
		level: "error",
		start,
		end: start + ticks.length,
		text: `the block \`${name}\` is not closed`,
		expected: `a line \`${ticks}\``,
	});
}
