import type {
	CheckedSheet,
	Place,
	Region,
	Repair,
} from "../../../src/check/result.js";
import type { Sheet } from "../../../src/sheet/sheet.js";
import { place, withoutAnchors } from "../../../src/site/placement.js";
import type { Finding, Offer } from "../protocol.js";

/** What is refuted or unread, and what reading has to say, at its place in the text. */
export function findingsOf(
	sheet: Sheet,
	checked: CheckedSheet,
): readonly Finding[] {
	const { byDisplay, elsewhere } = withoutAnchors(place(sheet, checked));
	const items = [...[...byDisplay.values()].flat(), ...elsewhere];
	const lines = sheet.text.split("\n");
	const found = items.flatMap((item) => {
		const { verdict, note, repair } = item.checked;
		if (verdict !== "refuted" && verdict !== "unread") return [];
		const isStep = item.kind === "step";
		const reason = isStep ? item.checked.reason : item.checked.certificate;
		const said = note ? `${reason}; ${note}` : reason;
		const finding: Finding = {
			severity: verdict === "refuted" ? "error" : "warning",
			region: repair?.region ?? regionOf(item.checked, lines),
			message: `${verdict}: ${said}`,
			repair: offerOf(item.key, repair),
		};
		return [finding];
	});
	return [...found, ...messagesOf(checked, lines, found)];
}

function offerOf(item: string, repair: Repair | null): Offer | null {
	if (!repair?.region) return null;
	const { latex, region } = repair;
	return { item, latex, replaces: region };
}

/** Errors and warnings of the reader that no step tells already. */
function messagesOf(
	{ messages }: CheckedSheet,
	lines: readonly string[],
	found: readonly Finding[],
): readonly Finding[] {
	const starts = found.map(({ region: r }) => `${r.line}:${r.column}`);
	return messages.flatMap((message) => {
		const { level, text, expected, line, column } = message;
		if (level === "info" || starts.includes(`${line}:${column}`)) return [];
		const finding: Finding = {
			severity: level,
			region: regionOf(message, lines),
			message: expected ? `${text}; expected ${expected}` : text,
			repair: null,
		};
		return [finding];
	});
}

/** From a place to the end of what stands there. */
function regionOf(
	{ line, column, endLine }: Place,
	lines: readonly string[],
): Region {
	const last = lines[endLine - 1] ?? "";
	const written = last.replace(/\s*(?:\\\\)?\s*$/, "");
	return { line, column, endLine, endColumn: written.length + 1 };
}
