/** Half-open range of UTF-16 offsets into the text that is being read. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/**
 * The one error that reading raises. `message` says what was found, `expected` what would help;
 * `span` counts in the text that was handed to the reader (a display's LaTeX, an expression, a file), and whoever
 * knows where that text stands in the file turns it into line and column.
 */
export class Problem extends Error {
	readonly span: Span | null;
	readonly expected: string | null;

	constructor(
		message: string,
		span: Span | null = null,
		expected: string | null = null,
	) {
		super(message);
		this.name = "Problem";
		this.span = span;
		this.expected = expected;
	}
}
