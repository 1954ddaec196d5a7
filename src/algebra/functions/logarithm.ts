import Fraction from "fraction.js";
import { functionAtom } from "../atoms.js";
import { splitContent } from "../content.js";
import { type Environment, NoNormalForm } from "../environment.js";
import type { Atom, Factor, Form, Term } from "../form.js";
import { overOneHotCases } from "../oneHot.js";
import {
	atomForm,
	plus,
	product,
	rational,
	scale,
	sumOver,
	times,
	unit,
} from "../ring.js";
import { signOfFactor } from "../signs.js";
import { isWhole, monomial } from "./monomial.js";
import { rationalPower } from "./power.js";

export function logarithm(env: Environment, argument: Form): Form {
	if (argument.terms.size === 0)
		throw new NoNormalForm("the logarithm of zero");
	const cases = overOneHotCases(env, argument, (f) => logarithm(env, f));
	if (cases) return cases;
	const only = monomial(argument);
	if (only) return logarithmOfMonomial(env, only);
	const { content, primitive } = splitContent(env, argument, true);
	const inner = monomial(primitive);
	if (inner)
		return logarithmOfMonomial(
			env,
			monomial(times(env, content, primitive)) ?? inner,
		);
	return plus(
		logarithm(env, content),
		atomForm(env, functionAtom("log", primitive)),
	);
}

/** log Π aᵢ^eᵢ = Σ eᵢ log aᵢ over the positive factors; the others stay together. */
function logarithmOfMonomial(env: Environment, term: Term): Form {
	const parts: Form[] = [];
	const kept: Factor[] = [];
	for (const f of term.factors) {
		const sign = signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) });
		if (sign === "positive")
			parts.push(scale(logarithmOfAtom(env, f.atom), f.exponent));
		else if (
			isWhole(f.exponent) &&
			f.exponent.n % 2n === 0n &&
			f.atom.kind !== "delta"
		)
			parts.push(scale(logarithmOfSize(env, f.atom), f.exponent));
		else kept.push(f);
	}
	const positive = term.coefficient.s > 0n;
	if (positive)
		for (const f of rationalPower(term.coefficient, new Fraction(1)))
			parts.push(
				scale(
					atomForm(env, functionAtom("log", primeForm(f.atom))),
					f.exponent,
				),
			);
	if (!positive || kept.length > 0) {
		const rest = product(
			env,
			positive ? new Fraction(1) : term.coefficient,
			kept,
			[],
		);
		parts.push(atomForm(env, functionAtom("log", rest)));
	}
	if (parts.length > 1) env.rules.add("logarithm of a product");
	return plus(...parts);
}

/** A prime as a form: a plain number. */
function primeForm(atom: Atom): Form {
	return atom.kind === "prime" ? rational(new Fraction(atom.value)) : unit;
}

/** log |x| for x of unknown sign. */
function logarithmOfSize(env: Environment, atom: Atom): Form {
	const value = atomForm(env, atom);
	const size =
		atom.kind === "function" && atom.name === "abs"
			? value
			: atomForm(env, functionAtom("abs", value));
	return atomForm(env, functionAtom("log", size));
}

function logarithmOfAtom(env: Environment, atom: Atom): Form {
	if (atom.kind === "function" && atom.name === "exp") return atom.argument;
	if (atom.kind === "prime")
		return atomForm(env, functionAtom("log", primeForm(atom)));
	if (atom.kind === "poly") return logarithm(env, atom.form);
	if (atom.kind === "power")
		return times(env, atom.exponentForm, logarithm(env, atom.base));
	if (atom.kind === "function" && atom.name === "gamma")
		return env.functions.apply(env, "lgamma", atom.argument);
	if (atom.kind === "product") return sumOfLogarithms(env, atom);
	return atomForm(env, functionAtom("log", atomForm(env, atom)));
}

function sumOfLogarithms(
	env: Environment,
	atom: Extract<Atom, { kind: "product" }>,
): Form {
	return sumOver(env, logarithm(env, atom.body), atom.index, atom.range);
}
