import Fraction from "fraction.js";
import { functionAtom } from "../atoms.js";
import { splitContent } from "../content.js";
import type { Environment } from "../environment.js";
import type { Form } from "../form.js";
import { atomForm, nought, product, scale, times, unit } from "../ring.js";
import { isPositive, signOf, signOfFactor } from "../signs.js";
import { monomial } from "./monomial.js";
import { power } from "./power.js";

export function absolute(env: Environment, argument: Form): Form | null {
	if (argument.terms.size === 0 || isPositive(env, argument)) return argument;
	const only = monomial(argument);
	if (!only) return absoluteSum(env, argument);
	const size = product(env, only.coefficient.abs(), [], []);
	const parts = only.factors.map((f) => {
		const value = product(
			env,
			new Fraction(1),
			[{ atom: f.atom, exponent: new Fraction(1) }],
			[],
		);
		const sign = signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) });
		const part =
			sign === "unknown" ? atomForm(env, functionAtom("abs", value)) : value;
		return power(env, part, f.exponent);
	});
	return parts.reduce((acc, p) => times(env, acc, p), size);
}

/** |c f| = |c| |f| and |−f| = |f|: of the two signs of a sum the one that comes first is kept. */
function absoluteSum(env: Environment, argument: Form): Form | null {
	const { content, primitive } = splitContent(env, argument, true);
	if (monomial(primitive)) return null;
	const opposite = scale(primitive, -1);
	const kept = opposite.key < primitive.key ? opposite : primitive;
	const size = env.functions.apply(env, "abs", content);
	return times(env, size, atomForm(env, functionAtom("abs", kept)));
}

/** 1 where a number is not negative, 0 elsewhere: positive factors do not matter, and a known sign decides. */
export function stepOf(env: Environment, argument: Form): Form | null {
	if (signOf(env, argument) !== "unknown") return unit;
	if (isPositive(env, scale(argument, -1))) return nought;
	const { primitive } = splitContent(env, argument, true);
	return atomForm(env, functionAtom("step", primitive));
}
