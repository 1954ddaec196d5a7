import { add, div, exp, index, num, sum } from "../expr/build.js";
import type { Expr, Factor } from "../expr/tree.js";
import { freshName, visit } from "../expr/walk.js";
import { Problem, type Span } from "../problem.js";
import { factorOf, parents, withoutSums } from "./dependence.js";
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
	const terms = model.statements.flatMap((statement) =>
		blanketOf(model.statements, statement, own).map((x) =>
			logDensityNear(statement, x, own, span),
		),
	);
	const others = factorLaw(factors, allBut(factors, own));
	const free = { ...own, value: null };
	const weight = exp(others.expectation(add(...terms)));
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
	const whole: Instance =
		statement.plates.length === 0
			? { ...all(statement.variable), at: [] }
			: all(statement.variable);
	if (statement.variable === own.variable)
		return [statement.first ? whole : { ...own, value: null }];
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

/**
 * The log density of the instances of a statement that mention a variable, or of fewer: those that share its subscripts
 * (`x_id` with `c_i`: the sum over d), since the others do not mention it.
 * @throws Problem for a variable with a value where all are needed: of a sum over `c_j` no term can be given it
 */
function logDensityNear(
	statement: Factor,
	instance: Instance,
	own: Instance,
	span: Span,
): Expr {
	if (instance.at) return logDensityOf(statement, instance);
	const shared = own.at && sharedPlates(statement, own.variable, own.at);
	if (shared) return logDensityAlong(statement, shared);
	const neighbours = own.value && own.at && ofState(statement, own, own.at);
	if (neighbours) return neighbours;
	if (own.value)
		throw new Problem(
			"the value of one variable among all of them cannot be put in",
			span,
			"q^* without a value",
		);
	return logDensityOf(statement, instance);
}

/**
 * Of a chain the log densities of one state given the one before and of the next given it, which alone mention it; null for
 * other statements. Nothing comes behind the last state.
 */
function ofState(
	statement: Factor,
	{ variable }: Instance,
	at: readonly Expr[],
): Expr | null {
	const { first, plates } = statement;
	const state = first && at[first.axis];
	if (!state || statement.variable !== variable) return null;
	const isLast =
		state.kind === "size" && state.name === plates[first.axis]?.size;
	const after = withoutSums(add(state, num(1)));
	const next = at.map((e, i) => (i === first.axis ? after : e));
	const log = (where: readonly Expr[]) =>
		logDensityOf(statement, { ...all(variable), at: where });
	return isLast ? log(at) : add(log(at), log(next));
}

/**
 * The plates by which a statement mentions one instance of a variable, with that instance's subscripts: `c_i` in the density
 * of `x_id`. Null where they are no plates of it (`μ_{c_i}`), or not the same in each mention.
 */
function sharedPlates(
	statement: Factor,
	variable: string,
	at: readonly Expr[],
): ReadonlyMap<string, Expr> | null {
	const plates = new Set(statement.plates.map((p) => p.index));
	const shared = new Map<string, Expr>();
	let isShared = true;
	for (const parameter of Object.values(statement.parameters))
		visit(parameter, (n) => {
			if (n.kind !== "symbol" || n.name !== variable) return;
			at.forEach((subscript, i) => {
				const plate = n.indices[i];
				const isPlate = plate?.kind === "index" && plates.has(plate.name);
				const before = isPlate ? shared.get(plate.name) : undefined;
				if (!isPlate || (before && before !== subscript)) isShared = false;
				else shared.set(plate.name, subscript);
			});
		});
	const isOneToOne = shared.size === at.length;
	return isShared && isOneToOne ? shared : null;
}

/** The log density of a statement at some of its plates, added up over the others. */
function logDensityAlong(
	statement: Factor,
	fixed: ReadonlyMap<string, Expr>,
): Expr {
	const open = statement.plates.filter((p) => !fixed.has(p.index));
	const fresh = new Map(open.map((p) => [p.index, freshName(p.index)]));
	const at = statement.plates.map(
		(p) => fixed.get(p.index) ?? index(fresh.get(p.index) as string),
	);
	return open.reduceRight<Expr>(
		(tree, p) => sum(fresh.get(p.index) as string, p.size, tree),
		logDensityOf(statement, { ...all(statement.variable), at }),
	);
}
