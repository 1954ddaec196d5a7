import type {
	CheckedUpdate,
	ExplainedStep,
	Explanation,
	WitnessedWorld,
} from "../check/result.js";
import { oneLine } from "./findings.js";
import { counterexampleText } from "./world.js";

/** Everything about the steps on a line: how they were read, both normal forms, the worlds, the repair. */
export function explainReport(explanation: Explanation): string {
	const parts = [
		...explanation.steps.map((step) => stepText(explanation.path, step)),
		...explanation.updates.map((update) =>
			updateText(explanation.path, update),
		),
	];
	return `${parts.join("\n\n")}\n`;
}

function stepText(
	path: string,
	{ step, reading, normalForms, worlds }: ExplainedStep,
): string {
	return [
		`${path}:${step.line}:${step.column}: ${step.verdict}`,
		`  ${oneLine(step.left)} ${oneLine(step.relation)} ${oneLine(step.right)}`,
		...entry("reason", step.reason),
		...entry("rules", step.rules.join(", ")),
		...sides("read as", reading),
		...sides("normal form", normalForms),
		...worldLines(worlds),
		...ending(step),
	].join("\n");
}

function updateText(path: string, update: CheckedUpdate): string {
	return [
		`${path}:${update.line}:${update.column}: ${update.verdict}`,
		`  update of ${oneLine(update.target)}`,
		...entry("certificate", update.certificate),
		...ending(update),
	].join("\n");
}

function ending({
	counterexample,
	repair,
	note,
}: Pick<CheckedUpdate, "counterexample" | "repair" | "note">): string[] {
	return [
		...entry(
			"counterexample",
			counterexample ? counterexampleText(counterexample) : "",
		),
		...entry(
			"repair",
			repair ? `${oneLine(repair.latex)} (${repair.kind})` : "",
		),
		...entry("note", note ?? ""),
	];
}

function entry(name: string, text: string): string[] {
	return text === "" ? [] : [`  ${name}: ${text}`];
}

function sides(name: string, both: ExplainedStep["reading"]): string[] {
	return both
		? [`  ${name}:`, `    left   ${both.left}`, `    right  ${both.right}`]
		: [];
}

function worldLines(worlds: readonly WitnessedWorld[]): string[] {
	if (worlds.length === 0) return [];
	const line = (w: WitnessedWorld) =>
		`    ${w.holds === null ? "decides nothing" : w.holds ? "holds" : "fails"}: ${counterexampleText(w)}`;
	return [`  worlds (${worlds.length}):`, ...worlds.map(line)];
}
