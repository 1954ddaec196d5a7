import type { Token } from "./token.js";

/** Space from this width on (in em) sets formulas apart; `\quad` is 1. */
const WIDE = 0.9;

/** Whether the run of spaces that begins at an index is as wide as a `\quad`. */
export function wideSpace(tokens: readonly Token[], from: number): boolean {
	if (tokens[from - 1]?.kind === "space") return false;
	let width = 0;
	for (let i = from; ; i++) {
		const token = tokens[i];
		if (token?.kind !== "space") return width >= WIDE;
		width += token.width;
	}
}

/** The tokens without spaces around them and without the punctuation that ends a sentence or clause. */
export function trimmed(tokens: readonly Token[]): readonly Token[] {
	let start = 0;
	let end = tokens.length;
	while (start < end && tokens[start]?.kind === "space") start++;
	while (
		end > start &&
		["space", "punctuation"].includes(tokens[end - 1]?.kind ?? "")
	)
		end--;
	return tokens.slice(start, end);
}
