import type {
	CheckedSheet,
	Counts,
	Place,
	SheetMessage,
	Verdict,
} from "../check/result.js";

/** From the best to the worst news, as reports list them. */
export const verdicts: readonly Verdict[] = [
	"proved",
	"agrees",
	"given",
	"refuted",
	"unread",
];

/** Whether an update or a step that is no mere statement was checked at all. */
export function hasSteps(sheet: CheckedSheet): boolean {
	return (
		sheet.updates.length > 0 ||
		sheet.steps.some((step) => step.verdict !== "given")
	);
}

/** Errors of a sheet that no unread step at the same place tells of already. */
export function ownErrors(sheet: CheckedSheet): readonly SheetMessage[] {
	const placeOf = ({ line, column }: Place) => `${line}:${column}`;
	const unread = [...sheet.steps, ...sheet.updates].filter(
		(item) => item.verdict === "unread",
	);
	const told = new Set(unread.map(placeOf));
	return sheet.messages.filter(
		(message) => message.level === "error" && !told.has(placeOf(message)),
	);
}

/** Verdicts of steps and updates together. */
export function tally(sheets: readonly CheckedSheet[]): Counts {
	const counts = { given: 0, proved: 0, agrees: 0, refuted: 0, unread: 0 };
	for (const sheet of sheets)
		for (const item of [...sheet.steps, ...sheet.updates])
			counts[item.verdict]++;
	return counts;
}

/**
 * The exit code of `check`: 0 if everything is proved, agrees or is given, 1 if something is refuted, 2 if something was
 * not read, a sheet has no step to check, or (`strict`) something only agrees.
 */
export function exitCode(
	sheets: readonly CheckedSheet[],
	strict: boolean,
): 0 | 1 | 2 {
	const counts = tally(sheets);
	if (counts.refuted > 0) return 1;
	const isIncomplete = sheets.some(
		(sheet) =>
			!hasSteps(sheet) || sheet.messages.some((m) => m.level === "error"),
	);
	return counts.unread > 0 || isIncomplete || (strict && counts.agrees > 0)
		? 2
		: 0;
}

/** "40 proved, 3 agrees, 1 refuted"; "nothing" if all counts are 0. */
export function countsText(counts: Counts): string {
	const parts = verdicts
		.filter((v) => counts[v] > 0)
		.map((v) => `${counts[v]} ${v}`);
	return parts.join(", ") || "nothing";
}
