import Fraction from "fraction.js";
import { constantAtom, functionAtom } from "../atoms.js";
import type { Environment } from "../environment.js";
import type { Form } from "../form.js";
import { atomForm, plus, rational, scale } from "../ring.js";
import { isPositive, signOf } from "../signs.js";
import { exponential } from "./exponential.js";
import { logarithm } from "./logarithm.js";
import { mostFactors } from "./monomial.js";
import { power } from "./power.js";

/**
 * Γ(x) as exp log Γ; log Γ(x+n) = log Γ(x) + Σ log(x+j); ψ(x+n) = ψ(x) + Σ 1/(x+j); ψ′(x+n) = ψ′(x) − Σ 1/(x+j)². DLMF 5.5.1,
 * 5.5.2, 5.15.5.
 */
export function recurrence(
	env: Environment,
	name: string,
	argument: Form,
): Form | null {
	if (name === "gamma")
		return isPositive(env, argument)
			? exponential(env, env.functions.apply(env, "lgamma", argument))
			: null;
	if (!shifting.has(name)) return null;
	const whole = argument.terms.get("")?.coefficient.floor() ?? new Fraction(0);
	const shift = Number(whole.n) * Number(whole.s);
	const base = plus(argument, rational(-shift));
	if (base.terms.size === 0)
		return name === "lgamma" && shift > 0 ? logFactorial(env, shift - 1) : null;
	if (name === "lgamma" && base.key === half.key) {
		const steps = Array.from({ length: Math.max(0, shift) }, (_, j) =>
			logarithm(env, plus(base, rational(j))),
		);
		return shift < 0 ? null : plus(...steps, logRootOfPi(env));
	}
	// Where the base may be 0, as a count may, f(base) need not be defined: then f(base + 1) is what is kept.
	const first = signOf(env, base) === "nonnegative" ? 1 : 0;
	if (shift <= first || shift > mostFactors) return null;
	const steps = Array.from({ length: shift - first }, (_, j) =>
		plus(base, rational(first + j)),
	);
	const parts = steps.map((s) => shiftOfGamma(env, name, s));
	const kept = plus(base, rational(first));
	return plus(atomForm(env, functionAtom(name, kept)), ...parts);
}

const shifting: ReadonlySet<string> = new Set([
	"lgamma",
	"digamma",
	"trigamma",
]);

/** f(x + 1) − f(x) for ln Γ, ψ and ψ′. */
function shiftOfGamma(env: Environment, name: string, x: Form): Form {
	if (name === "lgamma") return logarithm(env, x);
	return name === "digamma"
		? power(env, x, new Fraction(-1))
		: scale(power(env, x, new Fraction(-2)), -1);
}

const half = rational(new Fraction(1, 2));

/** Γ(½) = √π. DLMF 5.4.6. */
function logRootOfPi(env: Environment): Form {
	const pi = atomForm(env, constantAtom("pi"));
	return scale(logarithm(env, pi), new Fraction(1, 2));
}

function logFactorial(env: Environment, n: number): Form {
	return plus(
		...Array.from({ length: n }, (_, j) => logarithm(env, rational(j + 1))),
	);
}
