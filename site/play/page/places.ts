import type { Text } from "@codemirror/state";
import type { Region } from "../protocol.js";

/** Where a region stands in the text, in offsets; cut where the text has become shorter meanwhile. */
export function offsetsOf(
	doc: Text,
	region: Region,
): { readonly from: number; readonly to: number } {
	const from = offsetOf(doc, region.line, region.column);
	const to = offsetOf(doc, region.endLine, region.endColumn);
	return { from, to: Math.max(from, to) };
}

function offsetOf(doc: Text, line: number, column: number): number {
	const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
	return Math.min(from + column - 1, to);
}
