import type { SheetMessage } from "../check/result.js";
import { positionAt } from "./position.js";

/** Something to say about a stretch of the file, by offsets; it becomes a message once lines are counted. */
export interface Note {
	readonly level: SheetMessage["level"];
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly expected: string | null;
}

/** Notes as messages, in the order of the document. */
export function toMessages(
	notes: readonly Note[],
	starts: readonly number[],
): SheetMessage[] {
	return notes
		.toSorted((a, b) => a.start - b.start)
		.map(({ level, start, end, text, expected }) => ({
			...positionAt(starts, start),
			endLine: positionAt(starts, Math.max(start, end - 1)).line,
			level,
			text,
			expected,
		}));
}

const notesKey = Symbol("notes");

/** The notes that the Markdown rules leave in the parser's environment while a sheet is parsed. */
export function notesOf(env: object): Note[] {
	const store = env as { [notesKey]?: Note[] };
	store[notesKey] ??= [];
	return store[notesKey];
}
