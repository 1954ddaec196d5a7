import type { Distribution } from "../distributions/distribution.js";
import { add, isNumber, mul, sub, symbol } from "../expr/build.js";
import type { SymbolInfo } from "../expr/context.js";
import type { Domain, Expr, Factor, Shape } from "../expr/tree.js";
import { replaceSymbols, some } from "../expr/walk.js";
import { bareName } from "../latex/bareName.js";
import type {
	Surface,
	SurfaceCall,
	SurfaceIntegral,
	SurfaceName,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isDensityCall } from "./densityName.js";
import { factorOf } from "./dependence.js";
import { distributionOf, splitArguments } from "./distributionCall.js";
import { isInfinite, isMinusInfinite } from "./infinity.js";
import type { Instance } from "./instance.js";
import { domainOf as domainOfFactor, integrate } from "./joint.js";
import { findSymbol } from "./lookup.js";
import { readNamedLaw } from "./namedLaw.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";
import { isScalar } from "./shapes.js";
import { someSurface, visitSurface } from "./surfaceWalk.js";
import { integrateUnnamed, unnamedVariable } from "./tables.js";
import { readInstance } from "./variables.js";
import { mustIntegrateAll } from "./wholeValues.js";

/** ∫ body d…, over unnamed variables, random variables of the model, declared symbols, or a variable of its own. */
export function readIntegral(scope: Scope, s: SurfaceIntegral): Expr {
	const measures =
		s.measures.length > 0 ? s.measures : missingMeasures(scope, s);
	const integrals = measures.map((m) => overMeasure(scope, s, m));
	const body = scope.read(s.body);
	return integrals.reduceRight((tree, over) => over(tree), body);
}

/** Puts an integral over one variable around a body. */
type Over = (body: Expr) => Expr;

/**
 * Where no measure is written, an abstract passage can leave no choice: under q it is over q's variables, else over
 * the one variable that the head of the chain is not about.
 */
function missingMeasures(scope: Scope, s: SurfaceIntegral): readonly Surface[] {
	const { setting } = scope.passage;
	const inside = variablesIn(scope, s.body);
	const underQ = someSurface(
		s.body,
		(n) => isDensityCall(n) && n.function.name === "q",
	);
	const others = inside.filter((name) => !setting?.ofHead.includes(name));
	const meant = underQ ? (setting?.latents ?? []) : others;
	if (meant.length === 0 || (!underQ && meant.length > 1))
		throw new Problem(
			"the measure of this integral is missing",
			s.span,
			"d and a variable behind it, as in dz",
		);
	return meant.map((name) => bareName(name, s.span));
}

/** The unnamed variables that a formula mentions. */
function variablesIn(scope: Scope, body: Surface): readonly string[] {
	const found = new Set<string>();
	visitSurface(body, (n) => {
		const variable = unnamedVariable(scope, n);
		if (variable) found.add(variable.name);
	});
	return [...found];
}

function overMeasure(scope: Scope, s: SurfaceIntegral, measure: Surface): Over {
	const { setting, state } = scope.passage;
	const unnamed = unnamedVariable(scope, measure);
	if (setting && unnamed) {
		const uncounted = { ...setting, counted: new Set<string>() };
		mustIntegrateAll(scope, s, { kind: "unnamed", counting: false });
		return (body) => integrateUnnamed(uncounted, [unnamed.name], body);
	}
	const factors: readonly Factor[] = [
		...(state.context.model?.statements ?? []),
		...(state.context.family?.factors ?? []),
	];
	const instance = readInstance(scope, factors, measure);
	if (instance) return overInstance(scope, s, factors, instance);
	if (measure.kind === "name") return overSymbol(scope, s, measure);
	throw new Problem(
		"this is no variable of integration",
		measure.span,
		"a name, as in dz",
	);
}

function overInstance(
	scope: Scope,
	s: SurfaceIntegral,
	factors: readonly Factor[],
	instance: Instance,
): Over {
	const factor = factorOf(factors, instance.variable);
	mustIntegrateAll(scope, s, domainOfFactor(factor));
	return (body) => integrate(factor, instance, body);
}

/** A declared symbol without further axes, or a letter of the integral's own, which is a real number. */
function overSymbol(
	scope: Scope,
	s: SurfaceIntegral,
	measure: SurfaceName,
): Over {
	const info =
		findSymbol(scope.passage, measure)?.what ??
		drawnVariable(scope, s.body, measure) ??
		ownVariable(scope, measure);
	const shape: Shape = info.dims;
	const isMatrix = info.type === "posdef" && shape.length === 2;
	if (measure.subscripts.length > 0 || (shape.length > 1 && !isMatrix))
		throw new Problem(
			`\`${latexOf(measure)}\` is no single number or vector to integrate over`,
			measure.span,
			"a number, a vector or a positive definite matrix",
		);
	const part = partOfLine(scope, s, info);
	if (part) return part;
	const domain = domainOf(scope, s, info, shape);
	return (body) => over(info.name, domain, body);
}

function over(variable: string, domain: Domain, body: Expr): Expr {
	const all = { plates: [], only: null, except: null };
	return { kind: "integral", variable, ...all, domain, body };
}

