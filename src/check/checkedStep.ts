import type { CompareStep } from "../elaborate/chain.js";
import type { FreeOf } from "../expr/context.js";
import { toLatex } from "../expr/print/latex.js";
import type { Sym } from "../expr/tree.js";
import type { Span } from "../problem.js";
import { relations } from "../relations/index.js";
import type { Display } from "../sheet/sheet.js";
import type { Decision } from "./claim.js";
import { spoken } from "./greek.js";
import { type Hints, hintsOf } from "./hints.js";
import { namesOf } from "./mentioned.js";
import { regionOf } from "./place.js";
import type { CheckedStep, Place, Repair } from "./result.js";
import { counterexample } from "./shown.js";
import { written, writtenSpan } from "./written.js";

/** Where a step stands, and how much is said of it. */
export interface Setting {
	readonly place: Place;
	readonly display: Display;
	readonly hints: Hints;
}

/** A step that states something, and has nothing to be checked. */
export function given(
	step: CompareStep,
	around: Setting,
	reason: string,
): CheckedStep {
	const decision: Decision = {
		verdict: "given",
		reason,
		rules: [],
		failure: null,
		note: null,
	};
	return checkedStep(step, decision, null, around);
}

/** The step as the report shows it. */
export function checkedStep(
	step: CompareStep,
	decision: Decision,
	repair: Repair | null,
	around: Setting,
): CheckedStep {
	const notes = [
		decision.note,
		freeNote(step),
		...step.notes,
		...hintsOf(decision, repair, around.hints),
	].filter(Boolean);
	return {
		...around.place,
		relation:
			step.relation === "define"
				? ":="
				: relations[step.relation as keyof typeof relations].sign,
		left: written(step.left, around.display.source),
		right: written(step.right, around.display.source),
		verdict: decision.verdict,
		reason: decision.reason,
		counterexample: decision.failure
			? counterexample(
					decision.failure,
					namesOf(step.left.expr, step.right.expr, freedomsOf(step)),
				)
			: null,
		repair: around.hints === "repair" ? placed(repair, step, around) : null,
		note: notes.length > 0 ? notes.join("; ") : null,
		rules: decision.rules,
		display: around.display.ordinal,
	};
}

/**
 * A repair with the place of the side that it stands for, its constant free of what the sides say that it is. A step in
 * plain text is repaired by hand.
 */
function placed(
	repair: Repair | null,
	step: CompareStep,
	{ display }: Setting,
): Repair | null {
	const whole = repair && withWrittenConstant(repair, step);
	if (!whole || display.notation === "plain") return whole;
	const span = writtenSpan(step.right, display.source);
	return { ...whole, region: regionOf(display, span) };
}

function withWrittenConstant(repair: Repair, step: CompareStep): Repair {
	const { left, right, context } = step;
	const [free] = [...left.constants, ...right.constants];
	const constant = /\\text\{const\}$/;
	if (!free || !constant.test(repair.latex)) return repair;
	const names = free.map((f) =>
		f.kind === "index" ? f.name : toLatex(f.symbol, context),
	);
	const written = `\\text{const}_{${names.join(", ")}}`;
	return { ...repair, latex: repair.latex.replace(constant, () => written) };
}

/** Everything that a constant or factor is to be free of. */
export function freedomsOf({ free, alsoFree }: CompareStep): readonly FreeOf[] {
	return free ? [free, ...alsoFree] : [];
}

/** "constant in μ_k": of what a constant or factor was taken to be free. */
function freeNote(step: CompareStep): string | null {
	const names = freedomsOf(step).map((free) =>
		free.kind === "index" ? free.name : subscripted(free.symbol),
	);
	if (names.length === 0) return null;
	const variables = new Intl.ListFormat("en").format(names);
	return step.relation === "proportional"
		? `proportional in ${variables}`
		: `constant in ${variables}`;
}

function subscripted(s: Sym): string {
	const at = s.indices
		.map((i) => (i.kind === "index" || i.kind === "size" ? i.name : "…"))
		.join(",");
	return at ? `${spoken(s.name)}_${at}` : spoken(s.name);
}

/** A step that could not be read, at its place. */
export function unreadStep(
	display: Display,
	place: Place,
	span: Span | null,
	message: string,
	expected: string | null,
): CheckedStep {
	return {
		...place,
		relation: "",
		left: "",
		right: span
			? display.source.slice(span.start, span.end).trim()
			: display.source.trim(),
		verdict: "unread",
		reason: expected ? `${message}; expected ${expected}` : message,
		counterexample: null,
		repair: null,
		note: null,
		rules: [],
		display: display.ordinal,
	};
}
