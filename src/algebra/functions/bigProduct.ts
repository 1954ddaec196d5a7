import Fraction from "fraction.js";
import { productAtom, sizeAtom, variablesOf } from "../atoms.js";
import { splitContent } from "../content.js";
import type { Environment } from "../environment.js";
import type { Form, Range } from "../form.js";
import { overOneHotCases } from "../oneHot.js";
import {
	atomForm,
	nought,
	product,
	rational,
	substitute,
	sumOver,
	times,
	unit,
} from "../ring.js";
import { isPositive } from "../signs.js";
import { exponential } from "./exponential.js";
import { logarithm } from "./logarithm.js";
import { monomial } from "./monomial.js";
import { symbolicPower } from "./symbolicPower.js";

/**
 * Π over an index: of positive terms through the logarithm; else what is positive in all terms comes out, and the rest goes
 * factor by factor.
 */
export function bigProduct(
	env: Environment,
	index: string,
	range: Range,
	body: Form,
): Form {
	if (body.terms.size === 0) return nought;
	const size =
		typeof range === "number"
			? rational(range)
			: atomForm(env, sizeAtom(range));
	if (!variablesOf(body).has(index)) return symbolicPower(env, body, size);
	if (isPositiveByParts(env, body)) {
		env.rules.add("product as exp of a sum of logarithms");
		return exponential(env, sumOver(env, logarithm(env, body), index, range));
	}
	const cases = overOneHotCases(
		env,
		body,
		(f) => bigProduct(env, index, range, f),
		index,
	);
	if (cases) return cases;
	const { content, primitive } = splitContent(env, body, true);
	if (content.key !== unit.key && primitive.key !== body.key)
		return times(
			env,
			bigProduct(env, index, range, content),
			bigProduct(env, index, range, primitive),
		);
	const only = monomial(body);
	if (only && only.factors.length + (only.coefficient.equals(1) ? 0 : 1) > 1) {
		const parts = only.factors.map((f) =>
			bigProduct(env, index, range, product(env, new Fraction(1), [f], [])),
		);
		return [
			symbolicPower(env, rational(only.coefficient), size),
			...parts,
		].reduce((a, b) => times(env, a, b), unit);
	}
	const name = `%${body.height}`;
	const renamed = substitute(env, body, new Map([[index, name]]));
	return atomForm(env, productAtom(name, range, renamed));
}

/** Whether a form is positive as it stands, or as what its terms have in common times the rest. */
function isPositiveByParts(env: Environment, form: Form): boolean {
	if (isPositive(env, form)) return true;
	const { content, primitive } = splitContent(env, form, true);
	return isPositive(env, content) && isPositive(env, primitive);
}
