import type { RelationKind } from "../expr/context.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type {
	Chain,
	Link,
	Surface,
	SurfaceCall,
	SurfaceName,
} from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { withVariable } from "./bareDistribution.js";
import { newName, readDefinition, withDefinition } from "./define.js";
import { variableOf } from "./derivative.js";
import { openPassage, topScope } from "./expression.js";
import { isExtremum } from "./extremum.js";
import { bound, freeOfStep } from "./freeOfStep.js";
import {
	functionHead,
	isKnownFunction,
	knowArguments,
	readFunction,
	withFunction,
} from "./functionDefinition.js";
import { joinImplications, type Segment } from "./implication.js";
import { asOptimal, readsAsOptimal } from "./optimalHead.js";
import { withPlainBinders } from "./plainBinders.js";
import { withPrimedVariables } from "./primedVariables.js";
import { withReaches } from "./reach.js";
import type {
	Carry,
	ChainReading,
	CompareStep,
	ProblemStep,
	ReadSide,
} from "./reading.js";
import type { Passage, Scope } from "./scope.js";
import { isZero, mismatch } from "./shapes.js";
import { readSide, type SideOutcome, settleSides } from "./sides.js";
import { withoutVersions } from "./starred.js";
import type { State } from "./state.js";
import { dimOf } from "./statement.js";
import { withStretches } from "./stretches.js";
import { withSummedValues } from "./unnamedValues.js";
import { withoutWholeRanges } from "./wholeRanges.js";

/**
 * Reads a chain into steps. A side that cannot be read spoils the steps that touch it and no others.
 * @param previous what the display before handed on, for a chain that begins with a relation
 * @param beside equations that stand left of it in its line, premises of its arrows
 */
export function elaborateChain(
	chain: Chain,
	state: State,
	previous: ReadSide | null = null,
	beside: readonly CompareStep[] = [],
): ChainReading {
	if (chain.links.some((l) => l.relation?.kind === "in"))
		return { steps: [], state, last: null };
	return withReaches(chain, (c) => elaborateRead(c, state, previous, beside));
}

function elaborateRead(
	chain: Chain,
	state: State,
	previous: ReadSide | null,
	beside: readonly CompareStep[],
): ChainReading {
	try {
		return readChain(
			open(chain, state, chain.continues ? previous : null),
			beside,
		);
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		const at = chain.links[0]?.span ?? { start: 0, end: 0 };
		return { steps: [problemStep(problem, at)], state, last: null };
	}
}

/** A chain that is being read, and where. */
interface Opened {
	readonly chain: Chain;
	readonly state: State;
	readonly previous: ReadSide | null;
	readonly passage: Passage;
	readonly scope: Scope;
	readonly head: Surface | null;
}

function open(source: Chain, state: State, previous: ReadSide | null): Opened {
	const links = withoutVersions(source.links, state);
	const sides = withStretches(
		links.map((l) => l.side),
		state,
	);
	const written = {
		...source,
		links: links.map((l, i) => ({
			...l,
			side: plainly(sides[i] as Surface, state),
		})),
	};
	const head = previous?.carry?.head ?? written.links[0]?.side ?? null;
	const { chain, completed } = withVariable(written, head);
	const ranges = new Map(previous?.carry?.ranges ?? []);
	for (const range of chain.ranges)
		if (range.from === undefined) ranges.set(range.index, dimOf(range.upper));
	const surfaces = [
		...chain.links.map((l) => l.side),
		...(chain.withRespectTo ? [chain.withRespectTo] : []),
		...(previous ? [previous.surface] : []),
	];
	const passage = openPassage(
		surfaces,
		state,
		previous?.carry?.setting ?? null,
		ranges,
	);
	for (const { span } of completed)
		passage.note(
			"a distribution without its variable was read as its density at that of the left side",
			span,
		);
	return { chain, state, previous, passage, scope: topScope(passage), head };
}

/** A side with the names of bound variables, ranges and values written in the way that the reader knows. */
function plainly(side: Surface, state: State): Surface {
	const plain = withPlainBinders(withoutWholeRanges(side, state));
	const { model, family } = state.context;
	return model || family
		? plain
		: withSummedValues(withPrimedVariables(plain, state));
}

function readChain(
	opened: Opened,
	beside: readonly CompareStep[],
): ChainReading {
	const { chain, passage, previous } = opened;
	const read = readSides(opened);
	const segments = segmentsOf(opened, read);
	const context = passage.context(chain.distinct);
	const last = read.sides.at(-1);
	const latents = passage.setting?.latents ?? [];
	const carry: Carry = {
		head: opened.head,
		setting: passage.setting,
		ranges: context.ranges,
		steps: (segments.at(-1)?.steps ?? []).filter(
			(s) => s.kind === "compare" && !hasExtremum(s),
		) as readonly CompareStep[],
	};
	return {
		steps: joinImplications(
			segments,
			previous?.carry?.steps ?? [],
			context,
			beside,
		),
		state: {
			...passage.stateBehind(read.state),
			unnamedLatents: latents.length > 0 ? latents : read.state.unnamedLatents,
		},
		last:
			last && "side" in last && !chain.broken ? { ...last.side, carry } : null,
	};
}

