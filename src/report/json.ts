import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
} from "../check/result.js";

/** The report of `check --json`, version 1: other programs rely on every key, so none may be renamed or dropped. */
export function jsonReport(sheets: readonly CheckedSheet[]): string {
	return JSON.stringify(
		{ version: 1, sheets: sheets.map(sheetJson) },
		finite,
		2,
	);
}

function sheetJson({ path, title, steps, updates, counts }: CheckedSheet) {
	const { given, proved, agrees, refuted, unread } = counts;
	return {
		path,
		title,
		steps: steps.map(stepJson),
		updates: updates.map(updateJson),
		counts: { given, proved, agrees, refuted, unread },
	};
}

function stepJson(step: CheckedStep) {
	const {
		line,
		column,
		endLine,
		relation,
		left,
		right,
		verdict,
		reason,
		counterexample,
		repair,
		note,
	} = step;
	return {
		line,
		column,
		endLine,
		relation,
		left,
		right,
		verdict,
		reason,
		counterexample,
		repair,
		note,
	};
}

function updateJson({ target, line, verdict, certificate }: CheckedUpdate) {
	return { target, line, verdict, certificate };
}

/**
 * JSON has no infinities and no NaN: they are written as text rather than as `null`. What a repair replaces, and
 * where, is for pages and editors.
 */
export function finite(key: string, value: unknown): unknown {
	if (key === "replaces" || key === "region") return undefined;
	return typeof value === "number" && !Number.isFinite(value)
		? String(value)
		: value;
}