/**
 * `\int_a^\infty f(t) dt` as the integral of f(a + t) over the positive numbers, `\int_{-\infty}^b` as that of f(b − t), and
 * `\int_a^b` as that of (b − a) f(a + (b − a) t) over the unit interval, whichever of the bounds is greater. Null for bounds that
 * are known domains.
 */
function partOfLine(
	scope: Scope,
	s: SurfaceIntegral,
	{ name, type, dims }: SymbolInfo,
): Over | null {
	if (!s.upper || !s.lower || type !== "real" || dims.length > 0) return null;
	const [lower, upper] = [scope.read(s.lower), scope.read(s.upper)];
	const ends = [lower, upper].filter((bound) => !isInfinite(bound));
	const isKnown =
		ends.length === 0 ||
		(isNumber(lower, 0) && (isInfinite(upper) || isNumber(upper, 1)));
	const isOpen = ends.every(
		(e) =>
			isScalar(e) && !some(e, (x) => x.kind === "symbol" && x.name === name),
	);
	if (isKnown || !isOpen || isMinusInfinite(upper)) return null;
	const t = symbol(name);
	if (isInfinite(upper))
		return moved(name, { kind: "positive" }, add(lower, t));
	if (isInfinite(lower))
		return moved(name, { kind: "positive" }, sub(upper, t));
	const length = sub(upper, lower);
	const inside = moved(name, { kind: "unit" }, add(lower, mul(length, t)));
	return (body) => mul(length, inside(body));
}

/** Around a body in which the variable stands for another tree. */
function moved(name: string, domain: Domain, by: Expr): Over {
	return (body) => {
		if (some(body, (e) => e.kind === "derivative" && e.by.name === name))
			throw new Problem(
				"a derivative by what is integrated over between these bounds",
				null,
				"the derivative written out",
			);
		const put = replaceSymbols(body, (x) => (x.name === name ? by : x));
		return over(name, domain, put);
	};
}

/** A letter that stands nowhere else is what the density of it under the integral says: `\int N(x | z, S) N(z | m, S) dz`. */
function drawnVariable(
	scope: Scope,
	body: Surface,
	measure: SurfaceName,
): SymbolInfo | null {
	const key = keyOf(measure);
	const calls: SurfaceCall[] = [];
	visitSurface(body, (n) => {
		const distribution = distributionOf(n);
		if (n.kind !== "call" || !distribution || isDiscrete(distribution)) return;
		const { variable } = splitArguments(n);
		if (variable?.kind === "name" && keyOf(variable) === key) calls.push(n);
	});
	const [call] = calls;
	if (!call || !isPlainName(measure)) return null;
	readNamedLaw(scope, call);
	return scope.passage.symbol(key) ?? null;
}

function isDiscrete(distribution: Distribution): boolean {
	const { kind } = distribution.support([], null);
	return ["labels", "counts", "compositions"].includes(kind);
}

function ownVariable(scope: Scope, measure: SurfaceName): SymbolInfo {
	if (!isPlainName(measure) || scope.passage.isSize(measure.name))
		throw new Problem(
			`\`${latexOf(measure)}\` has no declared type`,
			measure.span,
			`add \`symbols: {${keyOf(measure)}: real}\``,
		);
	const info: SymbolInfo = {
		name: keyOf(measure),
		latex: latexOf(measure),
		type: "real",
		dims: [],
		labels: null,
		role: "parameter",
		line: 0,
	};
	scope.passage.addSymbol(info);
	return info;
}

function domainOf(
	scope: Scope,
	s: SurfaceIntegral,
	info: SymbolInfo,
	shape: Shape,
): Domain {
	const lower = s.lower && !isRealSpace(s.lower) ? scope.read(s.lower) : null;
	const upper = s.upper ? scope.read(s.upper) : null;
	const isWhole =
		(!lower || isInfinite(lower)) && (!upper || isInfinite(upper));
	if (lower && upper && shape.length === 0 && isNumber(lower, 0)) {
		if (isInfinite(upper)) return { kind: "positive" };
		if (isNumber(upper, 1)) return { kind: "unit" };
	}
	if (!isWhole)
		throw new Problem(
			"bounds that are not supported",
			s.span,
			"the whole line, 0 … ∞ or 0 … 1",
		);
	if (shape.length === 1 && info.type === "simplex")
		return { kind: "simplex", shape };
	if (shape.length === 2 && info.type === "posdef")
		return { kind: "posdef", shape };
	if (shape.length === 0 && info.type === "positive" && !lower)
		return { kind: "positive" };
	if (shape.length === 0 && info.type === "probability" && !lower)
		return { kind: "unit" };
	return { kind: "real", shape };
}

/** `\int_{\mathbb R^D}` is over the whole space. */
function isRealSpace(s: Surface): boolean {
	if (s.kind === "power") return isRealSpace(s.base);
	return (
		s.kind === "name" &&
		s.name === "R" &&
		s.style === "bb" &&
		s.labels.length + s.subscripts.length === 0
	);
}
