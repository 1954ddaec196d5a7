import type { MarkdownIt, StateBlock } from "markdown-it";
import { lineContent } from "./blockLines.js";
import { type Delimiter, openAfter } from "./delimiters.js";

/**
 * Keeps a paragraph together in which a display runs over several lines: a row of it that begins with `+`, `-` or `=`
 * would else become a list or turn the paragraph into a heading. Other paragraphs are left to markdown-it.
 */
export function paragraphPlugin(markdown: MarkdownIt): void {
	markdown.block.ruler.before(
		"lheading",
		"math_paragraph",
		paragraphWithDisplay,
	);
}

function paragraphWithDisplay(
	state: StateBlock,
	startLine: number,
	endLine: number,
): boolean {
	const parent = state.parentType;
	state.parentType = "paragraph";
	const last = lastLine(state, startLine, endLine);
	state.parentType = parent;
	if (last === null) return false;

	const next = last + 1;
	state.line = next;
	state.push("paragraph_open", "p", 1).map = [startLine, next];
	const inline = state.push("inline", "", 0);
	inline.content = state
		.getLines(startLine, next, state.blkIndent, false)
		.trim();
	inline.map = [startLine, next];
	inline.children = [];
	state.push("paragraph_close", "p", -1);
	return true;
}

/** The paragraph's last line, or null if no display runs over the end of a line. */
function lastLine(
	state: StateBlock,
	startLine: number,
	endLine: number,
): number | null {
	const terminators = state.md.block.ruler.getRules("paragraph");
	const ends = (line: number) =>
		(state.sCount[line] as number) - state.blkIndent < 4 &&
		terminators.some((rule) => rule(state, line, endLine, true));
	let open: Delimiter | null = null;
	let spans = false;
	let line = startLine;
	for (; line < endLine && !state.isEmpty(line); line++) {
		if (
			line > startLine &&
			!open &&
			(state.sCount[line] as number) >= 0 &&
			ends(line)
		)
			break;
		open = openAfter(lineContent(state, line), open);
		spans ||= open !== null;
	}
	return spans ? line - 1 : null;
}
