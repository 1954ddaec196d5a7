import type { Token } from "markdown-it";
import type { Excerpt } from "./position.js";

/**
 * Finds the text of `inline` tokens in the file again: markdown-it keeps the lines of a paragraph, not its columns, and
 * of table cells neither. Tokens must be passed in document order, since cells are told apart by their order in the row.
 */
export class ParagraphLocator {
	readonly #text: string;
	readonly #starts: readonly number[];
	/** The table row that is being read, and where in the file its next cell can begin. */
	#row: readonly [number, number] | null = null;
	#cellFrom = 0;

	constructor(text: string, starts: readonly number[]) {
		this.#text = text;
		this.#starts = starts;
	}

	/** The content of an `inline` token with the place of each of its lines. */
	locate(token: Token): Excerpt {
		const [first] = token.map ?? this.#row ?? [0];
		const lines = token.content.split("\n");
		const offsets = lines.map((content, i) =>
			token.map
				? this.#lineOffset(first + i, content)
				: this.#cellOffset(first, content),
		);
		return { text: token.content, offsets };
	}

	/** To be called with each token on the way. */
	pass(token: Token): void {
		if (token.type !== "tr_open") return;
		this.#row = token.map;
		this.#cellFrom = this.#starts[token.map?.[0] ?? 0] as number;
	}

	/** What a paragraph keeps of a line is its end; of a heading's line, a part in the middle. */
	#lineOffset(line: number, content: string): number {
		const start = this.#starts[line] as number;
		const whole = this.#text
			.slice(start, this.#starts[line + 1] ?? this.#text.length)
			.trimEnd();
		const kept = content.trim();
		const at = whole.endsWith(kept)
			? whole.length - kept.length
			: Math.max(0, whole.indexOf(kept));
		return start + at - (content.length - content.trimStart().length);
	}

	/** A cell with escaped bars is not found as it stands; its formulas are then placed where it may begin. */
	#cellOffset(line: number, content: string): number {
		const end = this.#starts[line + 1] ?? this.#text.length;
		const at = this.#text.indexOf(content, this.#cellFrom);
		if (at < 0 || at + content.length > end) return this.#cellFrom;
		this.#cellFrom = at + content.length;
		return at;
	}
}
