import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";
import {
	contentEnd,
	contentStart,
	isIndentedCode,
	lineContent,
	resumeAfter,
} from "./blockLines.js";
import { comment, findClose } from "./delimiters.js";
import { notesOf } from "./note.js";

/** HTML comments: invisible wherever a sheet is shown, hence not read. All other HTML stays text. */
export function commentPlugin(markdown: MarkdownIt): void {
	const alt = ["paragraph", "reference", "blockquote", "list"];
	markdown.block.ruler.before("table", "comment", blockComment, { alt });
	markdown.inline.ruler.before("escape", "comment", inlineComment);
}

/** A comment that begins a line; up to the end of its container if nothing closes it, as in CommonMark. */
function blockComment(
	state: StateBlock,
	startLine: number,
	endLine: number,
	silent: boolean,
): boolean {
	if (
		isIndentedCode(state, startLine) ||
		!lineContent(state, startLine).startsWith(comment.open)
	)
		return false;
	const start = contentStart(state, startLine);
	const close = findClose(
		state.src,
		comment,
		start + comment.open.length,
		contentEnd(state, endLine - 1),
	);
	if (close >= 0)
		return closedComment(
			state,
			startLine,
			close + comment.close.length,
			silent,
		);
	if (silent) return true;
	const text = "this comment is not closed and hides the rest";
	notesOf(state.env).push({
		level: "error",
		start,
		end: start + 4,
		text,
		expected: "`-->`",
	});
	state.line = endLine;
	return true;
}

/** `behind` is the offset after the comment. What follows on its last line is read as if it began a line. */
function closedComment(
	state: StateBlock,
	startLine: number,
	behind: number,
	silent: boolean,
): boolean {
	let line = startLine;
	while (contentEnd(state, line) < behind) line++;
	const isRest = state.src.slice(behind, contentEnd(state, line)).trim() !== "";
	if (isRest && line === startLine) return false;
	if (silent) return true;
	resumeAfter(state, line, behind);
	return true;
}

function inlineComment(state: StateInline): boolean {
	if (!state.src.startsWith(comment.open, state.pos)) return false;
	const close = findClose(
		state.src,
		comment,
		state.pos + comment.open.length,
		state.posMax,
	);
	if (close < 0) return false;
	state.pos = close + comment.close.length;
	return true;
}
