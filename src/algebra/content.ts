import Fraction from "fraction.js";
import { functionAtom } from "./atoms.js";
import type { Environment } from "./environment.js";
import type { Factor, Form, Term } from "./form.js";
import {
	atomForm,
	collect,
	nought,
	plus,
	product,
	scale,
	times,
} from "./ring.js";
import { signOfFactor } from "./signs.js";

/** A form as a monomial times a primitive form: 1/σ² + S/λ² is (σλ)^{-2} (λ² + σ² S). */
export interface Split {
	readonly content: Form;
	readonly primitive: Form;
}

/**
 * Takes out the greatest common rational, atoms to their least exponents, and what exponentials have in common.
 * With `positiveOnly` only factors known to be positive leave (for log and fractional powers).
 */
export function splitContent(
	env: Environment,
	form: Form,
	positiveOnly: boolean,
): Split {
	const terms = [...form.terms.values()];
	const rational = commonRational(terms, positiveOnly);
	const atoms = commonAtoms(env, terms, positiveOnly);
	let content = product(env, rational, atoms, []);
	let primitive = divideTerms(env, form, rational, atoms);
	const exponent = commonExponent(primitive);
	if (exponent.terms.size > 0) {
		content = times(env, content, atomForm(env, functionAtom("exp", exponent)));
		primitive = times(
			env,
			primitive,
			atomForm(env, functionAtom("exp", scale(exponent, -1))),
		);
	}
	const shift = leastShift(env, primitive);
	if (shift) {
		content = times(env, content, atomForm(env, functionAtom("exp", shift.by)));
		primitive = shift.form;
	}
	const isNegative =
		!positiveOnly &&
		env.positive.size > 0 &&
		env.positive.has(scale(primitive, -1).key);
	return isNegative
		? { content: scale(content, -1), primitive: scale(primitive, -1) }
		: { content, primitive };
}

/** Exponents are subtracted factor by factor, so that a sum in a denominator cancels before it is multiplied out. */
function divideTerms(
	env: Environment,
	form: Form,
	rational: Fraction,
	atoms: readonly Factor[],
): Form {
	const inverted = atoms.map((f) => ({
		atom: f.atom,
		exponent: f.exponent.neg(),
	}));
	const terms = [...form.terms.values()].map((t) =>
		product(
			env,
			t.coefficient.div(rational),
			[...t.factors, ...inverted],
			t.bound,
		),
	);
	return plus(...terms);
}

function gcd(a: bigint, b: bigint): bigint {
	return b === 0n ? a : gcd(b, a % b);
}

function commonRational(
	terms: readonly Term[],
	positiveOnly: boolean,
): Fraction {
	let n = 0n;
	let d = 1n;
	for (const { coefficient } of terms) {
		n = gcd(n, coefficient.n);
		d = (d * coefficient.d) / gcd(d, coefficient.d);
	}
	const least = terms.reduce((a, b) => (b.key < a.key ? b : a));
	const sign = !positiveOnly && least.coefficient.s < 0n ? -1 : 1;
	return new Fraction(n, d).mul(sign);
}

/** Whether a factor mentions an index that its own term binds (names of binders begin with $ or %). */
function isLocal(f: Factor): boolean {
	for (const v of f.atom.variables)
		if (v.startsWith("$") || v.startsWith("%")) return true;
	return false;
}

function commonAtoms(
	env: Environment,
	terms: readonly Term[],
	positiveOnly: boolean,
): Factor[] {
	const seen = new Map<
		string,
		{ factor: Factor; least: Fraction; count: number }
	>();
	for (const term of terms)
		for (const f of term.factors) {
			if (isLocal(f) || !mayLeave(env, f, positiveOnly)) continue;
			const before = seen.get(f.atom.key);
			if (!before)
				seen.set(f.atom.key, { factor: f, least: f.exponent, count: 1 });
			else {
				before.count += 1;
				if (f.exponent.compare(before.least) < 0) before.least = f.exponent;
			}
		}
	const common: Factor[] = [];
	for (const { factor, least, count } of seen.values()) {
		const exponent =
			count < terms.length && least.s > 0n ? new Fraction(0) : least;
		if (exponent.n !== 0n) common.push({ atom: factor.atom, exponent });
	}
	return common;
}

function mayLeave(env: Environment, f: Factor, positiveOnly: boolean): boolean {
	if (f.atom.kind === "function" && f.atom.name === "exp") return false;
	if (
		f.atom.kind === "delta" ||
		f.atom.kind === "sign" ||
		f.atom.kind === "hot"
	)
		return false;
	return (
		!positiveOnly ||
		signOfFactor(env, { atom: f.atom, exponent: new Fraction(1) }) ===
			"positive"
	);
}

/** Beyond these terms a shift is not looked for: each costs a product with all of them. */
const mostShifted = 8;

/**
 * Of F and all F e^{−a}, a an exponent in F, the one with the least key: what 1 + e^x and 1 + e^{−x}, or Σ e^{f_k} at any shift,
 * have in common. The names of indices do not count, for they change; where that leaves two alike, F stays as it is.
 */
function leastShift(
	env: Environment,
	form: Form,
): { by: Form; form: Form } | null {
	const exponents = freeExponents(form);
	if (exponents.length < 2 || form.terms.size > mostShifted) return null;
	const candidates = exponents.map((by) => {
		const inverse = atomForm(env, functionAtom("exp", scale(by, -1)));
		const shifted = by.terms.size === 0 ? form : times(env, form, inverse);
		return { by, form: shifted, key: withoutIndices(shifted.key) };
	});
	candidates.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
	const [least, next] = candidates;
	if (!least || least.key === next?.key || least.by.terms.size === 0)
		return null;
	return least;
}

function withoutIndices(key: string): string {
	return key.replace(/\[[^\]]*\]|<[^>]*>/g, "[]");
}

/** The exponents of a form's terms as far as no binder touches them, each once. */
function freeExponents(form: Form): readonly Form[] {
	const found = new Map<string, Form>();
	for (const term of form.terms.values()) {
		const exp = term.factors.find(
			(f) => f.atom.kind === "function" && f.atom.name === "exp",
		);
		const bound = new Set(term.bound.map((b) => b.name));
		const argument = exp?.atom.kind === "function" ? exp.atom.argument : nought;
		const free = collect(
			[...argument.terms.values()].filter(
				(t) =>
					!t.factors.some((f) =>
						[...f.atom.variables].some((v) => bound.has(v)),
					),
			),
		);
		found.set(free.key, free);
	}
	return [...found.values()];
}

/** Terms that the exponents of all terms share and that no binder touches. */
function commonExponent(form: Form): Form {
	let shared: Map<string, Term> | null = null;
	for (const term of form.terms.values()) {
		const found = term.factors.find(
			(f) => f.atom.kind === "function" && f.atom.name === "exp",
		);
		if (found?.atom.kind !== "function") return nought;
		const bound = new Set(term.bound.map((b) => b.name));
		const isFree = (t: Term) =>
			!t.factors.some((f) => [...f.atom.variables].some((v) => bound.has(v)));
		const own = new Map(
			[...found.atom.argument.terms].filter(([, t]) => isFree(t)),
		);
		shared = shared ? agreeing(shared, own) : own;
	}
	return shared ? collect(shared.values()) : nought;
}

function agreeing(
	a: ReadonlyMap<string, Term>,
	b: ReadonlyMap<string, Term>,
): Map<string, Term> {
	const both = new Map<string, Term>();
	for (const [key, t] of a)
		if (b.get(key)?.coefficient.equals(t.coefficient)) both.set(key, t);
	return both;
}