interface ReadSides {
	/** The side before the first link if the chain continues, then one for each link. */
	readonly sides: readonly SideOutcome[];
	readonly defines: string | null;
	readonly state: State;
}

function readSides(opened: Opened): ReadSides {
	const { chain, scope, passage, state, previous } = opened;
	const before: readonly SideOutcome[] = chain.continues
		? [carried(previous, chain)]
		: [];
	const [first, second] = chain.links;
	const kind = second?.relation?.kind;
	const mayDefine =
		kind === "define" || (kind === "equal" && chain.introduces === true);
	const name =
		first && mayDefine && !chain.continues
			? newName(passage, first.side)
			: null;
	const called =
		first && mayDefine && !chain.continues ? functionHead(first.side) : null;
	if (called && isKnownFunction(passage, called))
		knowArguments(passage, called);
	else if (called) return readFunctionChain(opened, called);
	const named = first && !chain.continues ? namedMaximiser(opened) : null;
	if (first && second && (name || named))
		return readDefinitionChain(
			opened,
			(name ?? named) as SurfaceName,
			chain.links.slice(1),
		);
	const sides = chain.links.map((l) => readSide(scope, l.side));
	const optimal = optimalHead(opened, sides);
	return {
		sides: settleSides(
			[...before, ...(optimal ? [optimal, ...sides.slice(1)] : sides)],
			passage,
		),
		defines: null,
		state,
	};
}

function carried(previous: ReadSide | null, chain: Chain): SideOutcome {
	if (previous) return { side: previous };
	const at = chain.links[0]?.span ?? null;
	return {
		problem: new Problem(
			"no line that could be read stands before this relation",
			at,
			"a left side",
		),
	};
}

/** A new name for an argmax: `\\hat\\theta = \\arg\\max_\\theta f`. */
function namedMaximiser({ chain, passage }: Opened): SurfaceName | null {
	const [first, second] = chain.links;
	return first && second?.relation?.kind === "equal" && isExtremum(second.side)
		? newName(passage, first.side)
		: null;
}

/** What a definition says: its right side; of an argmax the first value that is given for it. */
function bodyOf(sides: readonly SideOutcome[]): SideOutcome | undefined {
	return sides.find((s) => !("side" in s && s.side.extremum)) ?? sides[0];
}

/** The left side of the definition of a function is what the right side says. */
function readFunctionChain(
	{ chain, scope, state }: Opened,
	call: SurfaceCall,
): ReadSides {
	try {
		const links = chain.links.slice(1);
		const { sides, definition } = readFunction(scope, call, links);
		const [body] = sides;
		if (!definition || !body || !("side" in body))
			return { sides: [body as SideOutcome, ...sides], defines: null, state };
		const left = { ...body.side, surface: call, span: call.span };
		return {
			sides: [{ side: left }, ...sides],
			defines: definition.name,
			state: withFunction(state, definition),
		};
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		const unread = chain.links.map(() => ({ problem }));
		return { sides: unread, defines: null, state };
	}
}

/** The left side of a definition is what the right side says. */
function readDefinitionChain(
	opened: Opened,
	name: Parameters<typeof readDefinition>[1],
	links: readonly Link[],
): ReadSides {
	const { scope, passage, state } = opened;
	const sides = settleSides(
		links.map((l) => readSide(scope, l.side)),
		passage,
	);
	const body = bodyOf(sides);
	if (!body || !("side" in body))
		return { sides: [body as SideOutcome, ...sides], defines: null, state };
	try {
		const definition = readDefinition(passage, name, body.side.expr);
		const left: SideOutcome = {
			side: { ...body.side, surface: name, span: name.span },
		};
		if (body.side.extremum)
			return { sides: [left, ...sides], defines: definition.name, state };
		return {
			sides: [left, ...sides],
			defines: definition.name,
			state: withDefinition(state, definition),
		};
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		return { sides: [{ problem }, ...sides], defines: null, state };
	}
}

/** The head read again as q* where a plain q means that. */
function optimalHead(
	{ chain, scope, passage }: Opened,
	sides: readonly SideOutcome[],
): SideOutcome | null {
	const [first, next] = chain.links;
	const right = sides[1];
	if (chain.continues || !first || !next || !right || !("side" in right))
		return null;
	if (!readsAsOptimal(scope, first.side, next, right.side.expr)) return null;
	passage.note("q on the left was read as q*, the optimal factor", first.span);
	return readSide(scope, asOptimal(first.side));
}

/** Splits the chain at its arrows and pairs the sides between them. */
function segmentsOf(opened: Opened, read: ReadSides): readonly Segment[] {
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

function hasExtremum(step: CompareStep | ProblemStep): boolean {
	return (
		step.kind === "compare" &&
		(step.left.extremum ?? step.right.extremum) !== undefined
	);
}

function stepOf(
	opened: Opened,
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
	opened: Opened,
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
	{ head, scope }: Opened,
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

function problemStep(problem: Problem, at: Span): ProblemStep {
	return {
		kind: "problem",
		message: problem.message,
		expected: problem.expected,
		span: problem.span ?? at,
		at,
	};
}

export type {
	ChainReading,
	CompareStep,
	ImpliedStep,
	ProblemStep,
	ReadSide,
	ReadStep,
} from "./reading.js";
