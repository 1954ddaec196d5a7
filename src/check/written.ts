import type { ReadSide } from "../elaborate/index.js";

/**
 * A side as written. KaTeX places some formulas within their own brackets and commands, so the ends move outward until
 * brackets balance and no command is cut.
 */
export function written(
	side: Pick<ReadSide, "surface">,
	source: string,
): string {
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
	return source.slice(style ? style.index : start, end).trim();
}

/** Opening brackets less closing ones. */
function balance(text: string): number {
	let count = 0;
	for (const c of text)
		count += "{([".includes(c) ? 1 : "})]".includes(c) ? -1 : 0;
	return count;
}
