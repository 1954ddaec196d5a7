import Fraction from "fraction.js";
import { maximumAtom, variablesOf } from "./atoms.js";
import type { Environment } from "./environment.js";
import type { Factor, Form, Range } from "./form.js";
import {
	atomForm,
	collect,
	nought,
	plus,
	product,
	scale,
	singleTerm,
	substitute,
	times,
} from "./ring.js";
import { isPositive } from "./signs.js";

/**
 * The greatest value of a form over an index: max_k (b f_k + a) = b max_k f_k + a for b > 0 and an a that is free of k, and
 * max_k g(f_k) = g(max_k f_k) for exp and log. Every range has a value, so that max_k a = a.
 */
export function maximum(
	env: Environment,
	index: string,
	range: Range,
	body: Form,
): Form {
	const [within, free] = splitBy(body, index);
	if (free.terms.size > 0 && within.terms.size > 0)
		env.rules.add("what is free of the index comes out of a maximum");
	return within.terms.size === 0
		? free
		: plus(free, withoutFactors(env, index, range, within));
}

/** The terms that an index stands free in, and the others. */
function splitBy(form: Form, index: string): readonly [Form, Form] {
	let [within, free] = [nought, nought];
	for (const term of form.terms.values()) {
		const only = collect([term]);
		if (variablesOf(only).has(index)) within = plus(within, only);
		else free = plus(free, only);
	}
	return [within, free];
}

/** Positive factors of a single term come out, then the function that is left, if it is an increasing one. */
function withoutFactors(
	env: Environment,
	index: string,
	range: Range,
	body: Form,
): Form {
	const only = singleTerm(body);
	if (!only || only.bound.length > 0) return bare(env, index, range, body);
	const outside = only.factors.filter((f) => isFreeAndPositive(env, f, index));
	const inside = only.factors.filter((f) => !outside.includes(f));
	const size = only.coefficient.abs();
	const sign = only.coefficient.div(size);
	return times(
		env,
		product(env, size, outside, []),
		throughFunction(env, index, range, sign, inside),
	);
}

function isFreeAndPositive(
	env: Environment,
	f: Factor,
	index: string,
): boolean {
	return (
		!f.atom.variables.has(index) && isPositive(env, product(env, one, [f], []))
	);
}

function throughFunction(
	env: Environment,
	index: string,
	range: Range,
	sign: Fraction,
	factors: readonly Factor[],
): Form {
	const [only, ...others] = factors;
	const body = product(env, sign, factors, []);
	if (
		others.length > 0 ||
		sign.s < 0n ||
		only?.atom.kind !== "function" ||
		!only.exponent.equals(1) ||
		!isIncreasing(env, only.atom.name, only.atom.argument)
	)
		return bare(env, index, range, body);
	const { name, argument } = only.atom;
	env.rules.add(`${name} is increasing`);
	return env.functions.apply(env, name, maximum(env, index, range, argument));
}

/** On all that the argument may be; a logarithm that need not be defined is left where it stands. */
function isIncreasing(env: Environment, name: string, argument: Form): boolean {
	return name === "exp" || (name === "log" && isPositive(env, argument));
}

const one = new Fraction(1);

function bare(env: Environment, index: string, range: Range, body: Form): Form {
	const by = sizeOfFirst(body);
	const name = `%${body.height}`;
	const renamed = substitute(
		env,
		scale(body, by.inverse()),
		new Map([[index, name]]),
	);
	return scale(atomForm(env, maximumAtom(name, range, renamed)), by);
}

/** The size of the coefficient of the term that comes first by its key. */
function sizeOfFirst(form: Form): Fraction {
	const [first] = [...form.terms.keys()].sort();
	return form.terms.get(first ?? "")?.coefficient.abs() ?? one;
}
