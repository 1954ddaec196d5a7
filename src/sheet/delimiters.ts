/** What may run over several lines of a paragraph: displays, and comments, which are read past. */
export interface Delimiter {
	readonly open: string;
	readonly close: string;
}

export const dollars: Delimiter = { open: "$$", close: "$$" };
export const brackets: Delimiter = { open: "\\[", close: "\\]" };
export const parentheses: Delimiter = { open: "\\(", close: "\\)" };
export const comment: Delimiter = { open: "<!--", close: "-->" };

const spanning = [dollars, brackets, comment];

/**
 * Offset of the closing mark of a delimiter, at or after `from` and wholly before `end`; −1 if there is none. A backslash
 * takes the next character with it, so that `\$` and the `\\` before a `\]` are not misread.
 */
export function findClose(
	text: string,
	delimiter: Delimiter,
	from: number,
	end = text.length,
): number {
	if (delimiter === comment) {
		const at = text.indexOf(comment.close, from);
		return at >= 0 && at + comment.close.length <= end ? at : -1;
	}
	const { close } = delimiter;
	for (let at = from; at + close.length <= end; at++) {
		if (text.startsWith(close, at)) return at;
		if (text[at] === "\\") at++;
	}
	return -1;
}

/** Offset behind the code span that begins at `at`, or behind its opening backticks if nothing closes them. */
function skipBackticks(text: string, at: number): number {
	const ticks = (/^`+/.exec(text.slice(at)) as RegExpExecArray)[0];
	const span = new RegExp(`(?<!\`)${ticks}(?!\`)`, "g");
	span.lastIndex = at + ticks.length;
	return span.exec(text) ? span.lastIndex : at + ticks.length;
}

/**
 * The delimiter that is still open at the end of a line, if `open` was at its beginning. Code spans are passed over.
 */
export function openAfter(
	line: string,
	open: Delimiter | null,
): Delimiter | null {
	let current = open;
	let at = 0;
	for (;;) {
		if (current) {
			const close = findClose(line, current, at);
			if (close < 0) return current;
			at = close + current.close.length;
			current = null;
		}
		while (at < line.length && !current) {
			current = spanning.find((d) => line.startsWith(d.open, at)) ?? null;
			if (current) at += current.open.length;
			else if (line[at] === "`") at = skipBackticks(line, at);
			else at += line[at] === "\\" ? 2 : 1;
		}
		if (!current) return null;
	}
}
