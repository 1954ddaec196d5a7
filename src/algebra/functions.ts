import Fraction from "fraction.js";
import {
	constantAtom,
	functionAtom,
	polyAtom,
	powerAtom,
	primeAtom,
	productAtom,
	sizeAtom,
	variablesOf,
} from "./atoms.js";
import { splitContent } from "./content.js";
import {
	type Environment,
	type FunctionTable,
	NoNormalForm,
} from "./environment.js";
import { exactPower } from "./exactPower.js";
import type { Atom, Factor, Form, Range, Term } from "./form.js";
import { determinant, inverseEntry } from "./matrixFunctions.js";
import { maximum } from "./maximum.js";
import { overOneHotCases } from "./oneHot.js";
import {
	asRational,
	atomForm,
	nought,
	plus,
	product,
	rational,
	scale,
	singleTerm,
	substitute,
	sumOver,
	times,
	unit,
} from "./ring.js";
import { isPositive, signOf, signOfFactor } from "./signs.js";

/** Powers, logarithms, exponentials, products and inverses of forms, under what the declared types allow. */

const mostFactors = 12;

/** The only term of a form, if it binds nothing. */
function monomial(form: Form): Term | null {
	const only = singleTerm(form);
	return only && only.bound.length === 0 ? only : null;
}

function isWhole(e: Fraction): boolean {
	return e.d === 1n;
}

/** Prime factors of a natural number with their exponents. */
function primeFactors(n: bigint): [bigint, number][] {
	const found: [bigint, number][] = [];
	let rest = n;
	for (let p = 2n; p * p <= rest && p < 100_000n; p += 1n) {
		let count = 0;
		while (rest % p === 0n) {
			rest /= p;
			count += 1;
		}
		if (count > 0) found.push([p, count]);
	}
	if (rest > 1n) found.push([rest, 1]);
	return found;
}

/** The prime factors of a positive rational, as factors to a power. */
function rationalPower(value: Fraction, exponent: Fraction): Factor[] {
	const of = (n: bigint, sign: number) =>
		primeFactors(n).map(([p, count]) => ({
			atom: primeAtom(p),
			exponent: exponent.mul(sign * count),
		}));
	return [...of(value.n, 1), ...of(value.d, -1)];
}

/** form^exponent. @throws NoNormalForm for a negative power of zero. */
function power(env: Environment, base: Form, exponent: Fraction): Form {
	if (exponent.n === 0n) return unit;
	if (exponent.equals(1)) return base;
	if (base.terms.size === 0) {
		if (exponent.s > 0n) return nought;
		throw new NoNormalForm("division by zero");
	}
	const only = monomial(base);
	if (only) return monomialPower(env, only, exponent);
	if (isWhole(exponent) && exponent.s > 0n)
		return repeatedProduct(env, base, Number(exponent.n));
	const cases = overOneHotCases(env, base, (f) => power(env, f, exponent));
	if (cases) return cases;
	const { content, primitive } = splitContent(env, base, !isWhole(exponent));
	if (monomial(primitive))
		return power(env, times(env, content, primitive), exponent);
	const rest = product(
		env,
		new Fraction(1),
		[{ atom: polyAtom(primitive), exponent }],
		[],
	);
	return times(env, power(env, content, exponent), rest);
}

function repeatedProduct(env: Environment, base: Form, count: number): Form {
	if (count > mostFactors)
		throw new NoNormalForm(`a power of ${count} is not multiplied out`);
	let result = unit;
	for (let i = 0; i < count; i++) result = times(env, result, base);
	return result;
}

function monomialPower(env: Environment, term: Term, exponent: Fraction): Form {
	if (isWhole(exponent)) {
		const factors = term.factors.map((f) => ({
			atom: f.atom,
			exponent: f.exponent.mul(exponent),
		}));
		return product(env, exactPower(term.coefficient, exponent), factors, []);
	}
	const outside: Factor[] = [];
	const inside: Factor[] = [];
	for (const f of term.factors)
		distributeRoot(env, f, exponent, outside, inside);
	if (term.coefficient.s > 0n)
		outside.push(...rationalPower(term.coefficient, exponent));
	const result = product(env, new Fraction(1), outside, []);
	const kept = term.coefficient.s > 0n ? new Fraction(1) : term.coefficient;
	if (inside.length === 0 && term.coefficient.s > 0n) return result;
	const poly = polyAtom(product(env, kept, inside, []));
	return times(
		env,
		result,
		product(env, new Fraction(1), [{ atom: poly, exponent }], []),
	);
}

/** (x²)^{1/2} = |x|; a positive factor takes any exponent; what may be negative stays under the root. */
function distributeRoot(
	env: Environment,
	f: Factor,
	exponent: Fraction,
	outside: Factor[],
	inside: Factor[],
): void {
	const sign = signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) });
	const whole = f.exponent.mul(exponent);
	if (
		sign === "positive" ||
		(sign === "nonnegative" && exponent.s > 0n && f.exponent.s > 0n)
	)
		outside.push({ atom: f.atom, exponent: whole });
	else if (isWhole(f.exponent) && f.exponent.n % 2n === 0n) {
		const value = product(
			env,
			new Fraction(1),
			[{ atom: f.atom, exponent: new Fraction(1) }],
			[],
		);
		outside.push({ atom: functionAtom("abs", value), exponent: whole });
	} else inside.push(f);
}

