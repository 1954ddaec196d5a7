/** A place in a file. Lines and columns count from 1; a column is a UTF-16 unit, as in editors. */
export interface Position {
	readonly line: number;
	readonly column: number;
}

/** Offsets at which the lines of a text with `\n` line ends begin. */
export function lineStarts(text: string): readonly number[] {
	const starts = [0];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
		starts.push(at + 1);
	return starts;
}

/** Index of the last element that is at most `value`; the elements ascend and the first one is at most `value`. */
function lastAtMost(ascending: readonly number[], value: number): number {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((ascending[middle] as number) <= value) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Line and column of an offset into the text that `starts` belongs to. */
export function positionAt(
	starts: readonly number[],
	offset: number,
): Position {
	const line = lastAtMost(starts, offset);
	return { line: line + 1, column: offset - (starts[line] as number) + 1 };
}

/**
 * A text cut out of a file line by line, without the margins (quote marks, list indents) that the lines had there.
 * Invariant: line `i` of `text` is found in the file, character by character, from `offsets[i]` on.
 */
export interface Excerpt {
	readonly text: string;
	readonly offsets: readonly number[];
}

/** The excerpt without white space at either end. */
export function trimExcerpt(excerpt: Excerpt): Excerpt {
	const start = excerpt.text.length - excerpt.text.trimStart().length;
	return cutExcerpt(
		excerpt.text,
		fileOffsets(excerpt),
		start,
		excerpt.text.trimEnd().length,
	);
}

/** The characters `start` to `end` (exclusive) of a text whose offsets `toFile` maps into the file. */
export function cutExcerpt(
	text: string,
	toFile: (offset: number) => number,
	start: number,
	end: number,
): Excerpt {
	const cut = text.slice(start, Math.max(start, end));
	return {
		text: cut,
		offsets: lineStarts(cut).map((at) => toFile(start + at)),
	};
}

/** The map from offsets in the excerpt to offsets in the file. Offsets past either end are taken to the end. */
export function fileOffsets(excerpt: Excerpt): (offset: number) => number {
	const starts = lineStarts(excerpt.text);
	return (offset) => {
		const within = Math.max(0, Math.min(offset, excerpt.text.length));
		const line = lastAtMost(starts, within);
		return (
			(excerpt.offsets[line] as number) + within - (starts[line] as number)
		);
	};
}
