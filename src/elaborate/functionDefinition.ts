import type { Link, Surface, SurfaceCall } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { defined } from "./define.js";
import { isDensityCall } from "./densityName.js";
import { distributionOf } from "./distributionCall.js";
import { argument } from "./functionCall.js";
import { namedFunction } from "./functions.js";
import { findFunction } from "./lookup.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import type { Passage, Scope } from "./scope.js";
import { readSide, type SideOutcome, settleSides } from "./sides.js";
import type { FunctionDefinition, State } from "./state.js";

/** Definitions of functions: `λ(ξ) := …`, "Let f(w) = …". */

/** A call `f(x, y)` of names, as it stands on the left of a definition; null for anything else. */
export function functionHead(s: Surface): SurfaceCall | null {
	if (s.kind !== "call" || s.function.name === "" || isDensityCall(s))
		return null;
	const written = [...s.arguments, ...s.given, ...s.parameters];
	const isList = s.given.length === 0 && written.every(isPlainName);
	return isList && written.length > 0 ? s : null;
}

/** Whether the function has a meaning already, so that an equation on it is a claim. */
export function isKnownFunction(passage: Passage, call: SurfaceCall): boolean {
	return (
		findFunction(passage, call.function) !== null ||
		namedFunction(call) !== null ||
		distributionOf(call) !== null
	);
}

/** Takes arguments that are declared nowhere as real numbers, within the passage. */
export function knowArguments(passage: Passage, call: SurfaceCall): void {
	for (const name of argumentsOf(call))
		if (!passage.symbol(name)) passage.addSymbol(argument(name));
}

function argumentsOf(call: SurfaceCall): readonly string[] {
	return [...call.arguments, ...call.parameters].map((s) =>
		s.kind === "name" ? keyOf(s) : "",
	);
}

/** The right sides of a definition, and what it defines if the first of them could be read. */
export interface ReadFunction {
	readonly sides: readonly SideOutcome[];
	readonly definition: FunctionDefinition | null;
}

/**
 * Reads `f(x) := a = b`. Arguments have the shapes that the sheet declares for their names; where a right side makes no
 * sense so, or nothing is declared, they are numbers: `λ(ξ) := 1/ξ` beside ξ ∈ ℝ^N.
 * @throws Problem if the name cannot be a function, or its subscripts no index letters
 */
export function readFunction(
	scope: Scope,
	call: SurfaceCall,
	links: readonly Link[],
): ReadFunction {
	const { passage } = scope;
	const name = keyOf(call.function);
	if (passage.symbol(name))
		throw new Problem(
			`\`${latexOf(call.function)}\` is a symbol of the sheet, and no function`,
			call.function.span,
			"another letter for the function",
		);
	knowArguments(passage, call);
	const sides = readRightSides(scope, call, links);
	const [body] = sides;
	if (!body || !("side" in body)) return { sides, definition: null };
	const definition = {
		...defined(passage, call.function, body.side.expr),
		arguments: argumentsOf(call),
		body: body.side.surface,
	};
	return { sides, definition };
}

function readRightSides(
	scope: Scope,
	call: SurfaceCall,
	links: readonly Link[],
): readonly SideOutcome[] {
	const { passage } = scope;
	const read = () =>
		settleSides(
			links.map((l) => readSide(scope, l.side)),
			passage,
		);
	const asDeclared = read();
	const [body] = asDeclared;
	const arrays = argumentsOf(call).filter((name) => {
		const info = passage.symbol(name);
		return info?.role === "parameter" && info.dims.length > 0;
	});
	if ((body && "side" in body) || arrays.length === 0) return asDeclared;
	for (const name of arrays) passage.addSymbol(argument(name));
	return read();
}

export function withFunction(
	state: State,
	definition: FunctionDefinition,
): State {
	return {
		...state,
		functions: new Map(state.functions).set(definition.name, definition),
	};
}
