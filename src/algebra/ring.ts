import Fraction from "fraction.js";
import {
	deltaAtom,
	hotAtom,
	ixAtom,
	opaqueAtom,
	signAtom,
	symbolAtom,
} from "./atoms.js";
import { canonicalTerm } from "./canonical.js";
import {
	type Environment,
	freshIndex,
	NoNormalForm,
	spend,
} from "./environment.js";
import {
	type Atom,
	type BoundIndex,
	columnSlot,
	type Factor,
	type Form,
	type Range,
	rowSlot,
	type Term,
} from "./form.js";
import { type Ix, renameIx } from "./ix.js";
import { reductionsFor } from "./reductions/index.js";
import { oneFraction } from "./reductions/reduction.js";

/** Addition, multiplication, summation over an index and substitution of index values: the ring of normal forms. */

export const nought: Form = { terms: new Map(), key: "0", height: 0 };

/** The form with these terms; equal keys are added up. */
export function collect(terms: Iterable<Term>): Form {
	return sealed(addTo(new Map(), terms));
}

function addTo(
	merged: Map<string, Term>,
	terms: Iterable<Term>,
): ReadonlyMap<string, Term> {
	for (const term of terms) {
		const before = merged.get(term.key);
		if (!before) {
			merged.set(term.key, term);
			continue;
		}
		const coefficient = before.coefficient.add(term.coefficient);
		if (coefficient.n === 0n) merged.delete(term.key);
		else merged.set(term.key, { ...before, coefficient });
	}
	return merged;
}

function sealed(terms: ReadonlyMap<string, Term>): Form {
	if (terms.size === 0) return nought;
	let height = 0;
	for (const t of terms.values()) height = Math.max(height, heightOf(t));
	return new Sum(terms, height);
}

/** A form of one term or more. Most are never compared nor stand inside of others, so that their keys are made when asked for. */
class Sum implements Form {
	private text: string | null = null;

	constructor(
		readonly terms: ReadonlyMap<string, Term>,
		readonly height: number,
	) {}

	get key(): string {
		this.text ??= [...this.terms.values()]
			.map((t) => `${t.coefficient.toFraction()}·${t.key}`)
			.sort()
			.join(" + ");
		return this.text;
	}
}

/** Nesting height of a term: one more than that of the forms inside where it binds an index. */
export function heightOf(term: {
	factors: readonly Factor[];
	bound: readonly BoundIndex[];
}): number {
	let inner = 0;
	for (const f of term.factors) inner = Math.max(inner, f.atom.height);
	return inner + 1;
}

export function rational(value: Fraction | number): Form {
	const coefficient = asFraction(value);
	if (coefficient.n === 0n) return nought;
	const term: Term = { coefficient, factors: [], bound: [], key: "" };
	return {
		terms: new Map([["", term]]),
		key: `${coefficient.toFraction()}·`,
		height: 1,
	};
}

export const unit: Form = rational(1);

function asFraction(value: Fraction | number): Fraction {
	if (value instanceof Fraction) return value;
	return value === 1 ? oneFraction : new Fraction(value);
}

/** Most coefficients are 1, and fractions take their time. */
function multiplied(a: Fraction, b: Fraction): Fraction {
	if (isOne(a)) return b;
	return isOne(b) ? a : a.mul(b);
}

function isOne({ s, n, d }: Fraction): boolean {
	return n === 1n && d === 1n && s === 1n;
}

/** A single atom to a power. */
export function atomForm(
	env: Environment,
	atom: Atom,
	exponent: Fraction | number = 1,
): Form {
	return product(
		env,
		oneFraction,
		[{ atom, exponent: asFraction(exponent) }],
		[],
	);
}

/** The rational in a form, or null if it is anything else. */
export function asRational(form: Form): Fraction | null {
	if (form.terms.size === 0) return new Fraction(0);
	if (form.terms.size > 1) return null;
	const only = form.terms.values().next().value as Term;
	return only.key === "" ? only.coefficient : null;
}

export function plus(...forms: readonly Form[]): Form {
	const nonzero = forms.filter((f) => f.terms.size > 0);
	if (nonzero.length === 0) return nought;
	if (nonzero.length === 1) return nonzero[0] as Form;
	const [first, ...rest] = nonzero as [Form, ...Form[]];
	const merged = new Map(first.terms);
	for (const form of rest) addTo(merged, form.terms.values());
	return sealed(merged);
}

export function scale(form: Form, factor: Fraction | number): Form {
	const by = asFraction(factor);
	if (by.n === 0n) return nought;
	if (isOne(by)) return form;
	const terms = new Map<string, Term>();
	for (const [key, t] of form.terms)
		terms.set(key, { ...t, coefficient: multiplied(t.coefficient, by) });
	return sealed(terms);
}

export function minus(a: Form, b: Form): Form {
	return plus(a, scale(b, -1));
}

export function times(env: Environment, a: Form, b: Form): Form {
	const left = asRational(a);
	if (left) return scale(b, left);
	const right = asRational(b);
	if (right) return scale(a, right);
	const found: Term[] = [];
	for (const s of a.terms.values())
		for (const t of b.terms.values())
			found.push(...multiplyTerms(env, s, t).terms.values());
	return collect(found);
}

