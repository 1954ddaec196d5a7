import type { Span } from "../problem.js";
import type { Display } from "../sheet/sheet.js";
import type { Place, Region } from "./result.js";

/** Where a span of a display stands in the file. */
export function placeOf(
	display: Pick<Display, "placeAt" | "line" | "column" | "endLine">,
	span: Span | null,
): Place {
	if (!span)
		return {
			line: display.line,
			column: display.column,
			endLine: display.endLine,
		};
	const start = display.placeAt(span.start);
	const end = display.placeAt(Math.max(span.start, span.end - 1));
	return {
		line: start.line,
		column: start.column,
		endLine: Math.max(start.line, end.line),
	};
}

/** The piece of the file that a span of a formula is. */
export function regionOf(
	{ placeAt }: Pick<Display, "placeAt">,
	{ start, end }: Span,
): Region {
	const first = placeAt(start);
	const last = placeAt(Math.max(start, end - 1));
	return {
		line: first.line,
		column: first.column,
		endLine: last.line,
		endColumn: last.column + 1,
	};
}
