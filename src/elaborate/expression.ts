import { num } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Dim, Expr } from "../expr/tree.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { settingOf } from "./abstract.js";
import {
	readFraction,
	readPower,
	readProduct,
	readSum,
	readTransposed,
} from "./arithmetic.js";
import { readBars } from "./bars.js";
import { readBig } from "./big.js";
import { nameApart } from "./binders.js";
import { readCases } from "./cases.js";
import { readBareDensity, readDensity } from "./densities.js";
import {
	densityLetter,
	isDensityCall,
	isElboName,
	isEntropyName,
	isKlName,
} from "./densityName.js";
import { readDerivative } from "./derivative.js";
import {
	distributionOf,
	readDistributionValue,
	readTuple,
} from "./distributionCall.js";
import { divergence, entropy } from "./divergence.js";
import { readEntry } from "./entry.js";
import { readEvaluation } from "./evaluation.js";
import { readExpectation } from "./expectation.js";
import { isExtremum } from "./extremum.js";
import { readDefinedCall } from "./functionCall.js";
import { namedFunction } from "./functions.js";
import { readIndicator } from "./indicator.js";
import { conditionalEntropy, mutualInformation } from "./information.js";
import { readIntegral } from "./integral.js";
import { findDefinition, findSymbol } from "./lookup.js";
import { checkBoundArguments, lowerBound } from "./lowerBound.js";
import { readMatrix } from "./matrix.js";
import { latexOf } from "./names.js";
import { Passage, Scope } from "./scope.js";
import type { Setting } from "./setting.js";
import { isUnsettled, settle } from "./shapes.js";
import type { State } from "./state.js";
import { visitSurface } from "./surfaceWalk.js";
import { readName, readPrimed } from "./symbols.js";
import { readFunctionTable } from "./tables.js";

/** The tree of any surface: the one place that knows all readers. */
function read(s: Surface, scope: Scope): Expr {
	switch (s.kind) {
		case "number":
			return readNumber(s.text, s.span);
		case "name":
			return readNamed(scope, s);
		case "sum":
			return readSum(scope, s);
		case "product":
			return readProduct(scope, s);
		case "fraction":
			return readFraction(scope, s);
		case "power":
			return readPower(scope, s);
		case "transposed":
			return readTransposed(scope, s.of);
		case "primed":
			return readPrimed(scope, s);
		case "call":
			return readCall(scope, s);
		case "expectation":
			return readExpectation(scope, s);
		case "big":
			return readBig(scope, s);
		case "integral":
			return readIntegral(scope, s);
		case "bars":
			return readBars(scope, s);
		case "entry":
			return readEntry(scope, s);
		case "indicator":
			return readIndicator(scope, s);
		case "derivative":
			return readDerivative(scope, s);
		case "evaluation":
			return readEvaluation(scope, s);
		case "tuple":
			return readTuple(scope, s);
		case "matrix":
			return readMatrix(scope, s);
		case "cases":
			return readCases(scope, s);
		case "relation":
			throw new Problem("a relation inside a formula", s.span, "an expression");
		case "dots":
			throw new Problem(
				"dots that leave the formula open",
				s.span,
				"a Σ, a Π, or all the terms",
			);
		case "const":
			throw new Problem(
				"a constant inside a formula",
				s.span,
				"+ const as a term of the whole side",
			);
	}
}

/** Decimals are exact. */
function readNumber(text: string, span: Span): Expr {
	if (!/^(\d+(\.\d*)?|\.\d+)$/.test(text))
		throw new Problem(`\`${text}\` is no number`, span, "digits, such as 0.5");
	return num(text.replace(/\.$/, ""));
}

function readNamed(scope: Scope, s: SurfaceName): Expr {
	const known =
		findSymbol(scope.passage, s) ?? findDefinition(scope.passage, s);
	if (known) return readName(scope, s);
	if (isElboName(s)) return lowerBound(scope, s.span);
	if (densityLetter(s)) return readBareDensity(scope, s);
	return readName(scope, s);
}

