import {
	apply,
	div,
	entry,
	index,
	mul,
	one,
	pi,
	sub,
	symbol,
	transpose,
} from "../expr/build.js";
import type { SymbolInfo } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import { meantName } from "../expr/spelling.js";
import type { Dim, Expr, Shape } from "../expr/tree.js";
import { freshName, substituteIndices } from "../expr/walk.js";
import type { Surface, SurfaceName, SurfacePrimed } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { fitAxis, readIndex, readLabel, wrongCount } from "./indices.js";
import { equals, oneHot } from "./labels.js";
import { findDefinition, findSymbol, keyWith } from "./lookup.js";
import { impliedMultiplier, renewedMultiplier } from "./multiplier.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { alongAxes } from "./raised.js";
import type { Scope } from "./scope.js";
import { isScalar, onesOf, unknownSize } from "./shapes.js";
import type { Definition } from "./state.js";
import { isCapital } from "./variables.js";

/** The tree of a name that is no density, expectation or function. */
export function readName(scope: Scope, s: SurfaceName): Expr {
	const key = keyOf(s);
	if (s.subscripts.length === 0 && scope.bound(key))
		return index(scope.bound(key)?.name ?? key);
	const definition = findDefinition(scope.passage, s);
	const found = findSymbol(scope.passage, s);
	// Of S := … and a declared S_N the name S_N is the second.
	const isDefined =
		definition &&
		definition.subscripts.length <= (found?.subscripts ?? s.subscripts).length;
	if (isDefined)
		return useDefinition(scope, s, definition.what, definition.subscripts);
	const renewed = found && renewedMultiplier(scope, s, found.what);
	if (found && !renewed && !isConstantPi(s, found.what))
		return readSymbol(scope, s, found.what, found.subscripts);
	const other = renewed
		? null
		: (readBuiltIn(scope, s) ??
			readSizeOrIndex(scope, s) ??
			readStackedRows(scope, s));
	if (other) return other;
	const multiplier = renewed ?? impliedMultiplier(scope, s);
	if (!multiplier) return undeclared(scope, s);
	scope.passage.imply(multiplier);
	scope.passage.note(
		`\`${latexOf(s)}\` was read as a Lagrange multiplier, a real number`,
		s.span,
	);
	return readSymbol(scope, s, multiplier, s.subscripts);
}

/** Where weights π_k are declared, a bare π beside numbers is still the constant; a vector π is asked for by `weights`. */
function isConstantPi(s: SurfaceName, info: SymbolInfo): boolean {
	return isPlainName(s) && s.name === "pi" && info.dims.length > 0;
}

/** A name in a place that takes a whole vector or matrix: `π` in `Cat(π)` is the declared vector. */
export function readWhole(scope: Scope, s: Surface): Expr {
	if (s.kind !== "name") return scope.read(s);
	const found = findSymbol(scope.passage, s);
	return found && !scope.bound(keyOf(s))
		? readSymbol(scope, s, found.what, found.subscripts)
		: scope.read(s);
}

function readSymbol(
	scope: Scope,
	s: SurfaceName,
	info: SymbolInfo,
	subscripts: readonly Surface[],
): Expr {
	if (info.type === "unnamed")
		throw new Problem(
			`\`${latexOf(s)}\` is the variable of an unnamed density here and has no value of its own`,
			s.span,
			"a density or function of it, or a model that says what it is",
		);
	if (info.type === "label") return readLabelValue(scope, s, info);
	const { dims } = info;
	if (subscripts.length > dims.length) throw wrongCount(s, dims);
	const written = alongAxes(scope, s, subscripts, dims);
	const indices = splitDigits(scope, written, dims).map((sub, i) =>
		readSubscript(scope, sub, dims[i] as Dim),
	);
	const shape = dims.slice(indices.length);
	if (shape.length > 2)
		throw wrongCount(s, dims.slice(0, dims.length - eventAxes(scope, info)));
	return symbol(info.name, indices, shape);
}

/** `A_{12}` has two subscripts where A has two axes. */
function splitDigits(
	scope: Scope,
	subscripts: readonly Surface[],
	dims: readonly Dim[],
): readonly Surface[] {
	const [only] = subscripts;
	if (subscripts.length !== 1 || dims.length !== 2 || only?.kind !== "number")
		return subscripts;
	if (!/^[1-9]{2}$/.test(only.text)) return subscripts;
	scope.passage.note(
		`the subscript ${only.text} was read as ${[...only.text].join(", ")}`,
		only.span,
	);
	return [...only.text].map((text) => ({ ...only, text }));
}

