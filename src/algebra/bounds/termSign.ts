import type { Environment } from "../environment.js";
import type { Factor, Form, Term } from "../form.js";
import { logarithmOf } from "../powers.js";
import { minus, singleTerm, unit } from "../ring.js";
import { signOf, signOfFactor } from "../signs.js";

/** Whether every term of a form is shown not to be negative by itself. */
export function isTermwiseNonnegative(env: Environment, form: Form): boolean {
	return (
		signOf(env, form) !== "unknown" ||
		[...form.terms.values()].every((t) => isNonnegativeTerm(env, t))
	);
}

/** The sign rule, with logarithms of what is at most 1 as factors that are not positive. */
export function isNonnegativeTerm(
	env: Environment,
	{ coefficient, factors }: Pick<Term, "coefficient" | "factors">,
): boolean {
	let isPositive = coefficient.s > 0n;
	for (const f of factors) {
		if (signOfFactor(env, f) !== "unknown") continue;
		const log = f.exponent.equals(1) ? logarithmOf(f.atom) : null;
		if (log && isAtLeastOne(env, log)) continue;
		if (!log || !isAtMostOne(env, log)) return false;
		isPositive = !isPositive;
	}
	return isPositive;
}

function isAtLeastOne(env: Environment, form: Form): boolean {
	const only = singleTerm(form)?.factors ?? [];
	const isSize = only.length === 1 && only[0]?.atom.kind === "size";
	return isSize || signOf(env, minus(form, unit)) !== "unknown";
}

/** A declared probability, an entry of a simplex, or 1 minus a probability. */
function isAtMostOne(env: Environment, form: Form): boolean {
	const only = singleTerm(form);
	if (only?.coefficient.equals(1) && only.bound.length === 0)
		return only.factors.length === 1 && isProbability(env, only.factors[0]);
	const rest = singleTerm(minus(unit, form));
	return (
		rest?.coefficient.equals(1) === true &&
		rest.bound.length === 0 &&
		rest.factors.length === 1 &&
		isProbability(env, rest.factors[0])
	);
}

/** Whether a factor lies between 0 and 1; a density of an unnamed variable need not. */
export function isProbability(
	env: Environment,
	factor: Factor | undefined,
): boolean {
	if (factor?.atom.kind !== "symbol" || factor.exponent.s < 0n) return false;
	const type = env.context.symbols.get(factor.atom.name)?.type;
	return type === "probability" || (type === "simplex" && env.simplex);
}
