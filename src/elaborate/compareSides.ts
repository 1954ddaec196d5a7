import type { RelationKind } from "../expr/context.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type { Link } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { variableOf } from "./derivative.js";
import { bound, freeOfStep } from "./freeOfStep.js";
import type { OpenedChain } from "./openedChain.js";
import type { CompareStep, ProblemStep, ReadSide } from "./reading.js";
import type { Passage } from "./scope.js";
import { isZero, mismatch } from "./shapes.js";
import type { SideOutcome } from "./sides.js";

/** The step between two neighbouring sides; a problem where one of them is one, or where they do not go together. */
export function stepOf(
	opened: OpenedChain,
	left: SideOutcome,
	right: SideOutcome,
	link: Link,
	defines: string | null,
): CompareStep | ProblemStep {
	if ("problem" in left) return problemStep(left.problem, link.span);
	if ("problem" in right) return problemStep(right.problem, link.span);
	try {
		return compare(opened, left.side, right.side, link, defines);
	} catch (problem) {
		if (problem instanceof Problem) return problemStep(problem, link.span);
		throw problem;
	}
}

function compare(
	opened: OpenedChain,
	left: ReadSide,
	right: ReadSide,
	link: Link,
	defines: string | null,
): CompareStep {
	const { chain, passage, scope, head } = opened;
	refuseExtremum(left, right, link);
	const [a, b] = [shapeOf(left.expr), shapeOf(right.expr)];
	if (!sameShape(a, b)) throw mismatch(a, b, link.span);
	const relation = relationOf(left, right, link, defines);
	const isLoose = relation === "constant" || relation === "proportional";
	const freedom = isLoose
		? freeOfStep(scope, [left, right], chain.withRespectTo, head, link.span)
		: bound;
	return {
		kind: "compare",
		relation,
		left,
		right,
		...freedom,
		defines,
		condition: relation === "equal" ? conditionOf(opened, left, right) : null,
		premise: false,
		notes: notesOf(passage, [left, right, link]),
		span: link.span,
		context: passage.context(chain.distinct),
	};
}

function refuseExtremum(left: ReadSide, right: ReadSide, link: Link): void {
	const kind = link.relation?.kind;
	const isEquation = kind === "equal" || kind === "define";
	if ((left.extremum || right.extremum) && !isEquation)
		throw new Problem(
			`an argmax beside \`${link.relation?.written ?? ""}\``,
			link.span,
			"=",
		);
}

/** `… = 0` where the chain began with a derivative. */
function conditionOf(
	{ head, scope }: OpenedChain,
	left: ReadSide,
	right: ReadSide,
): CompareStep["condition"] {
	const value = right.expr.kind === "tabulate" ? right.expr.body : right.expr;
	if (head?.kind !== "derivative" || !isZero(value)) return null;
	return { expression: left.expr, by: variableOf(scope, head) };
}

/**
 * `=` with a constant on its right is equality up to a constant. A constant on the left alone has disappeared, and the
 * step is an equation.
 */
function relationOf(
	left: ReadSide,
	right: ReadSide,
	link: Link,
	defines: string | null,
): RelationKind {
	const kind = link.relation?.kind;
	if (kind === undefined || kind === "tilde" || kind === "in")
		throw new Problem(
			`\`${link.relation?.written ?? ""}\` makes no step`,
			link.relation?.span ?? link.span,
			"=, ∝, ≤, ≥ or ⟹; a statement ∼ belongs in the model",
		);
	if (defines) return "define";
	if (kind === "define") return relationOfEquation(right);
	if (kind === "equal") return relationOfEquation(right);
	if ((left.constant || right.constant) && kind !== "constant")
		throw new Problem(
			`a constant beside \`${link.relation?.written ?? kind}\``,
			link.span,
			"the constant with =, or ∝ without it",
		);
	return kind;
}

function relationOfEquation(right: ReadSide): RelationKind {
	return right.constant ? "constant" : "equal";
}

function notesOf(
	passage: Passage,
	places: readonly { readonly span: Span }[],
): readonly string[] {
	return passage.notes
		.filter(
			({ span }) =>
				span === null ||
				places.some(
					(p) => p.span.start <= span.start && span.end <= p.span.end,
				),
		)
		.map((n) => n.text);
}

/** What a problem says of the step at a place. */
export function problemStep(problem: Problem, at: Span): ProblemStep {
	return {
		kind: "problem",
		message: problem.message,
		expected: problem.expected,
		span: problem.span ?? at,
		at,
	};
}
