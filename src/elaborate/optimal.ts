import { add, div, exp } from "../expr/build.js";
import type { Expr, Factor } from "../expr/tree.js";
import { Problem, type Span } from "../problem.js";
import { factorOf, parents } from "./dependence.js";
import { all, type Instance, sameIndices } from "./instance.js";
import { integrate, logDensityOf, withValues } from "./joint.js";
import { factorLaw } from "./law.js";
import type { Scope } from "./scope.js";

/**
 * q*(μ_k) = exp E_{−μ_k}[log p] / ∫ exp E_{−μ_k}[log p] dμ_k: the optimal factor given all the others. Bishop (2006), eq. (10.9).
 * Factors of p that do not mention μ_k cancel between numerator and denominator and are left out.
 */
export function optimalFactor(
	scope: Scope,
	factors: readonly Factor[],
	of: readonly Instance[],
	span: Span,
): Expr {
	const [own, ...more] = of;
	const { model } = scope.passage.state.context;
	if (!model)
		throw new Problem("no model says what `p` is", span, "a `::: model` block");
	if (!own || more.length > 0 || own.except)
		throw new Problem(
			"q^* of several variables",
			span,
			"one factor, such as q^*(μ_k)",
		);
	const blanket = model.statements.flatMap((statement) =>
		blanketOf(model.statements, statement, own),
	);
	const others = factorLaw(factors, allBut(factors, own));
	const free = { ...own, value: null };
	const weight = exp(
		others.expectation(
			add(
				...blanket.map((x) =>
					logDensityOf(factorOf(model.statements, x.variable), x),
				),
			),
		),
	);
	const normaliser = integrate(factorOf(factors, own.variable), free, weight);
	return div(withValues(weight, factors, [own]), normaliser);
}

/** Every factor of q but one instance of one. */
export function allBut(
	factors: readonly Factor[],
	own: Instance,
): readonly Instance[] {
	return factors.flatMap((factor) => {
		if (factor.variable !== own.variable)
			return [
				factor.plates.length === 0
					? { ...all(factor.variable), at: [] }
					: all(factor.variable),
			];
		if (!own.at || own.at.length === 0) return [];
		return [{ ...all(factor.variable), except: own.at }];
	});
}

/** The instances of a statement that mention a variable: its own, those of one subscript, or all. */
export function blanketOf(
	statements: readonly Factor[],
	statement: Factor,
	own: Instance,
): readonly Instance[] {
	if (statement.variable === own.variable) return [{ ...own, value: null }];
	const whole: Instance =
		statement.plates.length === 0
			? { ...all(statement.variable), at: [] }
			: all(statement.variable);
	if (!parents(statements, whole).some((p) => p.variable === own.variable))
		return [];
	if (!own.at || statement.plates.length !== own.at.length) return [whole];
	const alike: Instance = { ...whole, at: own.at };
	const sameSizes = factorOf(statements, own.variable).plates.every(
		(p, i) => p.size === statement.plates[i]?.size,
	);
	const mentioned = parents(statements, alike).filter(
		(p) => p.variable === own.variable,
	);
	const onlyAlike =
		sameSizes &&
		mentioned.every((p) => p.at !== null && sameIndices(p.at, own.at ?? []));
	return [onlyAlike ? alike : whole];
}
