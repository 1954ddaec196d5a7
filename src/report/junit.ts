import type { CheckedSheet, SheetMessage } from "../check/result.js";
import { type Finding, findings } from "./findings.js";
import { ownErrors } from "./tally.js";
import { escapeXml } from "./xml.js";

/**
 * JUnit's XML, one suite a sheet and one case a step: refuted steps fail, unread ones are errors, given ones are skipped;
 * under `strict` those that only agree fail too.
 */
export function junitReport(
	sheets: readonly CheckedSheet[],
	strict: boolean,
): string {
	const suites = sheets.map((sheet) => suite(sheet, strict));
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<testsuites name="tightbound">',
		...suites,
		"</testsuites>",
		"",
	].join("\n");
}

type Outcome = "passed" | "failure" | "error" | "skipped";

function outcome({ verdict }: Finding, strict: boolean): Outcome {
	if (verdict === "refuted") return "failure";
	if (verdict === "unread") return "error";
	if (verdict === "given") return "skipped";
	return verdict === "agrees" && strict ? "failure" : "passed";
}

function suite(sheet: CheckedSheet, strict: boolean): string {
	const items = findings(sheet).map((item) => ({
		item,
		outcome: outcome(item, strict),
	}));
	const errors = ownErrors(sheet);
	const count = (wanted: Outcome) =>
		items.filter((entry) => entry.outcome === wanted).length;
	const attributes = [
		`name="${escapeXml(sheet.path)}"`,
		`tests="${items.length + errors.length}"`,
		`failures="${count("failure")}"`,
		`errors="${count("error") + errors.length}"`,
		`skipped="${count("skipped")}"`,
	];
	return [
		`  <testsuite ${attributes.join(" ")}>`,
		...errors.map((message) => messageCase(sheet.path, message)),
		...items.map(({ item, outcome }) => stepCase(sheet.path, item, outcome)),
		"  </testsuite>",
	].join("\n");
}

function messageCase(path: string, message: SheetMessage): string {
	const text = message.expected
		? `${message.text}; expected ${message.expected}`
		: message.text;
	return testCase(
		path,
		`${message.line}:${message.column} sheet`,
		`<error message="${escapeXml(text)}"/>`,
	);
}

function stepCase(path: string, item: Finding, outcome: Outcome): string {
	const name = `${item.line}:${item.column} ${item.subject}`;
	if (outcome === "passed") return testCase(path, name, "");
	if (outcome === "skipped")
		return testCase(path, name, '<skipped message="given"/>');
	const [first = item.verdict] = item.details;
	const body = escapeXml(item.details.join("\n"));
	return testCase(
		path,
		name,
		`<${outcome} type="${item.verdict}" message="${escapeXml(first)}">${body}</${outcome}>`,
	);
}

function testCase(path: string, name: string, body: string): string {
	const attributes = `classname="${escapeXml(path)}" name="${escapeXml(name)}"`;
	return body === ""
		? `    <testcase ${attributes}/>`
		: `    <testcase ${attributes}>${body}</testcase>`;
}
