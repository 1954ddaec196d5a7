import type { Context } from "../expr/context.js";
import type { Span } from "../problem.js";
import type { CompareStep, ProblemStep, ReadStep } from "./reading.js";

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
 */
export function joinImplications(
	segments: readonly Segment[],
	before: readonly CompareStep[],
	context: Context,
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
		const premises = i === 0 ? before : comparisons(segments[i - 1]);
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
