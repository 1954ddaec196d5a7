import Fraction from "fraction.js";
import { variablesOf } from "./atoms.js";
import { type Environment, freshIndex } from "./environment.js";
import type { Atom, Factor, Form, Term } from "./form.js";
import {
	asRational,
	entryOf,
	minus,
	plus,
	product,
	sumOver,
	times,
} from "./ring.js";
import { type Group, groupsOf, summands } from "./summands.js";
import { transform } from "./transform.js";

/** Decides whether a form is zero: common denominators, and atoms whose arguments are equal though written apart. */

const deepest = 3;

/** True only if the form is zero wherever it is defined. False means "not shown". */
export function isZero(env: Environment, form: Form, depth = deepest): boolean {
	if (form.terms.size === 0) return true;
	if (asRational(form)) return false;
	const cleared = clearDenominators(env, form);
	if (cleared.terms.size === 0) return true;
	if (depth === 0) return false;
	const unified = unifyAtoms(env, cleared, depth - 1);
	if (unified) return isZero(env, unified, depth - 1);
	return (
		isSumOfZeros(env, cleared, depth - 1) ||
		isZeroTimesMatrix(env, cleared, depth - 1)
	);
}

/**
 * A vector or matrix F is zero if M F is, for an invertible M; one whose inverse stands at an end of F, at a component
 * that is arbitrary, cancels there.
 */
function isZeroTimesMatrix(
	env: Environment,
	form: Form,
	depth: number,
): boolean {
	const tried = new Set<string>();
	for (const term of form.terms.values())
		for (const { atom } of term.factors) {
			if (
				atom.kind !== "inverse" ||
				isLocal({ ...atom, variables: variablesOf(atom.matrix) })
			)
				continue;
			for (const end of [atom.row, atom.column]) {
				const key = `${atom.matrix.key} ${end}`;
				if (!end.startsWith("~") || tried.has(key)) continue;
				tried.add(key);
				const other = freshIndex(env, atom.size);
				const [r, c] = end === atom.row ? [other, end] : [end, other];
				const matrix = entryOf(env, atom.matrix, r, c);
				const whole = sumOver(env, times(env, matrix, form), end, atom.size);
				if (isZero(env, whole, depth)) return true;
			}
		}
	return false;
}

/** Multiplies by every sum that stands in a denominator and depends on no bound index; that changes no zero. */
export function clearDenominators(env: Environment, form: Form): Form {
	let current = form;
	for (let round = 0; round < 12; round++) {
		const worst = worstDenominator(current);
		if (!worst) return current;
		env.rules.add("common denominator");
		current = multiplyThrough(env, current, worst);
	}
	return current;
}

function isLocal(atom: Atom): boolean {
	for (const v of atom.variables)
		if (v.startsWith("$") || v.startsWith("%")) return true;
	return false;
}

interface Denominator {
	readonly key: string;
	readonly form: Form;
	readonly exponent: Fraction;
}

/** A sum under a negative exponent, with the exponent's floor. */
function worstDenominator(form: Form): Denominator | null {
	const found = [...form.terms.values()]
		.flatMap((t) => t.factors)
		.flatMap(({ atom, exponent }) =>
			atom.kind === "poly" && exponent.s < 0n && !isLocal(atom)
				? [{ key: atom.key, form: atom.form, exponent: exponent.floor() }]
				: [],
		);
	const [first] = found;
	if (!first) return null;
	return found
		.filter((d) => d.key === first.key)
		.reduce((a, b) => (b.exponent.compare(a.exponent) < 0 ? b : a));
}

function multiplyThrough(env: Environment, form: Form, by: Denominator): Form {
	const lift = by.exponent.neg();
	const whole = env.functions.power(env, by.form, lift);
	const parts = [...form.terms.values()].map((term) => {
		const own = term.factors.find((f) => f.atom.key === by.key);
		if (!own)
			return times(
				env,
				product(env, term.coefficient, term.factors, term.bound),
				whole,
			);
		const lifted: Factor = { atom: own.atom, exponent: own.exponent.add(lift) };
		const rest = term.factors.filter((f) => f !== own);
		return product(
			env,
			term.coefficient,
			lifted.exponent.n === 0n ? rest : [...rest, lifted],
			term.bound,
		);
	});
	return plus(...parts);
}

/** Replaces an atom by another of the same kind whose arguments are shown to be equal; null if there is none. */
function unifyAtoms(env: Environment, form: Form, depth: number): Form | null {
	const atoms = nestedAtoms(form);
	for (let i = 0; i < atoms.length; i++)
		for (let j = i + 1; j < atoms.length; j++) {
			const [a, b] = [atoms[i] as Atom, atoms[j] as Atom];
			if (!sameArguments(env, a, b, depth)) continue;
			const next = replaceAtom(env, form, b, a);
			if (next) return next;
		}
	return null;
}

function replaceAtom(
	env: Environment,
	form: Form,
	from: Atom,
	to: Atom,
): Form | null {
	const replaced = transform(env, form, (f) =>
		f.atom.key === from.key
			? product(env, new Fraction(1), [{ atom: to, exponent: f.exponent }], [])
			: null,
	);
	return replaced.key === form.key ? null : replaced;
}

/** Atoms with forms inside that mention no bound index of their term. */
function nestedAtoms(form: Form): Atom[] {
	const found = new Map<string, Atom>();
	for (const term of form.terms.values())
		for (const { atom } of term.factors)
			if (atom.height > 0 && !isLocal(atom)) found.set(atom.key, atom);
	return [...found.values()];
}

function sameArguments(
	env: Environment,
	a: Atom,
	b: Atom,
	depth: number,
): boolean {
	if (a.kind !== b.kind) return false;
	const equal = (x: Form, y: Form) => isZero(env, minus(x, y), depth);
	if (a.kind === "function" && b.kind === "function")
		return a.name === b.name && equal(a.argument, b.argument);
	if (a.kind === "poly" && b.kind === "poly") return equal(a.form, b.form);
	if (a.kind === "determinant" && b.kind === "determinant")
		return a.size === b.size && equal(a.matrix, b.matrix);
	if (a.kind === "inverse" && b.kind === "inverse")
		return (
			a.row === b.row && a.column === b.column && equal(a.matrix, b.matrix)
		);
	return false;
}

/**
 * A difference of sums vanishes if its summands do, put over a common denominator: those over the same indices, and where
 * that does not do, all of them as one sum, as in Σ_n a_n/(1 + a_n) - N + Σ_n 1/(1 + a_n).
 */
function isSumOfZeros(env: Environment, form: Form, depth: number): boolean {
	if (![...form.terms.values()].some((t) => t.bound.length > 0)) return false;
	const vanishes = (group: Group, others: readonly Term[] = []) =>
		summands(env, group, others).some((s) => isZero(env, s, depth));
	const left = groupsOf(form).filter((group) => !vanishes(group));
	const [most, ...fewer] = left.sort(
		(a, b) => b.ranges.length - a.ranges.length,
	);
	if (!most) return true;
	return (
		fewer.length > 0 &&
		vanishes(
			most,
			fewer.flatMap((group) => group.terms),
		)
	);
}
