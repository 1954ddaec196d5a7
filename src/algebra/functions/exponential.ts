import { functionAtom } from "../atoms.js";
import type { Environment } from "../environment.js";
import type { Form, Term } from "../form.js";
import { overOneHotCases } from "../oneHot.js";
import { atomForm, plus, product, times, unit } from "../ring.js";
import { power } from "./power.js";

/** exp Σ: each c·log a with a rational c leaves as a^c. */
export function exponential(env: Environment, argument: Form): Form {
	if (argument.terms.size === 0) return unit;
	const cases = overOneHotCases(env, argument, (f) => exponential(env, f));
	if (cases) return cases;
	const powers: Form[] = [];
	const rest: Form[] = [];
	for (const term of argument.terms.values()) {
		const log = soleLogarithm(term);
		if (log) powers.push(power(env, log, term.coefficient));
		else rest.push(product(env, term.coefficient, term.factors, term.bound));
	}
	const exponent = plus(...rest);
	const kept =
		exponent.terms.size === 0
			? unit
			: atomForm(env, functionAtom("exp", exponent));
	return powers.reduce((acc, p) => times(env, acc, p), kept);
}

/** a, where the term is a rational times log a. */
function soleLogarithm(term: Term): Form | null {
	const [f] = term.factors;
	if (
		term.factors.length !== 1 ||
		!f ||
		term.bound.length > 0 ||
		!f.exponent.equals(1)
	)
		return null;
	return f.atom.kind === "function" && f.atom.name === "log"
		? f.atom.argument
		: null;
}
