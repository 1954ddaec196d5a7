import { add, log, neg, sub } from "../expr/build.js";
import type { Expr, Factor } from "../expr/tree.js";
import type { Surface, SurfaceCall } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { readBareDensity, wholeOf } from "./densities.js";
import { densityLetter, tableName } from "./densityName.js";
import {
	distributionOf,
	readParameters,
	splitArguments,
} from "./distributionCall.js";
import { logDensityOf } from "./joint.js";
import { factorLaw, type Law, tableLaw } from "./law.js";
import { readLaw } from "./readLaw.js";
import type { Scope } from "./scope.js";
import type { Setting } from "./setting.js";
import { tableOver } from "./tables.js";

/** KL, H and the evidence lower bound, spelled out. */

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
	const law = readLaw(scope, a);
	const other = logDensityUnder(scope, law, b);
	if (scope.passage.setting)
		return law.expectation(add(law.logDensity, neg(other)));
	return sub(law.expectation(law.logDensity), law.expectation(other));
}

/** The log density of the second operand at the variables of the first. */
function logDensityUnder(scope: Scope, law: Law, s: Surface): Expr {
	const distribution = distributionOf(s);
	if (s.kind === "call" && distribution && splitArguments(s).variable === null)
		return namedUnder(scope, law, s);
	if (s.kind === "name" && densityLetter(s) && scope.passage.setting)
		return log(tableOver(tableName(s), law.variables, []));
	if (s.kind === "name" && densityLetter(s))
		return log(readBareDensity(scope, s));
	const other = readLaw(scope, s);
	const same =
		other.variables.length === law.variables.length &&
		other.variables.every((v) => law.variables.includes(v));
	if (same) return other.logDensity;
	throw new Problem(
		"a divergence of densities over different variables",
		s.span,
		`a density of ${law.variables.join(", ")}`,
	);
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
			call.span,
		),
	});
}

/** H[q] = −E_q[log q]. */
export function entropy(
	scope: Scope,
	operands: readonly Surface[],
	span: Span,
): Expr {
	const [operand, ...more] = operands;
	if (!operand || more.length > 0)
		throw new Problem("an entropy takes one density", span, "H[q(μ)]");
	const law = readLaw(scope, operand);
	return neg(law.expectation(law.logDensity));
}

/**
 * 𝓛 = E_q[log p(x, z)] − E_q[log q(z)], one expectation for each factor of p and q; in an abstract passage
 * ∫ q(z) (log p(x, z) − log q(z)) dz.
 */
export function lowerBound(scope: Scope, span: Span): Expr {
	const { setting, state } = scope.passage;
	if (setting) return abstractBound(setting, span);
	const { model, family } = state.context;
	if (!model || !family)
		throw new Problem(
			`no ${model ? "family" : "model"} says what \`\\mathcal L\` is`,
			span,
			`a \`::: ${model ? "family" : "model"}\` block`,
		);
	const law = factorLaw(family.factors, family.factors.map(wholeOf));
	const term = (factor: Factor) =>
		law.expectation(logDensityOf(factor, wholeOf(factor)));
	return add(
		...model.statements.map(term),
		...family.factors.map((f) => neg(term(f))),
	);
}

function abstractBound(setting: Setting, span: Span): Expr {
	const { latents, observed, conditions, parameters } = setting;
	if (latents.length === 0 || observed.length === 0)
		throw new Problem(
			"the lower bound of which variables?",
			span,
			"q(z) and p(x, z), with the variables written in this passage",
		);
	const q = tableOver("q", latents, conditions);
	const p = tableOver("p", [...observed, ...latents], parameters);
	return tableLaw(setting, q).expectation(add(log(p), neg(log(q))));
}

/** Arguments of `\mathcal L(q)`, `\mathcal L(m, s, φ)`: nothing that is not already in it. */
export function checkBoundArguments(scope: Scope, call: SurfaceCall): void {
	for (const s of [...call.arguments, ...call.given, ...call.parameters]) {
		if (s.kind === "name" && (densityLetter(s) || scope.passage.symbol(s.name)))
			continue;
		if (s.kind === "call" && densityLetter(s.function)) continue;
		throw new Problem(
			"the lower bound of something that is no part of q",
			s.span,
			"\\mathcal L or \\mathcal L(q)",
		);
	}
}