export function timesAll(env: Environment, forms: readonly Form[]): Form {
	return forms.reduce((acc, f) => times(env, acc, f), unit);
}

function multiplyTerms(env: Environment, s: Term, t: Term): Form {
	const right = s.bound.length > 0 && t.bound.length > 0 ? open(env, t) : t;
	return product(
		env,
		multiplied(s.coefficient, right.coefficient),
		[...s.factors, ...right.factors],
		[...s.bound, ...right.bound],
	);
}

/** The term with its bound indices renamed to new ones, so that they may stand beside others. */
export function open(env: Environment, term: Term): Omit<Term, "key"> {
	if (term.bound.length === 0) return term;
	const map = new Map<string, Ix>();
	const bound = term.bound.map((b) => {
		const name = freshIndex(env, b.range);
		map.set(b.name, name);
		return { name, range: b.range };
	});
	let coefficient = term.coefficient;
	const factors: Factor[] = [];
	for (const f of term.factors) {
		const renamed = substituteFactor(env, f, map);
		const only = singleTerm(renamed);
		if (!only || only.bound.length > 0)
			throw new NoNormalForm("renaming an index changed the shape of a term");
		coefficient = multiplied(coefficient, only.coefficient);
		factors.push(...only.factors);
	}
	return { coefficient, factors, bound };
}

/** The only term of a form, or null. */
export function singleTerm(form: Form): Term | null {
	return form.terms.size === 1
		? (form.terms.values().next().value as Term)
		: null;
}

/** The atom that a form is, and nothing else; null if it is more than that. */
export function soleAtom(form: Form): Atom | null {
	const only = singleTerm(form);
	const [factor, more] = only?.factors ?? [];
	return only?.bound.length === 0 &&
		only.coefficient.equals(1) &&
		factor?.exponent.equals(1) &&
		!more
		? factor.atom
		: null;
}

/**
 * The normal form of one product. Applies the first reduction that fits (each hands back a form built by this same
 * function), else names the bound indices canonically.
 */
export function product(
	env: Environment,
	coefficient: Fraction,
	factors: readonly Factor[],
	bound: readonly BoundIndex[],
): Form {
	spend(env);
	if (coefficient.n === 0n) return nought;
	const draft = { coefficient, factors: mergeFactors(factors), bound };
	for (const reduce of reductionsFor(draft.factors, bound)) {
		const reduced = reduce(env, draft, kit);
		if (reduced) return reduced;
	}
	const term = canonicalTerm(draft, (f, map) =>
		singleTerm(substituteFactor(env, f, map)),
	);
	return term ? collect([term]) : nought;
}

function mergeFactors(factors: readonly Factor[]): readonly Factor[] {
	if (factors.length < 2) return factors.filter((f) => f.exponent.n !== 0n);
	const merged = new Map<string, Factor>();
	for (const f of factors) {
		const before = merged.get(f.atom.key);
		merged.set(
			f.atom.key,
			before ? { atom: f.atom, exponent: before.exponent.add(f.exponent) } : f,
		);
	}
	return [...merged.values()].filter((f) => f.exponent.n !== 0n);
}

/** Σ over an index variable that is free in the form. */
export function sumOver(
	env: Environment,
	form: Form,
	name: string,
	range: Range,
): Form {
	const found: Term[] = [];
	for (const t of form.terms.values())
		found.push(
			...product(env, t.coefficient, t.factors, [
				...t.bound,
				{ name, range },
			]).terms.values(),
		);
	return collect(found);
}

/** Replaces index variables by values, everywhere, and normalises what becomes simpler. */
export function substitute(
	env: Environment,
	form: Form,
	map: ReadonlyMap<string, Ix>,
): Form {
	if (map.size === 0) return form;
	const found: Term[] = [];
	for (const t of form.terms.values()) {
		if (!t.factors.some((f) => mentions(f.atom, map))) {
			found.push(t);
			continue;
		}
		found.push(...substituteTerm(env, t, map).terms.values());
	}
	return collect(found);
}

function mentions(atom: Atom, map: ReadonlyMap<string, Ix>): boolean {
	for (const name of atom.variables) if (map.has(name)) return true;
	return false;
}

function substituteTerm(
	env: Environment,
	term: Term,
	map: ReadonlyMap<string, Ix>,
): Form {
	return rebuild(env, term, (f) => substituteFactor(env, f, map));
}

/** The term with each factor replaced by a form, under the same sums. */
export function rebuild(
	env: Environment,
	term: Omit<Term, "key">,
	replace: (f: Factor) => Form,
): Form {
	const opened = open(env, { ...term, key: "" });
	const simple: Factor[] = [];
	let coefficient = opened.coefficient;
	let rest: Form = unit;
	for (const f of opened.factors) {
		const form = replace(f);
		const only = singleTerm(form);
		if (only && only.bound.length === 0) {
			coefficient = multiplied(coefficient, only.coefficient);
			simple.push(...only.factors);
		} else rest = times(env, rest, form);
	}
	let result = times(env, product(env, coefficient, simple, []), rest);
	for (const b of opened.bound) result = sumOver(env, result, b.name, b.range);
	return result;
}

