import { updateLabel } from "../describe.js";
import type { Plan } from "../plan.js";

/** Where an artefact comes from and what was proved of it, as lines for a comment. */
export function provenance(plan: Plan): readonly string[] {
	const { title, path, hash, updates, elboTerms } = plan.solvable;
	return [
		title,
		"",
		`A solver compiled by Tightbound from ${path}`,
		`SHA-256 of the sheet: ${hash}`,
		"",
		"Updates:",
		...updates.map(
			(u) =>
				`  ${updateLabel(u)}: ${u.certified ? "certified" : "UNVERIFIED"}, ${u.certificate}`,
		),
		"",
		"The evidence lower bound is the sum of:",
		...elboTerms.map((t) => `  ${t.name}`),
	].map(comment);
}

/** What stands above everything else if an update has no certificate. */
export function banner(plan: Plan): readonly string[] {
	const open = plan.solvable.updates.filter((u) => !u.certified);
	if (open.length === 0) return [];
	const bar = "!".repeat(100);
	const targets = open.map(updateLabel).join(", ");
	const text = `UNVERIFIED. No certificate for the update of ${targets}: do not rely on this solver.`;
	return [bar, comment(text), bar];
}

/** Text that stays within a comment. */
export function comment(text: string): string {
	return text
		.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
		.replaceAll("*/", "* /")
		.replaceAll("/*", "/ *")
		.replaceAll('"""', "'''")
		.replace(/\\+$/, "")
		.trimEnd();
}
