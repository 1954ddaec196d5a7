import type { CheckedSheet } from "../../../src/check/result.js";
import type { Finding } from "../protocol.js";

/** What is refuted or unread, and what reading has to say, at its place. */
export function findingsOf(checked: CheckedSheet): readonly Finding[] {
	const found: Finding[] = [];
	for (const step of checked.steps) {
		if (step.verdict !== "refuted" && step.verdict !== "unread") continue;
		found.push({
			severity: step.verdict === "refuted" ? "error" : "warning",
			...placeOf(step),
			written: step.right,
			message: said(step.verdict, step.reason, step.note),
		});
	}
	for (const update of checked.updates) {
		if (update.verdict !== "refuted" && update.verdict !== "unread") continue;
		found.push({
			severity: update.verdict === "refuted" ? "error" : "warning",
			...placeOf(update),
			written: "",
			message: said(update.verdict, update.certificate, update.note),
		});
	}
	const lines = new Set(found.map(({ line, column }) => `${line}:${column}`));
	for (const message of checked.messages) {
		if (message.level === "info") continue;
		if (lines.has(`${message.line}:${message.column}`)) continue;
		found.push({
			severity: message.level,
			...placeOf(message),
			written: "",
			message: message.expected
				? `${message.text}; expected ${message.expected}`
				: message.text,
		});
	}
	return found;
}

function placeOf(at: { line: number; column: number; endLine: number }) {
	return { line: at.line, column: at.column, endLine: at.endLine };
}

function said(verdict: string, reason: string, note: string | null): string {
	return `${verdict}: ${note ? `${reason}; ${note}` : reason}`;
}
