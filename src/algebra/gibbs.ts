import Fraction from "fraction.js";
import type { Environment } from "./environment.js";
import type { Atom, BoundIndex, Factor, Form, Term } from "./form.js";
import {
	minus,
	open,
	plus,
	product,
	scale,
	substitute,
	sumOver,
	unit,
} from "./ring.js";
import { isZero } from "./zero.js";

/**
 * Gibbs' inequality: c Σ_z q(z) log q(z) ≥ c Σ_z q(z) log r(z) + c·const for probabilities q and r exp(const) (c > 0).
 * True if the form is the difference of the two sides: so KL ≥ 0, evidence ≥ ELBO, and −Σ π log π ≤ log K.
 */
export function isGibbs(env: Environment, form: Form): boolean {
	for (const term of form.terms.values()) {
		const weight = entropyTerm(env, term);
		if (weight && vanishesAgainst(env, form, term, weight)) {
			env.rules.add("Gibbs' inequality");
			return true;
		}
	}
	return false;
}

/** q, where the term is a positive multiple of Σ q log q over exactly the indices of q that are summed. */
function entropyTerm(env: Environment, term: Term): Atom | null {
	if (term.coefficient.s < 0n || term.bound.length === 0) return null;
	const weight = term.factors.find(
		(f) => f.exponent.equals(1) && isProbability(env, f.atom),
	);
	if (!weight || term.factors.length !== 2) return null;
	const log = logArgument(term.factors.find((f) => f !== weight));
	const only =
		log && log.terms.size === 1 ? [...log.terms.values()][0] : undefined;
	const own =
		only?.coefficient.equals(1) &&
		only.factors.length === 1 &&
		only.factors[0]?.atom.key === weight.atom.key;
	return own && term.bound.every((b) => weight.atom.variables.has(b.name))
		? weight.atom
		: null;
}

function isProbability(env: Environment, atom: Atom): boolean {
	if (atom.kind !== "symbol") return false;
	return (
		atom.name.startsWith("⟨") ||
		env.context.symbols.get(atom.name)?.type === "simplex"
	);
}

function logArgument(f: Factor | undefined): Form | null {
	return f?.atom.kind === "function" &&
		f.atom.name === "log" &&
		f.exponent.equals(1)
		? f.atom.argument
		: null;
}

/** Whether the rest of the form is −Σ q log r − const with Σ r exp(const) = 1, in units of the entropy's coefficient. */
function vanishesAgainst(
	env: Environment,
	form: Form,
	entropy: Term,
	weight: Atom,
): boolean {
	const c = entropy.coefficient;
	const opened = open(env, entropy);
	const q = opened.factors.find(
		(f) => f.exponent.equals(1) && f.atom.kind === "symbol",
	);
	if (!q || !isNormalised(env, q, opened.bound)) return false;
	const rest = [...form.terms.values()].filter((t) => t !== entropy);
	const logs: Form[] = [];
	for (const t of rest) {
		const part = perWeight(env, t, q.atom, opened.bound, weight);
		if (!part) return false;
		logs.push(scale(part, new Fraction(-1).div(c)));
	}
	let total = env.functions.apply(env, "exp", plus(...logs));
	for (const b of opened.bound) total = sumOver(env, total, b.name, b.range);
	return isZero(env, minus(total, unit));
}

function isNormalised(
	env: Environment,
	q: Factor,
	bound: readonly BoundIndex[],
): boolean {
	let total = product(env, new Fraction(1), [q], []);
	for (const b of bound) total = sumOver(env, total, b.name, b.range);
	return isZero(env, minus(total, unit));
}

/** ℓ(z), where the term is Σ_z q(z) ℓ(z); or the term itself if it does not mention z at all. */
function perWeight(
	env: Environment,
	term: Term,
	q: Atom,
	bound: readonly BoundIndex[],
	weight: Atom,
): Form | null {
	const own = term.factors.find(
		(f) => f.atom.kind === "symbol" && sameFamily(f.atom, weight),
	);
	if (!own) return product(env, term.coefficient, term.factors, term.bound);
	const opened = open(env, term);
	const moved = opened.factors.find(
		(f) => f.atom.kind === "symbol" && sameFamily(f.atom, weight),
	);
	if (!moved?.exponent.equals(1) || opened.bound.length !== bound.length)
		return null;
	const map = matching(moved.atom, q);
	if (!map || opened.bound.some((b) => !map.has(b.name))) return null;
	const others = opened.factors.filter((f) => f !== moved);
	return substitute(env, product(env, opened.coefficient, others, []), map);
}

function sameFamily(a: Atom, b: Atom): boolean {
	return a.kind === "symbol" && b.kind === "symbol" && a.name === b.name;
}

/** How the indices of one atom are renamed to those of the other; null if they cannot be. */
function matching(from: Atom, to: Atom): Map<string, string> | null {
	if (from.kind !== "symbol" || to.kind !== "symbol") return null;
	const map = new Map<string, string>();
	for (const [i, name] of from.ix.entries()) {
		const target = to.ix[i];
		if (target === undefined) return null;
		if (name.startsWith("~")) map.set(name, target);
		else if (name !== target) return null;
	}
	return map;
}
