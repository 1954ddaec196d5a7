import Fraction from "fraction.js";
import { deltaAtom, inverseAtom, powerAtom } from "./atoms.js";
import { type Environment, freshIndex, NoNormalForm } from "./environment.js";
import type { Atom, Factor, Form } from "./form.js";
import type { Ix } from "./ix.js";
import { mentions } from "./mentions.js";
import {
	asRational,
	atomForm,
	entryOf,
	nought,
	open,
	plus,
	product,
	rational,
	scale,
	substitute,
	sumOver,
	times,
	timesAll,
} from "./ring.js";
import { slidesWith, slopeAtom } from "./tables.js";

/** The entry that is differentiated by: a symbol's name with all its subscripts. */
export interface Variable {
	readonly name: string;
	readonly ix: readonly Ix[];
}

/** ∂ form / ∂ variable, by the product and chain rules; ∂φ_jl/∂φ_ik = δ_ij δ_kl. */
export function differentiate(
	env: Environment,
	form: Form,
	by: Variable,
): Form {
	const parts: Form[] = [];
	for (const term of form.terms.values()) {
		const opened = open(env, term);
		let value = scale(productRule(env, opened.factors, by), opened.coefficient);
		for (const b of opened.bound) value = sumOver(env, value, b.name, b.range);
		parts.push(value);
	}
	return plus(...parts);
}

function productRule(
	env: Environment,
	factors: readonly Factor[],
	by: Variable,
): Form {
	const parts = factors.map((f, n) => {
		if (!mentions(f, by.name)) return nought;
		const rest = product(
			env,
			new Fraction(1),
			factors.filter((_, m) => m !== n),
			[],
		);
		return times(env, rest, powerRule(env, f, by));
	});
	return plus(...parts);
}

/** d a^n = n a^{n−1} da. */
function powerRule(
	env: Environment,
	{ atom, exponent }: Factor,
	by: Variable,
): Form {
	const outer = scale(atomForm(env, atom, exponent.sub(1)), exponent);
	return times(env, outer, derivativeOfAtom(env, atom, by));
}

function derivativeOfAtom(env: Environment, atom: Atom, by: Variable): Form {
	const inner = (f: Form) => differentiate(env, f, by);
	switch (atom.kind) {
		case "symbol":
			return slidesWith(atom.name, by.name)
				? atomForm(env, slopeAtom(atom.name, by.name, atom.ix))
				: kronecker(env, atom.ix, by.ix);
		case "function":
			return times(
				env,
				outerDerivative(env, atom.name, atom.argument),
				inner(atom.argument),
			);
		case "poly":
			return inner(atom.form);
		case "power":
			return derivativeOfPower(env, atom, by);
		case "product": {
			const index = freshIndex(env, atom.range);
			const body = substitute(env, atom.body, new Map([[atom.index, index]]));
			const relative = times(
				env,
				env.functions.power(env, body, new Fraction(-1)),
				inner(body),
			);
			return times(
				env,
				atomForm(env, atom),
				sumOver(env, relative, index, atom.range),
			);
		}
		case "inverse":
			return derivativeOfInverse(env, atom, by);
		case "determinant":
			return derivativeOfDeterminant(env, atom, by);
		default:
			throw new NoNormalForm(`no rule differentiates ${atom.kind}`);
	}
}

function kronecker(env: Environment, a: readonly Ix[], b: readonly Ix[]): Form {
	if (a.length !== b.length)
		throw new NoNormalForm("subscripts do not match under a derivative");
	return timesAll(
		env,
		a.map((v, i) => atomForm(env, deltaAtom(v, b[i] as Ix))),
	);
}

/** f′ for the functions of one number. */
function outerDerivative(env: Environment, name: string, x: Form): Form {
	const { functions } = env;
	switch (name) {
		case "log":
			return functions.power(env, x, new Fraction(-1));
		case "exp":
			return functions.apply(env, "exp", x);
		case "lgamma":
			return functions.apply(env, "digamma", x);
		case "digamma":
			return functions.apply(env, "trigamma", x);
		case "gamma":
			return times(
				env,
				functions.apply(env, "gamma", x),
				functions.apply(env, "digamma", x),
			);
		case "abs":
			return times(
				env,
				functions.power(env, x, new Fraction(-1)),
				functions.apply(env, "abs", x),
			);
		default:
			throw new NoNormalForm(`no rule differentiates ${name}`);
	}
}

/** d b^e = e b^{e−1} db for an exponent that does not depend on the variable. */
function derivativeOfPower(
	env: Environment,
	atom: Extract<Atom, { kind: "power" }>,
	by: Variable,
): Form {
	const moving = [...atom.exponentForm.terms.values()].some((t) =>
		t.factors.some((f) => mentions(f, by.name)),
	);
	if (moving)
		throw new NoNormalForm(
			"no rule differentiates an exponent over a base that may be negative",
		);
	const less = plus(atom.exponentForm, rational(-1));
	const fixed = asRational(less);
	const outer = fixed
		? env.functions.power(env, atom.base, fixed)
		: atomForm(env, powerAtom(atom.base, less));
	return timesAll(env, [
		atom.exponentForm,
		outer,
		differentiate(env, atom.base, by),
	]);
}

/** d A⁻¹ = −A⁻¹ dA A⁻¹. Petersen and Pedersen, The Matrix Cookbook (2012), (40). */
function derivativeOfInverse(
	env: Environment,
	atom: Extract<Atom, { kind: "inverse" }>,
	by: Variable,
): Form {
	const r = freshIndex(env, atom.size);
	const c = freshIndex(env, atom.size);
	const left = atomForm(
		env,
		inverseAtom(atom.matrix, atom.row, r, atom.symmetric, atom.size),
	);
	const right = atomForm(
		env,
		inverseAtom(atom.matrix, c, atom.column, atom.symmetric, atom.size),
	);
	const middle = differentiate(env, entryOf(env, atom.matrix, r, c), by);
	const all = scale(timesAll(env, [left, middle, right]), -1);
	return sumOver(env, sumOver(env, all, r, atom.size), c, atom.size);
}

/** d |A| = |A| tr(A⁻¹ dA). The Matrix Cookbook, (41). */
function derivativeOfDeterminant(
	env: Environment,
	atom: Extract<Atom, { kind: "determinant" }>,
	by: Variable,
): Form {
	const r = freshIndex(env, atom.size);
	const c = freshIndex(env, atom.size);
	const inverse = env.functions.inverseEntry(env, atom.matrix, c, r, atom.size);
	const change = differentiate(env, entryOf(env, atom.matrix, r, c), by);
	const trace = sumOver(
		env,
		sumOver(env, times(env, inverse, change), r, atom.size),
		c,
		atom.size,
	);
	return times(env, atomForm(env, atom), trace);
}
