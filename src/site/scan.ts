/** A token that gives LaTeX its structure: a brace, `&`, `\\`, `\begin{…}`, `\end{…}`, `\quad` or `\qquad`. */
export interface Mark {
	readonly text: string;
	readonly start: number;
	/** Braces and environments open around it: 0 for both ends of a group, −1 for the end of one opened before the scan. */
	readonly depth: number;
}

const tokens =
	/\\(?:begin|end)\s*\{[a-zA-Z]*\*?\}|\\\\\*?(?:\s*\[[^\]]{0,20}\])?|\\(?:[a-zA-Z]+|[\s\S])|%[^\n]*\n?|[{}&]/g;

/** The structural marks between two offsets, in order. Comments and escaped characters are none. */
export function scan(
	source: string,
	from: number,
	to: number,
): readonly Mark[] {
	const marks: Mark[] = [];
	let depth = 0;
	for (const match of source.slice(from, to).matchAll(tokens)) {
		const text = match[0];
		const start = from + match.index;
		if (text === "}" || text.startsWith("\\end")) depth -= 1;
		if (isMark(text)) marks.push({ text, start, depth });
		if (text === "{" || text.startsWith("\\begin")) depth += 1;
	}
	return marks;
}

function isMark(text: string): boolean {
	return /^(?:[{}&]|\\\\|\\(?:begin|end)\s*\{|\\q?quad$)/.test(text);
}

/** Offset behind the group that opens at `open`; the end of the source if it is never closed. */
export function skipGroup(source: string, open: number): number {
	const close = scan(source, open, source.length).find(
		(mark) => mark.text === "}" && mark.depth === 0,
	);
	return close === undefined ? source.length : close.start + 1;
}

/** The range without white space at its ends. */
export function trimmed(
	source: string,
	from: number,
	to: number,
): readonly [number, number] {
	let start = from;
	let end = to;
	while (start < end && /\s/.test(source[start] ?? "")) start += 1;
	while (end > start && /\s/.test(source[end - 1] ?? "")) end -= 1;
	return [start, end];
}
