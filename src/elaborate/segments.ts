import { Problem, type Span } from "../problem.js";
import type { ChainSides } from "./chainSides.js";
import { problemStep, stepOf } from "./compareSides.js";
import type { Segment } from "./implication.js";
import type { OpenedChain } from "./openedChain.js";
import type { CompareStep, ProblemStep } from "./reading.js";
import type { SideOutcome } from "./sides.js";

/** Splits the chain at its arrows and pairs the sides between them. */
export function segmentsOf(
	opened: OpenedChain,
	read: ChainSides,
): readonly Segment[] {
	const { chain } = opened;
	const relations = chain.continues ? chain.links : chain.links.slice(1);
	const segments: {
		arrow: Segment["arrow"];
		span: Span;
		steps: (CompareStep | ProblemStep)[];
	}[] = [];
	segments.push({
		arrow: null,
		span: chain.links[0]?.span ?? { start: 0, end: 0 },
		steps: [],
	});
	relations.forEach((link, i) => {
		const kind = link.relation?.kind;
		if (kind === "implies" || kind === "iff") {
			segments.push({ arrow: kind, span: link.span, steps: [] });
			return;
		}
		const defines = i === 0 ? read.defines : null;
		segments
			.at(-1)
			?.steps.push(
				stepOf(
					opened,
					read.sides[i] as SideOutcome,
					read.sides[i + 1] as SideOutcome,
					link,
					defines,
				),
			);
	});
	const isOpenedByArrow =
		chain.continues && segments.length > 1 && segments[0]?.steps.length === 0;
	const all = isOpenedByArrow ? segments.slice(1) : segments;
	return segments.length > 1 ? all.map(fitForArrows) : all;
}

/** What cannot stand beside an arrow is unread there. */
function fitForArrows(segment: Segment): Segment {
	const steps = withoutExtrema(segment).steps.map((step) =>
		step.kind === "compare" && step.alsoFree.length > 0
			? problemStep(
					new Problem(
						"free of several variables at once, beside an arrow",
						step.span,
						"a step for each of them, with (w.r.t. μ) beside the formula",
					),
					step.span,
				)
			: step,
	);
	return { ...segment, steps };
}

/** An argmax has no tree that could be put in or solved for, so that nothing follows from it, nor it from anything. */
function withoutExtrema(segment: Segment): Segment {
	const steps = segment.steps.map((step) =>
		hasExtremum(step)
			? problemStep(
					new Problem(
						"an argmax beside an arrow",
						step.span,
						"an equation of its own, \\arg\\max_\\theta f = g",
					),
					step.span,
				)
			: step,
	);
	return { ...segment, steps };
}

/** Whether a side of a step is an argmax. */
export function hasExtremum(step: CompareStep | ProblemStep): boolean {
	return (
		step.kind === "compare" &&
		(step.left.extremum ?? step.right.extremum) !== undefined
	);
}
