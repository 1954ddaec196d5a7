import type { Environment } from "./environment.js";
import type { Factor, Form, Term } from "./form.js";
import type { Ix } from "./ix.js";
import { mentions } from "./mentions.js";
import type { Instance } from "./moment.js";
import { collect, open, plus, product, sumOver, times } from "./ring.js";

/** bᵀx + c for a random vector (or number) x, where c does not mention x. */
export interface LinearForm {
	readonly constant: Form;
	/** Σ_d b_d f(d) over the components of b. */
	dot(env: Environment, f: (component: Ix) => Form): Form;
}

/** A form that is linear in the entries of a variable; null if it is not. */
export function linearIn(
	{ variable, plates }: Instance,
	form: Form,
): LinearForm | null {
	const terms = [...form.terms.values()];
	const moving = (t: Term) => t.factors.filter((f) => mentions(f, variable));
	const linear = terms.filter((t) => moving(t).length > 0);
	const isLinear = (t: Term) =>
		moving(t).length === 1 && isEntry(moving(t)[0] as Factor, variable);
	if (!linear.every(isLinear)) return null;
	return {
		constant: collect(terms.filter((t) => !linear.includes(t))),
		dot: (env, f) =>
			plus(...linear.map((term) => weighted(env, term, variable, plates, f))),
	};
}

function isEntry({ atom, exponent }: Factor, variable: string): boolean {
	return atom.kind === "symbol" && atom.name === variable && exponent.equals(1);
}

/** A term with f(d) in the place of x_d. */
function weighted(
	env: Environment,
	term: Term,
	variable: string,
	plates: number,
	f: (component: Ix) => Form,
): Form {
	const { coefficient, factors, bound } = open(env, term);
	const entry = factors.find((x) => isEntry(x, variable)) as Factor;
	const at = entry.atom.kind === "symbol" ? entry.atom.ix[plates] : undefined;
	const others = factors.filter((x) => x !== entry);
	const whole = times(env, product(env, coefficient, others, []), f(at ?? "1"));
	return bound.reduce((sum, b) => sumOver(env, sum, b.name, b.range), whole);
}
