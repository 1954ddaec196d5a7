import { entry } from "../expr/build.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type { Expr, Sym } from "../expr/tree.js";
import { freeIndices, replaceSymbols, some, visit } from "../expr/walk.js";
import type { SurfaceEvaluation, SurfaceRelation } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import type { Scope } from "./scope.js";
import { conform, mismatch } from "./shapes.js";
import { readWhole } from "./symbols.js";

/** `f |_{x = m, y = n}`: the values stand in place of the symbols, all at once. */
export function readEvaluation(scope: Scope, s: SurfaceEvaluation): Expr {
	const body = scope.read(s.of);
	const settings = s.at.map((relation) => settingOf(scope, relation));
	const names = settings.map(({ symbol }) => symbol.name);
	const later = settings.slice(1);
	if (later.some(({ value }) => mentionsAny(value, names)))
		throw new Problem(
			"a value that mentions what is set beside it",
			s.span,
			"one bar for each symbol",
		);
	return settings.reduce(
		(tree, { symbol, value }) => evaluated(tree, symbol, value, s.span),
		body,
	);
}

function settingOf(
	scope: Scope,
	{ left, right, span }: SurfaceRelation,
): { symbol: Sym; value: Expr } {
	const symbol = readWhole(scope, left);
	if (symbol.kind !== "symbol" || symbol.indices.length > 0)
		throw new Problem(
			"this is no symbol to put a value in for",
			left.span,
			"a symbol without subscripts, as in |_{x = m}",
		);
	const value = readWhole(scope, right);
	const fitting = conform(value, symbol.shape) ?? value;
	if (!sameShape(shapeOf(fitting), symbol.shape))
		throw mismatch(shapeOf(value), symbol.shape, span);
	return { symbol, value: fitting };
}

function mentionsAny(tree: Expr, names: readonly string[]): boolean {
	return some(tree, (e) => e.kind === "symbol" && names.includes(e.name));
}

/**
 * Puts the value in; or says that the symbol has that value there, where something differentiates by the symbol or by what the
 * value mentions, or where an index of the value could be captured.
 */
function evaluated(body: Expr, symbol: Sym, value: Expr, span: Span): Expr {
	const { name } = symbol;
	const names = [name, ...symbolsIn(value)];
	const bound = names.find((own) => some(body, (e) => binds(e, own)));
	if (bound)
		throw new Problem(
			`\`${bound}\` is bound by an expectation or integral before the bar`,
			span,
			"the bar inside of it, or another name",
		);
	const differentiates = (e: Expr) =>
		e.kind === "derivative" && names.includes(e.by.name);
	if (some(body, differentiates) || freeIndices(value).size > 0)
		return { kind: "evaluation", symbol, value, body };
	return replaceSymbols(body, (s) => {
		if (s.name !== name) return s;
		return s.indices.length > 0 ? entry(value, ...s.indices) : value;
	});
}

function symbolsIn(tree: Expr): readonly string[] {
	const names = new Set<string>();
	visit(tree, (e) => e.kind === "symbol" && names.add(e.name));
	return [...names];
}

function binds(e: Expr, name: string): boolean {
	if (e.kind === "integral") return e.variable === name;
	return (
		(e.kind === "expectation" &&
			e.over.some(({ factor }) => factor.variable === name)) ||
		(e.kind === "evaluation" && e.symbol.name === name) ||
		(e.kind === "table" &&
			[...e.of, ...e.given, ...e.parameters].some((v) => v.name === name))
	);
}