function readCall(scope: Scope, s: SurfaceCall): Expr {
	const { function: name } = s;
	if (isExtremum(s))
		throw new Problem(
			"an argmax within a formula",
			name.span,
			"it as a whole side of an equation",
		);
	if (isDensityCall(s)) return readDensity(scope, s);
	if (isKlName(name)) return divergence(scope, s);
	if (isElboName(name)) {
		checkBoundArguments(scope, s);
		return lowerBound(scope, s.span);
	}
	if (isEntropyName(name))
		return (
			conditionalEntropy(scope, s, null) ??
			entropy(scope, [...s.arguments, ...s.given], s.span)
		);
	const defined = readDefinedCall(scope, s);
	if (defined) return defined;
	const distribution = distributionOf(s);
	const named = namedFunction(s);
	if (distribution && (!named || s.given.length + s.parameters.length > 0))
		return readDistributionValue(scope, s, distribution);
	if (named) return named(scope, s);
	const table = readFunctionTable(scope, s) ?? mutualInformation(scope, s);
	if (table) return table;
	throw new Problem(
		`\`${latexOf(name)}\` is no known function`,
		name.span,
		`log, exp, tr, det, a named distribution, p, q; ${latexOf(name)}(x) := … before it; or a product sign, if a product is meant`,
	);
}

/** A place at the top of a formula in a passage. */
export function topScope(passage: Passage): Scope {
	return new Scope(passage, read);
}

/** A passage in which the surfaces are read together: they share free indices and unnamed variables. */
export function openPassage(
	surfaces: readonly Surface[],
	state: State,
	inherited: Setting | null = null,
	ranges: ReadonlyMap<string, Dim> = new Map(),
): Passage {
	const setting = settingOf(surfaces, state, inherited);
	const letters = lettersIn(surfaces, state);
	return new Passage(state, letters, setting, surfaces, ranges);
}

/** Names that stand as subscripts and are neither symbols nor sizes: index letters. */
function lettersIn(
	surfaces: readonly Surface[],
	state: State,
): ReadonlySet<string> {
	const letters = new Set<string>();
	const collect = (s: Surface) => {
		if (s.kind === "name" && s.subscripts.length === 0) letters.add(s.name);
		if (s.kind === "primed" && s.of.kind === "name")
			letters.add(s.of.name + "'".repeat(s.count));
	};
	for (const surface of surfaces)
		visitSurface(surface, (s) => {
			if (s.kind === "name")
				for (const sub of s.subscripts) visitSurface(sub, collect);
			if (s.kind === "entry") for (const at of s.at) visitSurface(at, collect);
			if (s.kind === "indicator") visitSurface(s.condition, collect);
			if (s.kind === "cases")
				for (const { condition } of s.rows)
					if (condition) visitSurface(condition, collect);
		});
	const { symbols, sizes } = state.context;
	return new Set([...letters].filter((l) => !symbols.has(l) && !sizes.has(l)));
}

/**
 * The tree with everything settled that could wait for a neighbour: sizes of identities, names of bound indices.
 * @throws Problem if a size stays unknown.
 */
export function finish(tree: Expr, passage: Passage, span: Span): Expr {
	const settled = isUnsettled(tree)
		? settle(tree, usualSize(passage, span))
		: tree;
	return nameApart(settled);
}

/** The one size that vectors and matrices of the sheet have, for an `I` that stands alone. */
function usualSize(passage: Passage, span: Span): Dim {
	const { context } = passage.state;
	const factors = [
		...(context.model?.statements ?? []),
		...(context.family?.factors ?? []),
	];
	const matrices = [...context.symbols.values()].filter(
		(info) => info.type === "posdef" || info.type === "symmetric",
	);
	const vectors = [...context.symbols.values()].filter(
		(info) => info.type === "real" && info.dims.length === 1,
	);
	for (const group of [
		factors.map((f) => f.shape[0]),
		matrices.map((m) => m.dims.at(-1)),
		vectors.map((v) => v.dims[0]),
	]) {
		const sizes = new Set(group.filter((d) => d !== undefined));
		const [size] = sizes;
		if (size !== undefined && sizes.size === 1) return size;
	}
	throw new Problem(
		"the size of `I` is not known here",
		span,
		"the size as a subscript, I_D",
	);
}

/** A formula and the context in which its free indices have their ranges. */
export function elaborateFormula(
	surface: Surface,
	state: State,
): { expr: Expr; context: Context } {
	const passage = openPassage([surface], state);
	const tree = topScope(passage).read(surface);
	return {
		expr: finish(tree, passage, surface.span),
		context: passage.context(),
	};
}

/**
 * The tree of one formula.
 * @throws Problem where it cannot be read or typed.
 */
export function elaborateExpression(surface: Surface, state: State): Expr {
	return elaborateFormula(surface, state).expr;
}
