import type {
	Chain,
	Link,
	SurfaceCall,
	SurfaceName,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { newName, readDefinition, withDefinition } from "./define.js";
import { type DefinedLeft, definedLeft } from "./definedLeft.js";
import { isExtremum } from "./extremum.js";
import {
	functionHead,
	isKnownFunction,
	knowArguments,
	readFunction,
	withFunction,
} from "./functionDefinition.js";
import type { OpenedChain } from "./openedChain.js";
import { asOptimal, readsAsOptimal } from "./optimalHead.js";
import type { ReadSide } from "./reading.js";
import { readSide, type SideOutcome, settleSides } from "./sides.js";
import type { State } from "./state.js";

/** The sides of a chain as read. */
export interface ChainSides {
	/** The side before the first link if the chain continues, then one for each link. */
	readonly sides: readonly SideOutcome[];
	readonly defines: string | null;
	readonly state: State;
}

/** Reads the sides of a chain; where it defines a name, the state behind it knows that name. */
export function readSides(opened: OpenedChain): ChainSides {
	const { chain, scope, passage, state, previous } = opened;
	const before: readonly SideOutcome[] = chain.continues
		? [carried(previous, chain)]
		: [];
	const [first, second] = chain.links;
	const kind = second?.relation?.kind;
	const mayDefine =
		kind === "define" || (kind === "equal" && chain.introduces === true);
	const left =
		first && mayDefine && !chain.continues ? definedLeft(first.side) : null;
	const isNew = left !== null && newName(passage, left.name) !== null;
	const called =
		first && mayDefine && !chain.continues ? functionHead(first.side) : null;
	if (called && isKnownFunction(passage, called))
		knowArguments(passage, called);
	else if (called) return readFunctionChain(opened, called);
	const named = first && !chain.continues ? namedMaximiser(opened) : null;
	const defined = isNew ? left : named && definedLeft(named);
	if (first && second && defined)
		return readDefinitionChain(opened, defined, chain.links.slice(1));
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
function namedMaximiser({ chain, passage }: OpenedChain): SurfaceName | null {
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
	{ chain, scope, state }: OpenedChain,
	call: SurfaceCall,
): ChainSides {
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
	opened: OpenedChain,
	{ name, undo }: DefinedLeft,
	links: readonly Link[],
): ChainSides {
	const { scope, passage, state } = opened;
	const sides = settleSides(
		links.map((l) => readSide(scope, l.side)),
		passage,
	);
	const body = bodyOf(sides);
	if (!body || !("side" in body))
		return { sides: [body as SideOutcome, ...sides], defines: null, state };
	try {
		const written = opened.chain.links[0]?.side ?? name;
		const definition = readDefinition(passage, name, undo(body.side.expr));
		const left: SideOutcome = {
			side: { ...body.side, surface: written, span: written.span },
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
	{ chain, scope, passage }: OpenedChain,
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
