import { entry, index } from "../expr/build.js";
import type { SymbolInfo } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr, Sym } from "../expr/tree.js";
import { freshName, replaceSymbols, substituteIndices } from "../expr/walk.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { fitAxis, readIndex } from "./indices.js";
import { findFunction } from "./lookup.js";
import { keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";
import type { FunctionDefinition } from "./state.js";
import { mapSurface } from "./surfaceWalk.js";
import { readWhole } from "./symbols.js";

/** An argument of a call: its value, and a name that no sheet writes to read the definition with. */
interface Bound {
	readonly written: string;
	readonly info: SymbolInfo;
	readonly value: Expr;
}

/** The value of a function that the sheet defines; null for any other call. */
export function readDefinedCall(scope: Scope, call: SurfaceCall): Expr | null {
	const found = findFunction(scope.passage, call.function);
	if (!found) return null;
	const { what: definition, subscripts } = found;
	const bound = bindArguments(scope, call, definition);
	const at = indicesOf(scope, call, subscripts, definition);
	const body = withNames(
		definition.body,
		new Map(bound.map((b) => [b.written, b.info.name])),
	);
	const tree = readBody(scope, call, definition, body, bound);
	// With something to replace, all that the body binds is named anew: no index of an argument is captured.
	const named = substituteIndices(tree, new Map([["#", index("#")], ...at]));
	const values = new Map(bound.map((b) => [b.info.name, b.value]));
	const value = replaceSymbols(named, (s) => {
		const found = values.get(s.name);
		return found ? entryIn(found, s) : s;
	});
	scope.passage.takeIn(value, call.span);
	return value;
}

function bindArguments(
	scope: Scope,
	call: SurfaceCall,
	definition: FunctionDefinition,
): readonly Bound[] {
	const written = [...call.arguments, ...call.given, ...call.parameters];
	if (written.length !== definition.arguments.length)
		throw new Problem(
			`\`${latexOf(call.function)}\` was defined with ${definition.arguments.length} arguments`,
			call.span,
			`${latexOf(call.function)}(${definition.arguments.join(", ")})`,
		);
	return written.map((s, i) => {
		const value = readWhole(scope, s);
		const name = definition.arguments[i] as string;
		return { written: name, info: standIn(scope, name, value), value };
	});
}

/** A symbol of the shape of a value, and of its type where that is a symbol too. */
function standIn(scope: Scope, name: string, value: Expr): SymbolInfo {
	const own =
		value.kind === "symbol" ? scope.passage.symbol(value.name)?.type : null;
	return argument(
		freshName(name),
		own === "count" || own === "integer" ? own : "real",
		shapeOf(value),
	);
}

/** What is known of the argument of a function. */
export function argument(
	name: string,
	type: SymbolInfo["type"] = "real",
	dims: SymbolInfo["dims"] = [],
): SymbolInfo {
	return {
		name,
		latex: name,
		type,
		dims,
		labels: null,
		role: "parameter",
		line: 0,
	};
}

function indicesOf(
	scope: Scope,
	{ function: name, span }: SurfaceCall,
	subscripts: readonly Surface[],
	{ params }: FunctionDefinition,
): readonly (readonly [string, Expr])[] {
	if (subscripts.length !== params.length)
		throw new Problem(
			`\`${latexOf(name)}\` was defined with ${params.length} subscripts`,
			span,
			"the same number of subscripts",
		);
	return params.map((param, i) => {
		const at = readIndex(scope, subscripts[i] as Surface);
		fitAxis(scope, at, param.range, span);
		return [param.index, at] as const;
	});
}

/** The right side of the definition, in a place where its subscripts and arguments are all that is known of names. */
function readBody(
	scope: Scope,
	call: SurfaceCall,
	{ params }: FunctionDefinition,
	body: Surface,
	bound: readonly Bound[],
): Expr {
	const place = params.reduce(
		(outer, { index, range }) => outer.bind(index, range, true).inner,
		scope.outermost(),
	);
	try {
		return scope.passage.knowing(
			bound.map((b) => b.info),
			() => place.read(body),
		);
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		throw new Problem(
			`in the definition of \`${latexOf(call.function)}\`: ${problem.message}`,
			call.span,
			problem.expected,
		);
	}
}

/** The surface with names replaced, wherever they stand as a whole name: with subscripts, labels and accents kept. */
function withNames(s: Surface, names: ReadonlyMap<string, string>): Surface {
	const inner = mapSurface(s, (child) => withNames(child, names));
	if (inner.kind !== "name") return inner;
	const name = names.get(keyOf(inner));
	return name === undefined ? inner : renamed(inner, name);
}

function renamed(s: SurfaceName, name: string): SurfaceName {
	return { ...s, name, style: "plain", accents: [], labels: [] };
}

/** What a symbol with subscripts stands for, where the symbol stands for a value. */
function entryIn(value: Expr, s: Sym): Expr {
	return s.indices.length === 0 ? value : entry(value, ...s.indices);
}
