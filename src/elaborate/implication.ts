import type { Context } from "../expr/context.js";
import type { Span } from "../problem.js";
import type {
	CompareStep,
	ImpliedStep,
	ProblemStep,
	ReadStep,
} from "./reading.js";

/** The steps between two arrows of a chain. */
export interface Segment {
	/** The arrow before it; null for the first. */
	readonly arrow: "implies" | "iff" | null;
	readonly span: Span;
	readonly steps: readonly (CompareStep | ProblemStep)[];
}

/**
 * Joins segments over their arrows: the first step behind an arrow is a conclusion from the segment before it. A single
 * equation before an arrow is an assumption and no step of its own; of a longer run every step is one.
 * @param beside equations left of the chain in its line, which are premises of all its conclusions
 */
export function joinImplications(
	segments: readonly Segment[],
	before: readonly CompareStep[],
	context: Context,
	beside: readonly CompareStep[] = [],
): readonly ReadStep[] {
	const steps: ReadStep[] = [];
	segments.forEach((segment, i) => {
		const isPremise = segments[i + 1] !== undefined;
		const own = segment.steps.map((s) =>
			isPremise && s.kind === "compare" ? { ...s, premise: true } : s,
		);
		if (segment.arrow === null) {
			const isAssumption =
				isPremise && own.length === 1 && own[0]?.kind === "compare";
			if (!isAssumption) steps.push(...own);
			return;
		}
		const above = i === 0 ? before : comparisons(segments[i - 1]);
		const premises = above.length > 0 ? [...beside, ...above] : [];
		const [conclusion, ...rest] = own;
		if (!conclusion) {
			steps.push(
				problem(
					"an arrow between formulas that are no equations",
					segment.span,
				),
			);
			return;
		}
		if (conclusion.kind === "problem") steps.push(conclusion);
		else if (premises.length === 0)
			steps.push(
				problem("what this follows from could not be read", segment.span),
			);
		else
			steps.push({
				kind: segment.arrow,
				premises,
				conclusion,
				notes: conclusion.notes,
				span: segment.span,
				context,
			});
		steps.push(...rest);
	});
	return steps;
}

function comparisons(segment: Segment | undefined): readonly CompareStep[] {
	const steps = segment?.steps ?? [];
	const read = steps.filter((s) => s.kind === "compare");
	return read.length === steps.length ? read : [];
}

function problem(message: string, span: Span): ProblemStep {
	return {
		kind: "problem",
		message,
		expected: "an equation on either side of the arrow",
		span,
		at: span,
	};
}

/** A step beside an arrow as one more conclusion from the premises of the last one. */
export function alsoConcluded(
	step: ReadStep,
	last: ImpliedStep | null,
): ReadStep {
	if (!last || step.kind !== "compare" || step.relation === "define")
		return step;
	const { premises, kind } = last;
	const { notes, span, context } = step;
	return { kind, premises, conclusion: step, notes, span, context };
}

/** The equation that a chain before an arrow assumes; null if it says more, or defines a name. */
export function assumptionOf(steps: readonly ReadStep[]): CompareStep | null {
	const [only, ...more] = steps;
	return only?.kind === "compare" &&
		only.relation !== "define" &&
		more.length === 0
		? { ...only, premise: true }
		: null;
}