/** Axes of one value of a random variable; of another symbol at most two. */
function eventAxes(scope: Scope, info: SymbolInfo): number {
	const { model, family } = scope.passage.state.context;
	const factor = [
		...(model?.statements ?? []),
		...(family?.factors ?? []),
	].find((f) => f.variable === info.name);
	return factor ? factor.shape.length : Math.min(2, info.dims.length - 1);
}

function readSubscript(scope: Scope, s: Surface, dim: Dim): Expr {
	const at = readIndex(scope, s);
	fitAxis(scope, at, dim, s.span);
	return at;
}

/** `c_i` as a one-hot column, `c_{ik}` as its entry. */
function readLabelValue(scope: Scope, s: SurfaceName, info: SymbolInfo): Expr {
	const plates = info.dims.length;
	const label = readLabel(
		scope,
		{
			...s,
			subscripts: s.subscripts.slice(
				0,
				Math.max(plates, s.subscripts.length - 1),
			),
		},
		info,
	);
	if (s.subscripts.length === plates) return oneHot(label, info.labels as Dim);
	return equals(
		label,
		readSubscript(scope, s.subscripts[plates] as Surface, info.labels as Dim),
	);
}

function useDefinition(
	scope: Scope,
	s: SurfaceName,
	definition: Definition,
	subscripts: readonly Surface[],
): Expr {
	for (const info of definition.symbols) scope.passage.addSymbol(info);
	const { params } = definition;
	const at = subscripts.map((sub) => readIndex(scope, sub));
	params.forEach((param, i) => {
		fitAxis(scope, at[i] as Expr, param.range, subscripts[i]?.span ?? s.span);
	});
	const body = substituteIndices(
		definition.body,
		new Map(params.map((param, i) => [param.index, at[i] as Expr])),
	);
	scope.passage.takeIn(body, s.span);
	const rest = at.slice(params.length);
	if (rest.length === 0) return body;
	const shape: Shape = shapeOf(body);
	if (rest.length !== shape.length)
		throw wrongCount(s, [...params.map((p) => p.range), ...shape]);
	rest.forEach((place, i) => {
		fitAxis(scope, place, shape[i] as Dim, s.span);
	});
	return entry(body, ...rest);
}

function readBuiltIn(scope: Scope, s: SurfaceName): Expr | null {
	if (s.accents.length > 0 || s.labels.length > 0) return null;
	if (s.name === "I" && s.subscripts.length <= 1)
		return identity(scope, s.subscripts[0] ?? null);
	if (s.name === "1" && s.subscripts.length <= 1)
		return ones(scope, s.subscripts[0] ?? null);
	if (s.name === "e" && s.subscripts.length === 1)
		return unitVector(scope, s.subscripts[0] as Surface, s.span);
	if (s.name === "delta" && s.subscripts.length === 2)
		return delta(scope, s.subscripts as [Surface, Surface]);
	if (s.subscripts.length > 0 || s.style === "cal" || s.style === "frak")
		return null;
	if (s.name === "0") return { kind: "num", value: one.value.sub(1) };
	if (s.name === "pi") return constantPi(scope, s);
	if (s.name === "e" && !scope.passage.letters.has("e"))
		return apply("exp", one);
	if (s.name === "infty") return { kind: "constant", name: "infinity" };
	return null;
}

function constantPi(scope: Scope, s: SurfaceName): Expr {
	if (scope.passage.symbol("pi"))
		scope.passage.note(
			"a bare π is the constant here, π with a subscript the declared symbol",
			s.span,
		);
	return pi;
}

function identity(scope: Scope, size: Surface | null): Expr {
	return { kind: "identity", size: size ? readSize(scope, size) : unknownSize };
}

function ones(scope: Scope, size: Surface | null): Expr {
	return onesOf(size ? readSize(scope, size) : unknownSize);
}

/** `e_i` where nothing else has that name: the column with a 1 at i, as long as the axis that i runs along. */
function unitVector(scope: Scope, at: Surface, span: Span): Expr {
	const i = readIndex(scope, at);
	const size =
		i.kind === "index"
			? (scope.boundAs(i.name)?.range ?? scope.passage.rangeOf(i.name))
			: null;
	const d = freshName("d");
	scope.passage.note("e with a subscript was read as a unit vector", span);
	return {
		kind: "tabulate",
		index: d,
		size: size ?? unknownSize,
		body: { kind: "indicator", comparison: "=", left: index(d), right: i },
	};
}

