import Fraction from "fraction.js";
import { powerAtom } from "../atoms.js";
import type { Environment } from "../environment.js";
import type { Form } from "../form.js";
import { overOneHotCases } from "../oneHot.js";
import {
	asRational,
	atomForm,
	product,
	rational,
	times,
	unit,
} from "../ring.js";
import { isPositive } from "../signs.js";
import { exponential } from "./exponential.js";
import { logarithm } from "./logarithm.js";
import { isWhole, monomial } from "./monomial.js";
import { power } from "./power.js";

/** base^exponent with a form as exponent; for a positive base it is exp(exponent · log base). */
export function symbolicPower(
	env: Environment,
	base: Form,
	exponent: Form,
): Form {
	const fixed = asRational(exponent);
	if (fixed) return power(env, base, fixed);
	if (isPositive(env, base))
		return exponential(env, times(env, exponent, logarithm(env, base)));
	const cases = overOneHotCases(env, exponent, (e) =>
		symbolicPower(env, base, e),
	);
	if (cases) return cases;
	const only = monomial(base);
	const parts = only && isWholeValued(exponent) ? [...only.factors] : [];
	if (!only || parts.length + (only.coefficient.equals(1) ? 0 : 1) < 2)
		return atomForm(env, powerAtom(base, exponent));
	const forms = parts.map((f) => product(env, new Fraction(1), [f], []));
	return [rational(only.coefficient), ...forms]
		.map((f) =>
			asRational(f)?.equals(1) ? unit : symbolicPower(env, f, exponent),
		)
		.reduce((acc, f) => times(env, acc, f), unit);
}

/** Whether a form takes whole numbers alone: sums and products of sizes, counts and indices. */
function isWholeValued(form: Form): boolean {
	return [...form.terms.values()].every(
		(t) =>
			isWhole(t.coefficient) &&
			t.factors.every(
				(f) =>
					(f.atom.kind === "size" || f.atom.kind === "ix") &&
					isWhole(f.exponent) &&
					f.exponent.s > 0n,
			),
	);
}
