import { splitContent } from "../content.js";
import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { asRational, plus, product, times } from "../ring.js";
import { isPositive } from "../signs.js";

/** A simpler form of the same sign: multiplied by a positive denominator, or divided by a positive factor; null if there is none. */
export function positiveMultiple(env: Environment, form: Form): Form | null {
	return withoutDenominators(env, form) ?? withoutContent(env, form);
}

/** Multiplied by a positive sum that stands in a denominator; null if there is none. */
function withoutDenominators(env: Environment, form: Form): Form | null {
	const found = [...form.terms.values()]
		.flatMap((t) => t.factors)
		.find(
			(f) =>
				f.atom.kind === "poly" &&
				f.exponent.s < 0n &&
				![...f.atom.variables].some((v) => /^[$%]/.test(v)) &&
				isPositive(env, f.atom.form),
		);
	if (found?.atom.kind !== "poly") return null;
	const least = [...form.terms.values()]
		.flatMap((t) => t.factors)
		.filter((f) => f.atom.key === found.atom.key)
		.reduce((a, b) => (b.exponent.compare(a.exponent) < 0 ? b : a));
	const lift = least.exponent.floor().neg();
	const by = env.functions.power(env, found.atom.form, lift);
	return plus(
		...[...form.terms.values()].map((t) => {
			const own = t.factors.find((f) => f.atom.key === found.atom.key);
			if (!own)
				return times(env, product(env, t.coefficient, t.factors, t.bound), by);
			const lifted: Factor = { ...own, exponent: own.exponent.add(lift) };
			const rest = t.factors.filter((f) => f !== own);
			const factors = lifted.exponent.n === 0n ? rest : [...rest, lifted];
			return product(env, t.coefficient, factors, t.bound);
		}),
	);
}

/** Divided by a positive factor that all terms share; null if there is none. */
function withoutContent(env: Environment, form: Form): Form | null {
	const { content, primitive } = splitContent(env, form, true);
	return asRational(content) ? null : primitive;
}