/** The size that a subscript of `I` or `1` names. */
function readSize(scope: Scope, s: Surface): Dim {
	const at = readIndex(scope, s);
	if (at.kind === "size") return at.name;
	if (at.kind === "num") return at.value.valueOf();
	throw new Problem("this is no size", s.span, "a size such as D");
}

/** Kronecker's δ_{kl}. */
function delta(scope: Scope, [left, right]: readonly [Surface, Surface]): Expr {
	return equals(readIndex(scope, left), readIndex(scope, right));
}

function readSizeOrIndex(scope: Scope, s: SurfaceName): Expr | null {
	if (!isPlainName(s)) return null;
	const key = keyOf(s);
	if (scope.passage.isSize(key)) return { kind: "size", name: key };
	const isIndex =
		scope.passage.letters.has(key) || scope.passage.rangeOf(key) !== null;
	return isIndex ? index(key) : null;
}

/** `Φ` where nothing has that name and the rows φ_n are declared: the matrix of these. */
function readStackedRows(scope: Scope, s: SurfaceName): Expr | null {
	const key = keyOf(s);
	const rows = isCapital(key) ? scope.passage.symbol(key.toLowerCase()) : null;
	if (s.subscripts.length > 0 || rows?.dims.length !== 2) return null;
	scope.passage.note(
		`\`${latexOf(s)}\` was read as the matrix whose rows are the ${rows.latex} with a subscript`,
		s.span,
	);
	return symbol(rows.name, [], rows.dims);
}

function undeclared(scope: Scope, s: SurfaceName): never {
	const inName = s.subscripts.findIndex((sub) => sub.kind !== "number");
	const taken = inName < 0 ? s.subscripts.length : inName;
	const key = keyWith(s, taken) ?? keyOf(s);
	const shape = s.subscripts.slice(taken).map((sub) => hintedDim(scope, sub));
	const type = shape.length === 0 ? "real" : `real[${shape.join(",")}]`;
	const meant = meantName(key, scope.passage.state.context.symbols.keys());
	if (meant)
		throw new Problem(
			`\`${key}\` has no declared type, \`${meant}\` has one`,
			s.span,
			`one spelling: \`${key}\` in the front matter for what formulas write with a subscript`,
		);
	throw new Problem(
		`\`${latexOf(s)}\` has no declared type`,
		s.span,
		`add \`symbols: {${key}: ${type}}\` (or positive, simplex, …), or define it with \`:=\``,
	);
}

function hintedDim(scope: Scope, s: Surface): Dim {
	if (s.kind !== "name") return "N";
	const key = keyOf(s);
	return (
		scope.bound(key)?.range ??
		scope.passage.rangeOf(key) ??
		scope.passage.symbol(key)?.labels ??
		"N"
	);
}

/** `x'`: the transpose of a vector or matrix, an index `k'`, or a symbol of that name. */
export function readPrimed(scope: Scope, s: SurfacePrimed): Expr {
	if (s.of.kind === "name") {
		const primed = {
			...s.of,
			name: s.of.name + "'".repeat(s.count),
			span: s.span,
		};
		const key = keyOf(primed);
		if (
			scope.bound(key) ||
			findSymbol(scope.passage, primed) ||
			findDefinition(scope.passage, primed)
		)
			return readName(scope, primed);
		if (scope.passage.letters.has(key)) return readName(scope, primed);
	}
	const of = scope.read(s.of);
	const slope = s.count === 1 && s.of.kind === "call" ? slopeOf(of) : null;
	if (slope) return slope;
	if (s.count === 1 && !isScalar(of)) return transpose(of);
	throw new Problem(
		"a prime on a number",
		s.span,
		"a vector or matrix to transpose; a derivative as ∂/∂x",
	);
}

/** ψ′(x) and σ′(x) = σ(x) (1 − σ(x)), derivatives that are written with a prime; null for other functions. */
function slopeOf(of: Expr): Expr | null {
	if (of.kind !== "apply") return null;
	if (of.fn === "digamma") return { ...of, fn: "trigamma" };
	return of.fn === "sigmoid" ? mul(of, sub(one, of)) : null;
}

/** One over a tree, for exponents and fractions. */
export function reciprocal(of: Expr): Expr {
	return div(one, of);
}
