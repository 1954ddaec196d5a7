/**
 * The part of KaTeX's parse tree that is read. KaTeX does not document it, so everything is optional here and
 * test/latex/katex.test.ts holds the version in use to it.
 */
export interface Node {
	readonly type: string;
	readonly mode?: "math" | "text";
	readonly loc?: {
		readonly start: number;
		readonly end: number;
		readonly lexer: { readonly input: string };
	};
	/** Of symbols: the character or the command. */
	readonly text?: string;
	/** Of `atom`: `rel`, `bin`, `open`, `close`, `punct`, `inner`. */
	readonly family?: string;
	/** A node, a list, or (of `array`) rows of cells; a string in `verb`. */
	readonly body?:
		| Node
		| readonly Node[]
		| readonly (readonly Node[])[]
		| string;
	readonly base?: Node | null;
	readonly sub?: Node | null;
	readonly sup?: Node | null;
	readonly numer?: Node;
	readonly denom?: Node;
	readonly hasBarLine?: boolean;
	readonly leftDelim?: string | null;
	readonly rightDelim?: string | null;
	readonly index?: Node | null;
	/** Of `op`: `\sum`, `\log`. */
	readonly name?: string;
	readonly symbol?: boolean;
	/** Present (true or false) on the operator that `\overset`, `\underset` and `\stackrel` make. */
	readonly suppressBaseShift?: boolean;
	readonly font?: string;
	readonly label?: string;
	readonly mclass?: string;
	readonly delim?: string;
	readonly left?: string;
	readonly right?: string;
	readonly color?: string;
	readonly dimension?: { readonly number: number; readonly unit: string };
	readonly mathml?: readonly Node[];
	readonly html?: readonly Node[];
	readonly display?: readonly Node[];
	readonly tag?: readonly Node[];
	/** Of `array`: a tag, or whether one is numbered automatically, for each row. */
	readonly tags?: readonly (boolean | readonly Node[])[];
	readonly colSeparationType?: string;
	/** Of `array`: its columns, of type `separator` where a line is drawn between two. */
	readonly cols?: readonly { readonly type: string }[];
	/** Of `array`: the lines drawn above each row. */
	readonly hLinesBeforeRow?: readonly (readonly boolean[])[];
}

/** The body as a list of nodes. */
export function bodyOf(node: Node): readonly Node[] {
	const { body } = node;
	if (body === undefined || typeof body === "string") return [];
	return Array.isArray(body) ? (body as readonly Node[]) : [body as Node];
}
