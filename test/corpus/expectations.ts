import { readFileSync } from "node:fs";
import { checkSheet } from "../../src/check/check.js";
import type { CheckedSheet, Verdict } from "../../src/check/result.js";

/** What a person says of a step or, with a `target`, of an update, beside the sheet in `<name>.expected.json`. */
export interface Expectation {
	/** Where the right side stands. */
	readonly line: number;
	/** A verdict, or `true` for proved or agrees, `false` for refuted. */
	readonly expect: Verdict | "true" | "false";
	readonly id: string;
	readonly why: string;
	/** The left side of an update. */
	readonly target?: string;
	/** The one case in which a wrong step holds, `D = 1`, which the report must name. */
	readonly only?: string;
}

/** The expectations in a file, in the order of the sheet. */
export function readExpectations(path: string): readonly Expectation[] {
	return JSON.parse(readFileSync(path, "utf8"));
}

/** A sheet, read from a file and checked. */
export async function checkFile(path: string): Promise<CheckedSheet> {
	return checkSheet(readFileSync(path, "utf8"), path);
}

/** Whether a verdict is as expected. */
export function meets(
	verdict: Verdict,
	expect: Expectation["expect"],
): boolean {
	if (expect === "true") return verdict === "proved" || verdict === "agrees";
	if (expect === "false") return verdict === "refuted";
	return verdict === expect;
}

/** A line for each step or update that is not as expected, not there, or there and not expected. */
export function disagreements(
	sheet: CheckedSheet,
	expected: readonly Expectation[],
): readonly string[] {
	const lines = new Set(expected.filter((e) => !e.target).map((e) => e.line));
	const unlisted = sheet.steps.filter(
		(s) => s.verdict !== "given" && !lines.has(s.line),
	);
	return [
		...expected.flatMap((e) => disagreement(sheet, e)),
		...unlisted.map(
			(s) => `${s.line}: unexpected step, ${s.verdict}: ${s.reason}`,
		),
	];
}

function disagreement(sheet: CheckedSheet, e: Expectation): readonly string[] {
	const found = e.target
		? sheet.updates
				.filter(
					(u) => u.line === e.line && sameTarget(u.target, e.target as string),
				)
				.map((u) => ({ ...u, reason: u.certificate }))
		: claimsAt(sheet, e.line);
	const at = `${e.line} ${e.id}`;
	if (found.length === 0 && e.expect === "given") return [];
	if (found.length !== 1) return [`${at}: ${found.length} steps stand there`];
	const [step] = found;
	if (!step || !meets(step.verdict, e.expect)) {
		return [
			`${at}: expected ${e.expect} (${e.why}), got ${step?.verdict}: ${step?.reason}`,
		];
	}
	if (e.only && !`${step.reason} ${step.note}`.includes(e.only))
		return [`${at}: does not say that it holds for ${e.only} alone`];
	return [];
}

/** The steps of a line; a definition beside a claim is none of its own. */
function claimsAt(sheet: CheckedSheet, line: number) {
	const steps = sheet.steps.filter((s) => s.line === line);
	const claims = steps.filter((s) => s.verdict !== "given");
	return claims.length > 0 ? claims : steps;
}

/** `\phi_{i,k}` and `\phi_{ik}` are one target. */
function sameTarget(a: string, b: string): boolean {
	const bare = (target: string) => target.replace(/[\s,{}]/g, "");
	return bare(a) === bare(b);
}
