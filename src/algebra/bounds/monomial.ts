import Fraction from "fraction.js";
import { polyAtom } from "../atoms.js";
import type { Environment } from "../environment.js";
import type { BoundIndex, Factor, Form } from "../form.js";
import {
	nought,
	plus,
	product,
	scale,
	singleTerm,
	substitute,
	substituteFactor,
} from "../ring.js";
import { signOfFactor } from "../signs.js";
import type { Summand } from "./summand.js";

/**
 * A product of powers with e^… apart, in which sums may stand as factors of their own: what a sum of squares is looked
 * for in. Exponents may be any rationals, for a positive number is the square of its root.
 */
export interface Monomial {
	readonly factors: ReadonlyMap<string, Factor>;
	/** The exponent of e. */
	readonly exponent: Form;
	readonly key: string;
}

export function monomial(factors: readonly Factor[]): Monomial {
	const merged = new Map<string, Factor>();
	let exponent = nought;
	for (const f of factors) {
		if (f.atom.kind === "function" && f.atom.name === "exp") {
			exponent = plus(exponent, scale(f.atom.argument, f.exponent));
			continue;
		}
		const before = merged.get(f.atom.key);
		const sum = before ? before.exponent.add(f.exponent) : f.exponent;
		merged.set(f.atom.key, { atom: f.atom, exponent: sum });
	}
	return keyed(merged, exponent);
}

function keyed(factors: ReadonlyMap<string, Factor>, exponent: Form): Monomial {
	const kept = new Map([...factors].filter(([, f]) => f.exponent.n !== 0n));
	const powers = [...kept].map(([k, f]) => `${k}^${f.exponent.toFraction()}`);
	return { factors: kept, exponent, key: `${powers.sort()} e^${exponent.key}` };
}

export function multiply(a: Monomial, b: Monomial): Monomial {
	const merged = new Map(a.factors);
	for (const [key, f] of b.factors) {
		const before = merged.get(key);
		const sum = before ? before.exponent.add(f.exponent) : f.exponent;
		merged.set(key, { atom: f.atom, exponent: sum });
	}
	return keyed(merged, plus(a.exponent, b.exponent));
}

/** The root of a monomial that is a square for every allowed value: x², p, e^a; null if it may be negative. */
export function rootOf(env: Environment, m: Monomial): Monomial | null {
	const halves = new Map<string, Factor>();
	for (const [key, f] of m.factors) {
		const half = f.exponent.div(2);
		const sign = signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) });
		const isRoot =
			half.d === 1n ||
			sign === "positive" ||
			(sign === "nonnegative" && half.s > 0n);
		if (!isRoot) return null;
		halves.set(key, { atom: f.atom, exponent: half });
	}
	return keyed(halves, scale(m.exponent, new Fraction(1, 2)));
}

/** The monomial with its indices called otherwise, and the sign that this brings. */
export function renamed(
	env: Environment,
	m: Monomial,
	map: ReadonlyMap<string, string>,
): { coefficient: Fraction; monomial: Monomial } | null {
	let coefficient = new Fraction(1);
	const factors: Factor[] = [];
	for (const f of m.factors.values()) {
		if (f.atom.kind === "poly") {
			const atom = polyAtom(substitute(env, f.atom.form, map));
			factors.push({ atom, exponent: f.exponent });
			continue;
		}
		const only = singleTerm(substituteFactor(env, f, map));
		if (!only || only.bound.length > 0) return null;
		coefficient = coefficient.mul(only.coefficient);
		factors.push(...only.factors);
	}
	const flat = monomial(factors);
	const exponent = plus(flat.exponent, substitute(env, m.exponent, map));
	return { coefficient, monomial: keyed(flat.factors, exponent) };
}

/** The summand with the sums over some of its indices as factors of their own, one for each part that hangs together. */
export function contract(
	env: Environment,
	summand: Summand,
	gone: readonly BoundIndex[],
): Summand | null {
	let { coefficient } = summand;
	let factors = summand.factors;
	const open = new Set(gone);
	while (open.size > 0) {
		const [first] = open;
		const { own, bound } = partAround(first as BoundIndex, [...open], factors);
		for (const b of bound) open.delete(b);
		const sum = singleTerm(product(env, new Fraction(1), own, bound));
		if (!sum) return null;
		coefficient = coefficient.mul(sum.coefficient);
		const atom = polyAtom(
			product(env, new Fraction(1), sum.factors, sum.bound),
		);
		factors = [
			...factors.filter((f) => !own.includes(f)),
			{ atom, exponent: new Fraction(1) },
		];
	}
	const bound = summand.bound.filter((b) => !gone.includes(b));
	return { coefficient, factors, bound };
}

/** The factors that are reached from an index over indices that are to go. */
function partAround(
	first: BoundIndex,
	open: readonly BoundIndex[],
	factors: readonly Factor[],
): { own: readonly Factor[]; bound: readonly BoundIndex[] } {
	const bound = new Set([first]);
	const own = new Set<Factor>();
	for (const b of bound)
		for (const f of factors) {
			if (!f.atom.variables.has(b.name)) continue;
			own.add(f);
			for (const c of open) if (f.atom.variables.has(c.name)) bound.add(c);
		}
	return { own: [...own], bound: [...bound] };
}
