import type { Span } from "../problem.js";
import type { Display } from "../sheet/sheet.js";
import type { Place } from "./result.js";

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
