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
 * Where a side stands. KaTeX places some formulas within their own brackets and commands, and others without their last
 * script, so the ends move outward until brackets balance, no command is cut and no script is left behind.
 */
export function writtenSpan(
	side: Pick<ReadSide, "surface">,
	source: string,
): Span {
	let { start, end } = side.surface.span;
	while (
		start > 0 &&
		(unmatched(source.slice(start, end)).closing > 0 ||
			(/[\\\w{([^_.|]/.test(source[start - 1] as string) &&
				!beginsBehindRelation(source, start)))
	)
		start -= 1;
	for (;;) {
		const further = longer(source, start, end);
		if (further === null) break;
		end = further;
	}
	const style = /\\(?:math[a-z]+|boldsymbol|operatorname|text)\s*$/.exec(
		source.slice(0, start),
	);
	const whole = source.slice(style ? style.index : start, end);
	const leading = whole.length - whole.trimStart().length;
	const from = end - whole.length + leading;
	return { start: from, end: from + whole.trim().length };
}

/** A relation by its command, with a subscript or without. */
const relationCommand =
	/\\(?:propto|[lg]eq?|[lg]eqslant|[lg]t|equiv|sim|triangleq|coloneqq|to|implies|iff|Rightarrow|Longrightarrow|Leftrightarrow)(_(?:\\[A-Za-z]+|\w))?$/;

/** Whether a relation ends where a side starts, with no space between: `\le\ln K`, `\propto_\lambda\lambda^a`. */
function beginsBehindRelation(source: string, start: number): boolean {
	const found = relationCommand.exec(source.slice(0, start));
	if (!found) return false;
	const endsInLetters = /\\[A-Za-z]+$/.test(found[0]);
	return !endsInLetters || !/[A-Za-z]/.test(source[start] as string);
}

/** An end further on, if what stands before this one is not whole. */
function longer(source: string, start: number, end: number): number | null {
	const rest = source.slice(end);
	if (unmatched(source.slice(start, end)).opening > 0)
		return /^\s*[}\])]/.test(rest) ? end + 1 : null;
	const script = /^\s*[_^]\s*(?:\\[A-Za-z]+|.)/.exec(rest)?.[0];
	if (!script?.endsWith("{")) return script ? end + script.length : null;
	let length = script.length;
	while (length < rest.length && unmatched(rest.slice(0, length)).opening > 0)
		length += 1;
	return end + length;
}

/** Brackets that are closed without having been opened, and those that are left open. */
function unmatched(text: string): { opening: number; closing: number } {
	let opening = 0;
	let closing = 0;
	for (const c of text)
		if ("{([".includes(c)) opening += 1;
		else if ("})]".includes(c)) {
			if (opening > 0) opening -= 1;
			else closing += 1;
		}
	return { opening, closing };
}
