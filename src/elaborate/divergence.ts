import { add, index, log, mul, neg, sub, sum } from "../expr/build.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type { Dim, Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { densityLetter, tableName } from "./densityName.js";
import {
	distributionOf,
	readParameters,
	spelled,
	splitArguments,
} from "./distributionCall.js";
import { entryOf } from "./functions.js";
import type { Law } from "./law.js";
import { findSymbol } from "./lookup.js";
import { densityCalls } from "./mentions.js";
import { keyOf, subscriptText } from "./names.js";
import { readLaw } from "./readLaw.js";
import type { Scope } from "./scope.js";
import { readWhole } from "./symbols.js";
import { readTable, tableOver } from "./tables.js";

/** KL and H, spelled out. */

/** KL(a ‖ b) = E_a[log a] − E_a[log b]. */
export function divergence(scope: Scope, call: SurfaceCall): Expr {
	const operands = [...call.arguments, ...call.given, ...call.parameters];
	const [a, b] = operands;
	if (!a || !b || operands.length !== 2)
		throw new Problem(
			"a divergence takes two densities",
			call.span,
			"KL(q ‖ p)",
		);
	const weights = weightsOf(scope, a);
	if (weights) return divergenceOfWeights(scope, weights, b);
	const law = readLaw(scope, a);
	const other = logDensityUnder(scope, law, b);
	if (scope.passage.setting)
		return law.expectation(add(law.logDensity, neg(other)));
	return sub(law.expectation(law.logDensity), law.expectation(other));
}

/** A column of probabilities, which stands for the law of a label with these; null for anything else. */
function weightsOf(scope: Scope, s: Surface): Expr | null {
	if (s.kind !== "name") return null;
	const found = findSymbol(scope.passage, s)?.what;
	if (found?.type !== "simplex") return null;
	const tree = readWhole(scope, s);
	return shapeOf(tree).length === 1 ? tree : null;
}

function mustBeWeights(scope: Scope, s: Surface, like: Expr): Expr {
	const weights = weightsOf(scope, s);
	if (weights && sameShape(shapeOf(weights), shapeOf(like))) return weights;
	throw new Problem(
		"a law of other values than those of the first",
		s.span,
		"a column of as many probabilities",
	);
}

/** KL(φ ‖ π) = Σ_k φ_k log φ_k − Σ_k φ_k log π_k. */
function divergenceOfWeights(scope: Scope, weights: Expr, b: Surface): Expr {
	const other = mustBeWeights(scope, b, weights);
	return sub(meanLogarithm(weights, weights), meanLogarithm(weights, other));
}

/** Σ_k φ_k log π_k. */
function meanLogarithm(weights: Expr, of: Expr): Expr {
	const name = freshName("k");
	const at = index(name);
	const [size] = shapeOf(weights);
	return sum(
		name,
		size as Dim,
		mul(entryOf(weights, at), log(entryOf(of, at))),
	);
}

/** The log density of the second operand at the variables of the first. */
function logDensityUnder(scope: Scope, law: Law, s: Surface): Expr {
	const distribution = distributionOf(s);
	if (s.kind === "call" && distribution && splitArguments(s).variable === null)
		return namedUnder(scope, law, s);
	if (s.kind === "name" && densityLetter(s) === "p")
		return log(barePosterior(scope, law, s));
	const other = readLaw(scope, s);
	if (sameNames(other.variables, law.variables)) return other.logDensity;
	throw new Problem(
		"a divergence of densities over different variables",
		s.span,
		`a density of ${law.variables.join(", ")}`,
	);
}

/**
 * A bare p may be the prior or the posterior; it is read where the passage writes only one p over the law's variables, where
 * nothing is observed, and with its variable below, as p_z.
 */
function barePosterior(scope: Scope, law: Law, name: SurfaceName): Expr {
	const { setting, surfaces } = scope.passage;
	const [sub, ...others] = name.subscripts.map(subscriptText);
	if (setting && sub && others.length === 0 && law.variables.join() === sub)
		return tableOver(setting, keyOf(name), law.variables, setting.parameters);
	const written = setting ? surfaces.flatMap(densityCalls) : [];
	const tables = new Map<string, Expr>();
	for (const call of written) {
		if (densityLetter(call.function) !== "p") continue;
		const table = readTable(scope, call);
		const variables = table.of.map((v) => v.name);
		if (sameNames(variables, law.variables))
			tables.set(JSON.stringify(table), table);
	}
	const [only, ...more] = tables.values();
	if (only && more.length === 0) return only;
	if (!only && setting?.observed.length === 0)
		return tableOver(setting, tableName(name), law.variables, []);
	throw new Problem(
		"`p` may be the prior or the posterior here",
		name.span,
		"p(z) or p(z \\mid x)",
	);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((name) => b.includes(name));
}

/** `N(m, S)` without a variable, at the variable of a named law. */
function namedUnder(scope: Scope, law: Law, call: SurfaceCall): Expr {
	const [variable, ...more] = law.variables;
	const info = variable ? scope.passage.symbol(variable) : undefined;
	if (!info || more.length > 0)
		throw new Problem(
			"a distribution without its variable",
			call.span,
			`the variable before a bar: ${call.function.name}(x \\mid …)`,
		);
	const distribution = distributionOf(call);
	const { parameters } = splitArguments(call);
	if (!distribution)
		throw new Problem(
			"this is no distribution",
			call.span,
			"a named distribution",
		);
	const of: Expr = {
		kind: "symbol",
		name: info.name,
		indices: [],
		shape: info.dims,
	};
	return log({
		kind: "pdf",
		distribution: distribution.name,
		of,
		parameters: readParameters(
			scope,
			distribution,
			parameters,
			info.dims,
			spelled(call),
		),
	});
}

/** H[q] = −E_q[log q], and H(q, p) = −E_q[log p]. */
export function entropy(
	scope: Scope,
	operands: readonly Surface[],
	span: Span,
): Expr {
	const [operand, other, ...more] = operands;
	if (!operand || more.length > 0)
		throw new Problem("an entropy takes one density", span, "H[q(μ)]");
	const weights = weightsOf(scope, operand);
	if (weights)
		return neg(
			meanLogarithm(
				weights,
				other ? mustBeWeights(scope, other, weights) : weights,
			),
		);
	const law = readLaw(scope, operand);
	const inside = other ? logDensityUnder(scope, law, other) : law.logDensity;
	return neg(law.expectation(inside));
}