function apply(env: Environment, name: string, argument: Form): Form {
	if (name === "log") return logarithm(env, argument);
	if (name === "exp") return exponential(env, argument);
	const cases = overOneHotCases(env, argument, (f) => apply(env, name, f));
	if (cases) return cases;
	const known = recurrence(env, name, argument);
	return known ?? atomForm(env, functionAtom(name, argument));
}

function logarithm(env: Environment, argument: Form): Form {
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
		return apply(env, "lgamma", atom.argument);
	if (atom.kind === "product") return sumOfLogarithms(env, atom);
	return atomForm(env, functionAtom("log", atomForm(env, atom)));
}

function sumOfLogarithms(
	env: Environment,
	atom: Extract<Atom, { kind: "product" }>,
): Form {
	return sumOver(env, logarithm(env, atom.body), atom.index, atom.range);
}

/** exp Σ: each c·log a with a rational c leaves as a^c. */
function exponential(env: Environment, argument: Form): Form {
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

/**
 * Γ(x) as exp log Γ; log Γ(x+n) = log Γ(x) + Σ log(x+j); ψ(x+n) = ψ(x) + Σ 1/(x+j); ψ′(x+n) = ψ′(x) − Σ 1/(x+j)². DLMF 5.5.1,
 * 5.5.2, 5.15.5.
 */
function recurrence(
	env: Environment,
	name: string,
	argument: Form,
): Form | null {
	if (name === "gamma")
		return isPositive(env, argument)
			? exponential(env, apply(env, "lgamma", argument))
			: null;
	if (name === "sigmoid") {
		const e = exponential(env, scale(argument, -1));
		return power(env, plus(unit, e), new Fraction(-1));
	}
	if (name === "abs") return absolute(env, argument);
	if (name === "step") return stepOf(env, argument);
	if (!shifting.has(name)) return null;
	const whole = argument.terms.get("")?.coefficient.floor() ?? new Fraction(0);
	const shift = Number(whole.n) * Number(whole.s);
	const base = plus(argument, rational(-shift));
	if (base.terms.size === 0)
		return name === "lgamma" && shift > 0 ? logFactorial(env, shift - 1) : null;
	if (name === "lgamma" && base.key === half.key) {
		const steps = Array.from({ length: Math.max(0, shift) }, (_, j) =>
			logarithm(env, plus(base, rational(j))),
		);
		return shift < 0 ? null : plus(...steps, logRootOfPi(env));
	}
	// Where the base may be 0, as a count may, f(base) need not be defined: then f(base + 1) is what is kept.
	const first = signOf(env, base) === "nonnegative" ? 1 : 0;
	if (shift <= first || shift > mostFactors) return null;
	const steps = Array.from({ length: shift - first }, (_, j) =>
		plus(base, rational(first + j)),
	);
	const parts = steps.map((s) => shiftOfGamma(env, name, s));
	const kept = plus(base, rational(first));
	return plus(atomForm(env, functionAtom(name, kept)), ...parts);
}

const shifting: ReadonlySet<string> = new Set([
	"lgamma",
	"digamma",
	"trigamma",
]);

/** f(x + 1) − f(x) for ln Γ, ψ and ψ′. */
function shiftOfGamma(env: Environment, name: string, x: Form): Form {
	if (name === "lgamma") return logarithm(env, x);
	return name === "digamma"
		? power(env, x, new Fraction(-1))
		: scale(power(env, x, new Fraction(-2)), -1);
}

const half = rational(new Fraction(1, 2));

/** Γ(½) = √π. DLMF 5.4.6. */
function logRootOfPi(env: Environment): Form {
	const pi = atomForm(env, constantAtom("pi"));
	return scale(logarithm(env, pi), new Fraction(1, 2));
}

function logFactorial(env: Environment, n: number): Form {
	return plus(
		...Array.from({ length: n }, (_, j) => logarithm(env, rational(j + 1))),
	);
}

function absolute(env: Environment, argument: Form): Form | null {
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

/** 1 where a number is not negative, 0 elsewhere: positive factors do not matter, and a known sign decides. */
function stepOf(env: Environment, argument: Form): Form | null {
	if (signOf(env, argument) !== "unknown") return unit;
	if (isPositive(env, scale(argument, -1))) return nought;
	const { primitive } = splitContent(env, argument, true);
	return atomForm(env, functionAtom("step", primitive));
}

/** |c f| = |c| |f| and |−f| = |f|: of the two signs of a sum the one that comes first is kept. */
function absoluteSum(env: Environment, argument: Form): Form | null {
	const { content, primitive } = splitContent(env, argument, true);
	if (monomial(primitive)) return null;
	const opposite = scale(primitive, -1);
	const kept = opposite.key < primitive.key ? opposite : primitive;
	const size = apply(env, "abs", content);
	return times(env, size, atomForm(env, functionAtom("abs", kept)));
}

/** base^exponent with a form as exponent; for a positive base it is exp(exponent · log base). */
function symbolicPower(env: Environment, base: Form, exponent: Form): Form {
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

/** Whether a form is positive as it stands, or as what its terms have in common times the rest. */
function isPositiveByParts(env: Environment, form: Form): boolean {
	if (isPositive(env, form)) return true;
	const { content, primitive } = splitContent(env, form, true);
	return isPositive(env, content) && isPositive(env, primitive);
}

/**
 * Π over an index: of positive terms through the logarithm; else what is positive in all terms comes out, and the rest goes
 * factor by factor.
 */
function bigProduct(
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

/** The functions that ring.ts rebuilds atoms with. */
export const functionTable: FunctionTable = {
	apply,
	power,
	symbolicPower,
	bigProduct,
	maximum,
	inverseEntry,
	determinant,
};
