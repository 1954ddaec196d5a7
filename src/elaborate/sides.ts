import { zero } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Shape } from "../expr/tree.js";
import type { Surface, SurfaceConst, SurfaceSum } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { learnFromComparisons } from "./comparedRanges.js";
import { finish } from "./expression.js";
import { isExtremum, readExtremum } from "./extremum.js";
import { readFree } from "./free.js";
import type { ReadSide } from "./reading.js";
import type { Passage, Scope } from "./scope.js";
import { conform, isZero, unify } from "./shapes.js";

/** A side that was read, or why it was not. */
export type SideOutcome =
	| { readonly side: ReadSide }
	| { readonly problem: Problem };

/** Reads one side; a constant among its terms is taken off. */
export function readSide(scope: Scope, surface: Surface): SideOutcome {
	scope.passage.beginSide();
	try {
		return { side: scope.passage.attempt(() => split(scope, surface)) };
	} catch (problem) {
		if (problem instanceof Problem) return { problem };
		throw problem;
	}
}

function split(scope: Scope, surface: Surface): ReadSide {
	if (isExtremum(surface)) {
		const extremum = readExtremum(scope, surface);
		const none = { constant: false, constants: [] };
		const { span } = surface;
		return { expr: extremum.by, ...none, span, surface, extremum };
	}
	const { rest, constants } = withoutConstants(surface);
	return {
		expr: rest ? scope.read(rest) : zero,
		constant: constants.length > 0,
		constants: constants.flatMap((c) =>
			c.variable ? [readFree(scope, c.variable)] : [],
		),
		span: surface.span,
		surface,
	};
}

function withoutConstants(s: Surface): {
	rest: Surface | null;
	constants: readonly SurfaceConst[];
} {
	if (s.kind === "const") return { rest: null, constants: [s] };
	if (s.kind !== "sum") return { rest: s, constants: [] };
	const constants: SurfaceConst[] = [];
	const terms: SurfaceSum["terms"][number][] = [];
	for (const t of s.terms) {
		const inner = withoutConstants(t.term);
		constants.push(...inner.constants);
		if (inner.rest)
			terms.push(inner.constants.length > 0 ? { ...t, term: inner.rest } : t);
	}
	if (constants.length === 0) return { rest: s, constants };
	const [only] = terms;
	if (!only) return { rest: null, constants };
	return {
		rest: terms.length === 1 && only.sign > 0 ? only.term : { ...s, terms },
		constants,
	};
}

/** Makes zeros and identities of unknown size in the sides of a chain fit the others, and names bound indices apart. */
export function settleSides(
	sides: readonly SideOutcome[],
	passage: Passage,
): readonly SideOutcome[] {
	learnFromComparisons(
		sides.flatMap((s) => ("side" in s ? [s.side.expr] : [])),
		passage,
	);
	let shape: Shape | null = null;
	for (const outcome of sides) {
		if (!("side" in outcome) || isZero(outcome.side.expr)) continue;
		const own = shapeOf(outcome.side.expr);
		shape = shape === null ? own : (unify(shape, own) ?? shape);
	}
	return sides.map((outcome) => {
		if (!("side" in outcome)) return outcome;
		const { side } = outcome;
		try {
			const fitted = shape
				? (conform(side.expr, shape) ?? side.expr)
				: side.expr;
			const expr = finish(fitted, passage, side.span);
			if (!side.extremum) return { side: { ...side, expr } };
			const objective = finish(side.extremum.objective, passage, side.span);
			return {
				side: { ...side, expr, extremum: { ...side.extremum, objective } },
			};
		} catch (problem) {
			if (problem instanceof Problem) return { problem };
			throw problem;
		}
	});
}
