import { entry } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr } from "../expr/tree.js";
import type {
	Surface,
	SurfaceEntry,
	SurfaceExpectation,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { fitAxis, readIndex } from "./indices.js";
import type { Scope } from "./scope.js";
import { describe } from "./shapes.js";
import { readWhole } from "./symbols.js";
import { findFactor } from "./variables.js";

/**
 * `(A x)_i`: one component of a vector, or with two subscripts of a matrix. `\mathbb E[\log p(t \mid w)]_w`: the mean over w, as
 * in Bishop (2006), section 10.3.
 */
export function readEntry(scope: Scope, s: SurfaceEntry): Expr {
	const average = withLawBehind(scope, s);
	if (average) return scope.read(average);
	const of = readWhole(scope, s.of);
	const axes = axesOf(shapeOf(of));
	if (axes.length === 0 || axes.length !== s.at.length)
		throw new Problem(
			`shape mismatch: ${s.at.length} subscripts on ${describe(shapeOf(of))}`,
			s.span,
			axes.length === 0 ? "no subscript" : `${axes.length} of them`,
		);
	const at = s.at.map((surface, i) => {
		const index = readIndex(scope, surface);
		fitAxis(scope, index, axes[i] as Dim, surface.span);
		return index;
	});
	return entry(of, ...at);
}

/** An expectation with its law in front, where variables of q stand behind its bracket: these number nothing. */
function withLawBehind(
	scope: Scope,
	{ of, at, span }: SurfaceEntry,
): SurfaceExpectation | null {
	if (of.kind !== "expectation" || of.law || of.given.length > 0) return null;
	const factors = scope.passage.state.context.family?.factors ?? [];
	const isVariable = (s: Surface) =>
		s.kind === "name" && findFactor(factors, s) !== null;
	if (!at.every(isVariable)) return null;
	const [only, ...more] = at;
	const law: Surface | undefined =
		more.length === 0 ? only : { kind: "tuple", items: at, span };
	return law ? { ...of, law } : null;
}

/** A row or a column has one axis. */
function axesOf(shape: readonly Dim[]): readonly Dim[] {
	return shape.length === 2 && shape[0] === 1 ? shape.slice(1) : shape;
}
