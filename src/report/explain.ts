import type {
	CheckedStep,
	CheckedUpdate,
	Counterexample,
	ExplainedStep,
	Explanation,
	WitnessedWorld,
} from "../check/result.js";
import { equationOf, oneLine } from "./findings.js";
import { finite } from "./json.js";
import { type Colors, paint } from "./terminal.js";
import { counterexampleText, valueText } from "./world.js";

/** The same for programs, version 1. `verdict`, `repair` and `counterexample` are those of `check --json`. */
export function explainJson(explanation: Explanation): string {
	return JSON.stringify({ version: 1, ...explanation }, finite, 2);
}

/** Everything about the steps on a line: how they were read, both normal forms, the worlds, the repair. */
export function explainReport(
	explanation: Explanation,
	colors: Colors,
): string {
	const parts = [
		...explanation.statements.map(
			({ line, of, reading }) =>
				`${explanation.path}:${line}: ${colors.dim(of)}\n  read as: ${reading}`,
		),
		...explanation.steps.map((step) =>
			stepText(explanation.path, step, colors),
		),
		...explanation.updates.map((update) =>
			updateText(explanation.path, update, colors),
		),
	];
	return `${parts.join("\n\n")}\n`;
}

function stepText(
	path: string,
	{ step, reading, latex, isByLetter, normalForms, worlds }: ExplainedStep,
	colors: Colors,
): string {
	return [
		`${path}:${step.line}:${step.column}: ${paint(step.verdict, colors)}`,
		`  ${equationOf(step)}`,
		...entry("reason", step.reason),
		...rulesLine(step),
		...sides("read as", reading),
		...sides("as LaTeX", latex),
		...sides("normal form", normalForms),
		...differenceLine(step.relation, normalForms),
		...(reading ? withoutForms(isByLetter, normalForms) : []),
		...worldLines(worlds),
		...ending(step),
	].join("\n");
}

/** The rules, where the reason does not name them all. */
function rulesLine({ reason, rules }: CheckedStep): string[] {
	const all = rules.join(", ");
	return all === reason ? [] : entry("rules", all);
}

/** Why there are no normal forms, or worlds, to be compared. */
function withoutForms(
	isByLetter: boolean,
	forms: ExplainedStep["normalForms"],
): string[] {
	if (!isByLetter)
		return [
			"  normal forms and worlds: not shown, since the sides are not the same in general, but for the reason above",
		];
	return forms ? [] : ["  normal form:  none that can be written out"];
}

function differenceLine(
	relation: string,
	forms: ExplainedStep["normalForms"],
): string[] {
	if (!forms) return [];
	return relation === "∝"
		? [`    log left − log right  ${forms.difference}`]
		: [`    left − right  ${forms.difference}`];
}

function updateText(
	path: string,
	update: CheckedUpdate,
	colors: Colors,
): string {
	return [
		`${path}:${update.line}:${update.column}: ${paint(update.verdict, colors)}`,
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
		? [
				`  ${name}:`,
				`    left          ${oneLine(both.left)}`,
				`    right         ${oneLine(both.right)}`,
			]
		: [];
}

/** "; with k = 2 instead 0.3 and 1.2": the world beside it by what differs. */
function besideText(here: Counterexample, beside: Counterexample): string {
	const changed = (part: "indices" | "values") =>
		Object.entries(beside.world[part])
			.filter(([name, v]) => !isSame(v, here.world[part][name]))
			.map(([name, v]) => `${name} = ${valueText(v)}`);
	const what = [...changed("indices"), ...changed("values")].join(", ");
	return `; with ${what} instead ${beside.left} and ${beside.right}`;
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

function worldLines(worlds: readonly WitnessedWorld[]): string[] {
	if (worlds.length === 0) return [];
	const line = (w: WitnessedWorld) =>
		`    ${w.holds === null ? "decides nothing" : w.holds ? "holds" : "fails"}: ${counterexampleText(w)}${w.beside ? besideText(w, w.beside) : ""}`;
	return [`  worlds (${worlds.length}):`, ...worlds.map(line)];
}
