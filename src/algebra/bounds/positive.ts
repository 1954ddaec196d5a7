import type { Environment } from "../environment.js";
import type { Factor, Form, Term } from "../form.js";
import { collect, minus, plus, product, rational } from "../ring.js";
import { isPositive, signOfFactor } from "../signs.js";
import { isSumOfSquares } from "./squares.js";
import { isProbability } from "./termSign.js";

/** Whether a form is positive, where that takes more than the signs of its terms. */
export function isShownPositive(env: Environment, form: Form): boolean {
	return (
		isPositive(env, form) ||
		isPositiveAtBothEnds(env, form) ||
		isPositiveNumberAndSquares(env, form) ||
		[...form.terms.values()].every((t) => isPositiveTable(env, t))
	);
}

/** a + (b − a) t for a probability t, which lies between a and b: positive if both are. */
function isPositiveAtBothEnds(env: Environment, form: Form): boolean {
	const terms = [...form.terms.values()];
	const t = terms
		.filter((x) => x.coefficient.s < 0n && x.bound.length === 0)
		.flatMap((x) => x.factors)
		.find((f) => f.exponent.equals(1) && isProbability(env, f));
	if (!t) return false;
	const [at0, slope] = [[], []] as [Term[], Form[]];
	for (const x of terms) {
		const own = x.factors.filter((f) => f.atom.key === t.atom.key);
		if (own.some((f) => !f.exponent.equals(1)) || mentionsInside(x, t))
			return false;
		if (own.length === 0) at0.push(x);
		else
			slope.push(
				product(
					env,
					x.coefficient,
					x.factors.filter((f) => !own.includes(f)),
					x.bound,
				),
			);
	}
	const first = collect(at0);
	return isPositive(env, first) && isPositive(env, plus(first, ...slope));
}

/** Whether an entry of the same symbol stands at another place or inside of a function. */
function mentionsInside({ factors }: Term, t: Factor): boolean {
	const name = t.atom.kind === "symbol" ? t.atom.name : "";
	return factors.some(
		(f) =>
			f.atom.key !== t.atom.key &&
			(f.atom.height > 0 || (f.atom.kind === "symbol" && f.atom.name === name)),
	);
}

/** c + a sum of squares, for a number c > 0. */
function isPositiveNumberAndSquares(env: Environment, form: Form): boolean {
	const number = form.terms.get("")?.coefficient;
	return (
		number !== undefined &&
		number.s > 0n &&
		isSumOfSquares(env, minus(form, rational(number)))
	);
}

/** A positive multiple of an unnamed function f(z), which is positive where its logarithm is written. */
function isPositiveTable(env: Environment, term: Term): boolean {
	return (
		term.coefficient.s > 0n &&
		term.factors.every(
			(f) =>
				signOfFactor(env, f) === "positive" ||
				(f.atom.kind === "symbol" && f.atom.name.startsWith("ƒ")),
		)
	);
}
