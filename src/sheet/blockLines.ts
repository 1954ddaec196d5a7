import type { StateBlock } from "markdown-it";
import type { Excerpt } from "./position.js";

/** Offset of the first character of a line behind quote marks and indentation. */
export function contentStart(state: StateBlock, line: number): number {
	return (state.bMarks[line] as number) + (state.tShift[line] as number);
}

export function contentEnd(state: StateBlock, line: number): number {
	return state.eMarks[line] as number;
}

/** A line without quote marks and indentation. */
export function lineContent(state: StateBlock, line: number): string {
	return state.src.slice(contentStart(state, line), contentEnd(state, line));
}

/** An indent of four is code; a line that does not belong to the container any more has less than none. */
export function isIndentedCode(state: StateBlock, line: number): boolean {
	return (state.sCount[line] as number) - state.blkIndent >= 4;
}

/** The line is not blank and stands further left than the list item or quote that is being read. */
export function leavesContainer(state: StateBlock, line: number): boolean {
	return (
		!state.isEmpty(line) && (state.sCount[line] as number) < state.blkIndent
	);
}

/** The text between two offsets, on the lines `first` to `last` (inclusive), without the lines' margins. */
export function excerptOf(
	state: StateBlock,
	first: number,
	start: number,
	last: number,
	end: number,
): Excerpt {
	const lines: string[] = [];
	const offsets: number[] = [];
	for (let line = first; line <= last; line++) {
		const from = line === first ? start : contentStart(state, line);
		const to = line === last ? end : contentEnd(state, line);
		lines.push(state.src.slice(from, Math.max(from, to)));
		offsets.push(from);
	}
	return { text: lines.join("\n"), offsets };
}

/**
 * Lets reading go on behind `offset` on the last line of a block. A rest of the very line that the block began on is read
 * here and now, since markdown-it insists that a block uses up its first line.
 */
export function resumeAfter(
	state: StateBlock,
	line: number,
	offset: number,
): void {
	const end = contentEnd(state, line);
	const next = Math.min(state.skipSpaces(offset), end);
	const isFirstLine = line === state.line;
	if (next < end) {
		state.bMarks[line] = offset;
		state.tShift[line] = next - offset;
		state.sCount[line] = state.blkIndent;
		if (isFirstLine) state.md.block.tokenize(state, line, line + 1);
	}
	state.line = next < end && !isFirstLine ? line : line + 1;
}