/** One factor after a substitution of index values. */
export function substituteFactor(
	env: Environment,
	factor: Factor,
	map: ReadonlyMap<string, Ix>,
): Form {
	const { atom, exponent } = factor;
	if (!mentions(atom, map)) return lone(factor);
	const at = (ix: Ix) => renameIx(ix, map);
	const inside = (form: Form) => substitute(env, form, map);
	switch (atom.kind) {
		case "symbol":
			return lone({
				atom: orderedSymbol(env, atom.name, atom.ix.map(at)),
				exponent,
			});
		case "hot":
			return lone({ atom: hotAtom(atom.name, atom.ix.map(at)), exponent });
		case "ix":
			return /^-?\d+$/.test(at(atom.at))
				? env.functions.power(env, rational(Number(at(atom.at))), exponent)
				: lone({ atom: ixAtom(at(atom.at)), exponent });
		case "delta":
			return lone({ atom: deltaAtom(at(atom.a), at(atom.b)), exponent });
		case "sign":
			return signForm(at(atom.a), at(atom.b), exponent);
		case "function":
			return env.functions.power(
				env,
				env.functions.apply(env, atom.name, inside(atom.argument)),
				exponent,
			);
		case "poly":
			return env.functions.power(env, inside(atom.form), exponent);
		case "power":
			return env.functions.symbolicPower(
				env,
				inside(atom.base),
				scale(inside(atom.exponentForm), exponent),
			);
		case "product": {
			const built = env.functions.bigProduct(
				env,
				atom.index,
				atom.range,
				inside(atom.body),
			);
			return env.functions.power(env, built, exponent);
		}
		case "maximum":
			return env.functions.power(
				env,
				env.functions.maximum(env, atom.index, atom.range, inside(atom.body)),
				exponent,
			);
		case "inverse": {
			const built = env.functions.inverseEntry(
				env,
				substitute(env, atom.matrix, beyondSlots(map)),
				at(atom.row),
				at(atom.column),
				atom.size,
			);
			return env.functions.power(env, built, exponent);
		}
		case "determinant":
			return env.functions.power(
				env,
				env.functions.determinant(
					env,
					substitute(env, atom.matrix, beyondSlots(map)),
					atom.size,
					atom.positive,
				),
				exponent,
			);
		case "opaque":
			return lone({
				atom: opaqueAtom(
					atom.head,
					inside(atom.argument),
					atom.binds,
					atom.positive,
				),
				exponent,
			});
		default:
			return lone(factor);
	}
}

/** The slots of a matrix inside an inverse or a determinant are its own. */
function beyondSlots(map: ReadonlyMap<string, Ix>): ReadonlyMap<string, Ix> {
	return new Map(
		[...map].filter(([name]) => name !== rowSlot && name !== columnSlot),
	);
}

/** A factor as a form without applying any rule; `product` gives it its normal form when it is multiplied in. */
export function lone(factor: Factor): Form {
	const key = `${factor.atom.key}^${factor.exponent.toFraction()}`;
	const term: Term = {
		coefficient: oneFraction,
		factors: [factor],
		bound: [],
		key,
	};
	return new Sum(new Map([[key, term]]), factor.atom.height + 1);
}

/** A symbol's entry; those of a symmetric matrix are written with the smaller subscript first. */
export function orderedSymbol(
	env: Environment,
	name: string,
	ix: readonly Ix[],
): Atom {
	const type = env.context.symbols.get(name)?.type;
	if ((type !== "symmetric" && type !== "posdef") || ix.length < 2)
		return symbolAtom(name, ix);
	const head = ix.slice(0, -2);
	const [a, b] = ix.slice(-2) as [Ix, Ix];
	return symbolAtom(name, a <= b ? [...head, a, b] : [...head, b, a]);
}

/** sgn(a, b)^exponent with its arguments in order. */
export function signForm(a: Ix, b: Ix, exponent: Fraction): Form {
	if (a === b)
		return exponent.s > 0n ? nought : lone({ atom: signAtom(a, b), exponent });
	if (a < b) return lone({ atom: signAtom(a, b), exponent });
	const odd = exponent.d === 1n && exponent.n % 2n === 1n;
	return odd
		? scale(lone({ atom: signAtom(b, a), exponent }), -1)
		: lone({ atom: signAtom(b, a), exponent });
}

/** The matrix form's (row, column) entry. */
export function entryOf(
	env: Environment,
	matrix: Form,
	row: Ix,
	column: Ix,
): Form {
	const map = new Map([
		[rowSlot, row],
		[columnSlot, column],
	]);
	return substitute(env, matrix, map);
}

/** What the reductions need of this file; handed over so that imports run one way. */
const kit = {
	product,
	times,
	plus,
	scale,
	substitute,
	substituteFactor,
	nought,
	unit,
};
export type Kit = typeof kit;
