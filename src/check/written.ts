import type { ReadSide } from "../elaborate/index.js";
import type { Span } from "../problem.js";

/** A side as written. */
export function written(
	side: Pick<ReadSide, "surface">,
	source: string,
): string {
	const { start, end } = writtenSpan(side, source);
	return source.slice(start, end);
}

/**
 * Where a side stands. KaTeX places some formulas within their own brackets and commands, so the ends move outward until
 * brackets balance and no command is cut.
 */
export function writtenSpan(
	side: Pick<ReadSide, "surface">,
	source: string,
): Span {
	let { start, end } = side.surface.span;
	while (
		start > 0 &&
		(balance(source.slice(start, end)) < 0 ||
			/[\\\w{([^_.|]/.test(source[start - 1] as string))
	)
		start -= 1;
	while (
		end < source.length &&
		/[}\])]/.test(source[end] as string) &&
		balance(source.slice(start, end)) > 0
	)
		end += 1;
	const style = /\\(?:math[a-z]+|boldsymbol|operatorname|text)\s*$/.exec(
		source.slice(0, start),
	);
	const whole = source.slice(style ? style.index : start, end);
	const leading = whole.length - whole.trimStart().length;
	const from = end - whole.length + leading;
	return { start: from, end: from + whole.trim().length };
}

/** Opening brackets less closing ones. */
function balance(text: string): number {
	let count = 0;
	for (const c of text)
		count += "{([".includes(c) ? 1 : "})]".includes(c) ? -1 : 0;
	return count;
}
