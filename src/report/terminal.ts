import type { createColors } from "picocolors";
import type { CheckedSheet, SheetMessage, Verdict } from "../check/result.js";
import { type Finding, findings } from "./findings.js";
import { countsText, tally } from "./tally.js";

export type Colors = ReturnType<typeof createColors>;

export interface TerminalOptions {
	readonly colors: Colors;
	/** Columns of the terminal; formulas are shortened to fit. */
	readonly width: number;
}

/**
 * The report for people: of each sheet a heading, what is not simply right with its place, and the counts; one line about
 * all of them at the end. Messages of level `error` are left to standard error.
 */
export function terminalReport(
	sheets: readonly CheckedSheet[],
	options: TerminalOptions,
): string {
	const lines = sheets.flatMap((sheet) => [...sheetLines(sheet, options), ""]);
	return `${[...lines, summary(sheets, options.colors)].join("\n")}\n`;
}

function sheetLines(sheet: CheckedSheet, options: TerminalOptions): string[] {
	const { colors } = options;
	const items = findings(sheet);
	const shown = items.filter(
		(item) => item.verdict !== "proved" && item.verdict !== "given",
	);
	return [
		`${colors.bold(sheet.path)}  ${sheet.title}`,
		...gathered(sheet.messages.filter((m) => m.level !== "error")).map(
			(m) => `  ${messageText(sheet.path, m)}`,
		),
		...shown.flatMap((item) => findingLines(sheet.path, item, options)),
		`  ${countsOf(items, "step")}`,
		...(sheet.updates.length > 0 ? [`  ${countsOf(items, "update")}`] : []),
	];
}

/** Each message once, at its first place, with the number of the others. */
function gathered(messages: readonly SheetMessage[]): readonly SheetMessage[] {
	const alike = new Map<string, SheetMessage[]>();
	for (const m of messages) {
		const key = JSON.stringify([m.level, m.text, m.expected]);
		alike.set(key, [...(alike.get(key) ?? []), m]);
	}
	return [...alike.values()].map(([first, ...more]) => {
		const message = first as SheetMessage;
		if (more.length === 0) return message;
		const places = more.length === 1 ? "place" : "places";
		const text = `${message.text} (so in ${more.length} more ${places})`;
		return { ...message, text };
	});
}

/** "path:line:column: message; expected …", the form of every error and warning. */
export function messageText(path: string, message: SheetMessage): string {
	const level = message.level === "warning" ? "warning: " : "";
	const expected = message.expected ? `; expected ${message.expected}` : "";
	return `${path}:${message.line}:${message.column}: ${level}${message.text}${expected}`;
}

function findingLines(
	path: string,
	item: Finding,
	options: TerminalOptions,
): string[] {
	const head = `${path}:${item.line}:${item.column}: ${item.verdict} `;
	const subject = shorten(item.subject, options.width - head.length - 2);
	return [
		`  ${path}:${item.line}:${item.column}: ${paint(item.verdict, options.colors)} ${subject}`,
		...item.details.map((text) => `      ${text}`),
	];
}

function countsOf(items: readonly Finding[], kind: Finding["kind"]): string {
	const some = items.filter((item) => item.kind === kind);
	const counts = { given: 0, proved: 0, agrees: 0, refuted: 0, unread: 0 };
	for (const { verdict } of some) counts[verdict]++;
	return `${some.length} ${kind}${some.length === 1 ? "" : "s"}: ${countsText(counts)}`;
}

function summary(sheets: readonly CheckedSheet[], colors: Colors): string {
	const counts = tally(sheets);
	const worst: Verdict =
		counts.refuted > 0 ? "refuted" : counts.unread > 0 ? "unread" : "proved";
	const number = `${sheets.length} sheet${sheets.length === 1 ? "" : "s"}`;
	return paintAs(worst, `${number}: ${countsText(counts)}`, colors);
}

/** A verdict in its colour. */
export function paint(verdict: Verdict, colors: Colors): string {
	return paintAs(verdict, verdict, colors);
}

function paintAs(verdict: Verdict, text: string, colors: Colors): string {
	if (verdict === "refuted") return colors.red(text);
	if (verdict === "unread") return colors.yellow(text);
	if (verdict === "agrees") return colors.cyan(text);
	return verdict === "proved" ? colors.green(text) : colors.dim(text);
}

/** Keeps both ends of a formula that is too long; at least 40 characters stay. */
export function shorten(text: string, width: number): string {
	const room = Math.max(40, width);
	if (text.length <= room) return text;
	const half = Math.floor((room - 3) / 2);
	return `${text.slice(0, half)} … ${text.slice(-half)}`;
}
