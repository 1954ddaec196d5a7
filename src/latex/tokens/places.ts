import type { Span } from "../../problem.js";
import type { Parsed } from "../katex.js";
import type { Node } from "../nodes.js";

const spacing =
	/^\\(?:[,;:!> ]|quad|qquad|[hm]space|[hm]skip|m?kern|enspace|enskip|(?:neg)?(?:thin|med|thick)space)|^~/;

/** What stands between signs and is no sign itself: braces, cells, rows, environments, tags. */
const layout =
	/(?:[\s{}&]|\\(?:begin|end)\{[a-zA-Z]+\*?\}(?:\{[^{}]*\})?|\\\\(?:\s*\[[^\]]*\])?|\\tag\*?\{[^{}]*\})*/;

const sign =
	/(?:\\(?:left|right|middle|[bB]igg?[lrm]?)\s*)?(?:\\(?:[a-zA-Z]+|.)|[^\s])/;

/**
 * Finds where things stand in the source while KaTeX's tree is walked in reading order. Nodes that came out of a macro's
 * body are placed where the macro is used, nodes without a place of their own at the next command.
 */
export class Places {
	/** End of the last sign that was found in the source itself. */
	private cursor = 0;
	/** The use of a macro from whose body the last sign came. */
	private macro: Span | null = null;

	constructor(
		private readonly parsed: Parsed,
		private readonly source: string,
	) {}

	/** Where a node stands; the cursor moves behind it. */
	of(node: Node): Span {
		const own = this.parsed.locate(node);
		const fromMacro = own === null && node.loc != null;
		const span = own
			? this.shortened(own)
			: fromMacro
				? (this.macro ?? this.macroUse())
				: this.next();
		if (node.loc) this.macro = fromMacro ? span : null;
		this.cursor = Math.max(this.cursor, span.end);
		return span;
	}

	/** The next command or character of the source after what has been read. */
	next(): Span {
		const match = new RegExp(`${layout.source}(${sign.source})?`, "sy");
		match.lastIndex = this.cursor;
		const found = match.exec(this.source);
		if (!found?.[1])
			return {
				start: Math.min(this.cursor, this.source.length),
				end: this.source.length,
			};
		return { start: match.lastIndex - found[1].length, end: match.lastIndex };
	}

	/** Where a space stands: at its command, or if a macro made it, nowhere in particular. */
	ofSpace(): Span {
		const next = this.next();
		const written = this.source.slice(next.start, next.end);
		if (!spacing.test(written)) return { start: this.cursor, end: this.cursor };
		this.cursor = next.end;
		return next;
	}

	/** Where `\begin{pmatrix}` or its end stands, which makes a bracket, if that comes next; the cursor moves behind it. */
	ofEnvironment(side: "begin" | "end"): Span | null {
		const match = new RegExp(
			String.raw`(?:[\s{}&]|\\\\(?:\s*\[[^\]]*\])?)*?(\\${side}\{[a-zA-Z]+\*?\})`,
			"sy",
		);
		match.lastIndex = this.cursor;
		const found = match.exec(this.source)?.[1];
		if (!found) return null;
		this.cursor = match.lastIndex;
		return { start: this.cursor - found.length, end: this.cursor };
	}

	/** From a start to the cursor, with the brace that closes the last argument. */
	since(start: number): Span {
		const end = Math.max(start, this.cursor);
		return { start, end: this.source[end] === "}" ? end + 1 : end };
	}

	/** The macro that is used at the cursor, or the end of its argument. */
	private macroUse(): Span {
		const match = /[\s{&]*(\\[a-zA-Z]+|\}|)/sy;
		match.lastIndex = this.cursor;
		const found = match.exec(this.source)?.[1] ?? "";
		return { start: match.lastIndex - found.length, end: match.lastIndex };
	}

	/** Without the spaces that KaTeX counts as part of a command. */
	private shortened({ start, end }: Span): Span {
		const length = this.source.slice(start, end).trimEnd().length;
		return { start, end: start + Math.max(1, length) };
	}
}
