import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
	Place,
	Repair,
	Verdict,
} from "../check/result.js";
import { counterexampleText } from "./world.js";

/** A step or an update of a sheet in the form that the line-by-line reports share. */
export interface Finding extends Place {
	readonly kind: "step" | "update";
	readonly verdict: Verdict;
	/** The relation on one line, `a + b = c`; of an update its target. */
	readonly subject: string;
	/** Reason, counterexample, repair and note, each on a line; those that exist. */
	readonly details: readonly string[];
}

/** All steps, then all updates of a sheet, as it has them. */
export function findings(sheet: CheckedSheet): readonly Finding[] {
	return [...sheet.steps.map(stepFinding), ...sheet.updates.map(updateFinding)];
}

function stepFinding(step: CheckedStep): Finding {
	const { line, column, endLine, verdict } = step;
	const subject = equationOf(step);
	return {
		kind: "step",
		line,
		column,
		endLine,
		verdict,
		subject,
		details: details(step, step.reason),
	};
}

function updateFinding(update: CheckedUpdate): Finding {
	const { line, column, endLine, verdict } = update;
	const subject = `update of ${oneLine(update.target)}`;
	return {
		kind: "update",
		line,
		column,
		endLine,
		verdict,
		subject,
		details: details(update, update.certificate),
	};
}

function details(
	item: Pick<CheckedStep, "counterexample" | "repair" | "note">,
	reason: string,
): string[] {
	const { counterexample, repair, note } = item;
	return [
		reason,
		counterexample ? counterexampleText(counterexample) : "",
		repair ? repairText(repair) : "",
		note ? `note: ${note}` : "",
	].filter((text) => text !== "");
}

function repairText({ kind, latex }: Repair): string {
	return kind === ""
		? `repair: ${oneLine(latex)}`
		: `repair (${kind}): ${oneLine(latex)}`;
}

/** LaTeX on one line. */
export function oneLine(latex: string): string {
	return latex.replace(/\s+/g, " ").trim();
}

/** A step on one line as it is written: a constant stands in its sides, and its relation is an equality. */
export function equationOf({ left, relation, right }: CheckedStep): string {
	const sign = relation === "+ const" ? "=" : relation;
	return [left, sign, right].map(oneLine).join(" ");
}
