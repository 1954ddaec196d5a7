import { mul } from "../expr/build.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { withComponent } from "./component.js";
import { conditional } from "./conditional.js";
import { densityLetter, isDensityCall, isOptimal } from "./densityName.js";
import { factorOf } from "./dependence.js";
import { isArray } from "./indices.js";
import { all, type Instance, isRow } from "./instance.js";
import { densityOf } from "./joint.js";
import { conditionalLaw, factorLaw, type Law, tableLaw } from "./law.js";
import { findSymbol } from "./lookup.js";
import { mustBeNumber } from "./numberConditions.js";
import { optimalFactor } from "./optimal.js";
import { optimalTable } from "./optimalTable.js";
import type { Scope } from "./scope.js";
import { readWhole } from "./symbols.js";
import { bareTable, partsOf, readTable } from "./tables.js";
import { openTuples, readInstanceOrRow } from "./variables.js";

/** Calls of p and q: what model and family make of them, or tables where the passage is abstract. */

/** The value of `p(x | z)`, `q(μ_k)`, `q^*(c_i = k)`. */
export function readDensity(scope: Scope, call: SurfaceCall): Expr {
	const { setting } = scope.passage;
	if (setting && isDensityCall(call) && isOptimal(call.function))
		return optimalTable(scope, setting, call).density;
	if (setting) return mul(...partsOf(setting, readTable(scope, call)));
	const { factors, of, given } = readCall(scope, call);
	if (isOptimal(call.function)) refuseRows(factors, of, call);
	if (isOptimal(call.function))
		return optimalFactor(scope, factors, of, call.span);
	return conditional(factors, of, given, call.span);
}

/** The law that a call of p or q means under an expectation. */
export function readDensityLaw(scope: Scope, call: SurfaceCall): Law {
	const { setting } = scope.passage;
	if (setting && isDensityCall(call) && isOptimal(call.function))
		return optimalTable(scope, setting, call);
	if (setting) return tableLaw(setting, readTable(scope, call));
	const { factors, of, given } = readCall(scope, call);
	refuseRows(factors, of, call);
	if (isOptimal(call.function))
		throw new Problem(
			"an expectation under q^*",
			call.span,
			"an expectation under q",
		);
	if (of.some((x) => x.value))
		throw new Problem(
			"a law with the value of its variable put in",
			call.span,
			"the variable alone",
		);
	return conditionalLaw(factors, of, given, call.span);
}

/** A bare `q` or `p`: the density of everything that it is over. */
export function readBareDensity(scope: Scope, name: SurfaceName): Expr {
	const { setting } = scope.passage;
	if (setting) return mul(...partsOf(setting, bareTable(setting, name)));
	const factors = factorsOf(scope, name, name.span);
	return mul(...factors.map((f) => densityOf(f, all(f.variable))));
}

/** The law of a bare `q` or `p`. */
export function readBareLaw(scope: Scope, name: SurfaceName): Law {
	const { setting } = scope.passage;
	if (setting) return tableLaw(setting, bareTable(setting, name));
	const factors = factorsOf(scope, name, name.span);
	return factorLaw(factors, factors.map(wholeOf));
}

export function wholeOf(factor: Factor): Instance {
	return factor.plates.length === 0
		? { ...all(factor.variable), at: [] }
		: all(factor.variable);
}

/** The factors that a letter stands for. */
export function factorsOf(
	scope: Scope,
	name: SurfaceName,
	span: Span,
): readonly Factor[] {
	checkDecoration(scope, name);
	const { model, family } = scope.passage.state.context;
	const isP = densityLetter(name) === "p";
	const factors = isP ? model?.statements : family?.factors;
	if (factors) return factors;
	throw new Problem(
		isP ? "no model says what `p` is" : "no family says what `q` is",
		span,
		isP ? "a `::: model` block" : "a `::: family` block",
	);
}

/** `q_j(μ_j)`, `q_μ(μ)`, `p_θ(x)`: a decoration that names nothing known would change the meaning. */
function checkDecoration(scope: Scope, name: SurfaceName): void {
	const labelled =
		name.accents.length > 0 || (name.labels.length > 0 && !isOptimal(name));
	const odd = name.subscripts.some(
		(s) => s.kind !== "name" || !isKnownDecoration(scope, s),
	);
	if (labelled || odd)
		throw new Problem(
			"this density is not one of model or family",
			name.span,
			"p(…), q(…) or q^*(…)",
		);
}

function isKnownDecoration(scope: Scope, s: SurfaceName): boolean {
	const { passage } = scope;
	return (
		passage.symbol(s.name) !== undefined ||
		passage.letters.has(s.name) ||
		scope.bound(s.name) !== null
	);
}

/** @throws Problem for a row of variables, over which nothing is integrated */
function refuseRows(
	factors: readonly Factor[],
	of: readonly Instance[],
	call: SurfaceCall,
): void {
	if (of.some((x) => isRow(factorOf(factors, x.variable), x)))
		throw new Problem(
			"a law over some of several variables",
			call.span,
			"one of them, or all",
		);
}

interface ReadCall {
	readonly factors: readonly Factor[];
	readonly of: readonly Instance[];
	readonly given: readonly Instance[];
}

function readCall(scope: Scope, call: SurfaceCall): ReadCall {
	const factors = factorsOf(scope, call.function, call.span);
	const of = openTuples(call.arguments).map((s) =>
		readOwn(scope, factors, call, s),
	);
	if (of.length === 0)
		throw new Problem("a density of nothing", call.span, "its variables");
	const conditions = openTuples([...call.given, ...call.parameters]).map((s) =>
		readCondition(scope, factors, s),
	);
	const given = conditions.flatMap((c) => c.variable ?? []);
	const parameters = conditions.flatMap((c) => c.parameter ?? []);
	const component = withComponent(factors, of, given, parameters);
	if (component)
		scope.passage.note(
			"a density given the parameters of one component, without the label, was read as that of the component",
			call.span,
		);
	return { factors, of, given: component ?? given };
}

function readOwn(
	scope: Scope,
	factors: readonly Factor[],
	call: SurfaceCall,
	s: Surface,
): Instance {
	const instance = readInstanceOrRow(scope, factors, s);
	if (instance) return instance;
	const names = factors.map((f) => f.variable).join(", ");
	throw new Problem(
		`\`${call.function.name}\` has no such variable`,
		s.span,
		`one of ${names}`,
	);
}

interface Condition {
	readonly variable?: Instance;
	readonly parameter?: Sym;
}

/** A condition on a variable; a parameter behind the bar says nothing new, but must be known. */
function readCondition(
	scope: Scope,
	factors: readonly Factor[],
	s: Surface,
): Condition {
	const variable = readInstanceOrRow(scope, factors, s);
	if (variable) return { variable };
	mustBeNumber(factors, s);
	if (isWholeArray(scope, s)) return {};
	const parameter = readWhole(scope, s);
	return parameter.kind === "symbol" ? { parameter } : {};
}

/** The `\Sigma` of `p(x \mid z; \mu, \Sigma)`: all of the Σ_k, which have no value as one. */
function isWholeArray(scope: Scope, s: Surface): boolean {
	if (s.kind !== "name") return false;
	const found = findSymbol(scope.passage, s);
	return found?.subscripts.length === 0 && isArray(found.what);
}
