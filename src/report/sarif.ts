import type { CheckedSheet, Place, SheetMessage } from "../check/result.js";
import { type Finding, findings } from "./findings.js";
import { ownErrors } from "./tally.js";

/** What a result can be about, in SARIF's terms; the order gives `ruleIndex`. */
const rules = [
	{
		id: "refuted",
		level: "error",
		text: "The step fails in a world that the sheet allows.",
	},
	{
		id: "unread",
		level: "error",
		text: "The step could not be read, or no world decides it.",
	},
	{
		id: "agrees",
		level: "note",
		text: "The step holds wherever it was computed; no proof was found.",
	},
	{ id: "sheet", level: "error", text: "Part of the sheet could not be read." },
] as const;

type RuleId = (typeof rules)[number]["id"];

/** A SARIF 2.1.0 log of what is refuted, unread, not proved, or wrong with a sheet as a whole. `version` is the program's. */
export function sarifReport(
	sheets: readonly CheckedSheet[],
	version: string,
): string {
	const driver = {
		name: "tightbound",
		version,
		rules: rules.map(({ id, level, text }) => ({
			id,
			shortDescription: { text },
			defaultConfiguration: { level },
		})),
	};
	const run = {
		tool: { driver },
		columnKind: "utf16CodeUnits",
		results: sheets.flatMap(sheetResults),
	};
	const log = {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [run],
	};
	return JSON.stringify(log, null, 2);
}

function sheetResults(sheet: CheckedSheet) {
	const warnings = sheet.messages.filter((m) => m.level === "warning");
	return [
		...[...ownErrors(sheet), ...warnings].map((message) =>
			messageResult(sheet.path, message),
		),
		...findings(sheet).flatMap((item) => stepResult(sheet.path, item)),
	];
}

function messageResult(path: string, message: SheetMessage) {
	const text = message.expected
		? `${message.text}; expected ${message.expected}`
		: message.text;
	return result(
		path,
		"sheet",
		message.level === "error" ? "error" : "warning",
		text,
		message,
	);
}

function stepResult(path: string, item: Finding) {
	const rule = rules.find((r) => r.id === item.verdict);
	return rule
		? [
				result(
					path,
					rule.id,
					rule.level,
					[item.subject, ...item.details].join("\n"),
					item,
				),
			]
		: [];
}

function result(
	path: string,
	ruleId: RuleId,
	level: string,
	text: string,
	place: Place,
) {
	const region = {
		startLine: place.line,
		startColumn: place.column,
		endLine: Math.max(place.line, place.endLine),
	};
	const uri = encodeURI(path.replaceAll("\\", "/")).replace(
		/[?#]/g,
		encodeURIComponent,
	);
	return {
		ruleId,
		ruleIndex: rules.findIndex((rule) => rule.id === ruleId),
		level,
		message: { text },
		locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
	};
}
