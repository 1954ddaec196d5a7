import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { logarithmOf } from "../powers.js";
import {
	minus,
	nought,
	plus,
	product,
	rational,
	scale,
	singleTerm,
	times,
	unit,
} from "../ring.js";
import { signOf } from "../signs.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	dividedBy,
	isNonnegativeProduct,
	productOf,
	type Summand,
	subsets,
	summands,
	sumOverAll,
} from "./summand.js";

/**
 * log x ≤ x − 1, averaged: Σ w (Λ + e^{−Λ} − 1) ≥ 0 for weights w ≥ 0. With Λ = log(q/p) under q it is Gibbs' inequality,
 * with Λ = log(E[x]/x) Jensen's, with w = g and Λ = log(g/h) − log(Σg/Σh) the log-sum inequality. Cover and Thomas, Elements
 * of Information Theory (2006), theorems 2.6.2, 2.6.3 and 2.7.1.
 */
export const tangentOfLogarithm: BoundRule = (env, form) => {
	const all = summands(env, form);
	const seen = new Set<string>();
	const gaps: Gap[] = [];
	for (const seed of all) {
		const log = seed.factors.find(isLogarithm);
		if (!log) continue;
		const weight = seed.factors.filter((f) => f !== log);
		if (!isNonnegativeProduct(env, weight)) continue;
		const key = `${seed.bound.length} ${product(env, new Fraction(1), [...weight, log], seed.bound).key}`;
		if (seen.has(key)) continue;
		seen.add(key);
		gaps.push(...averaged(env, all, weight, seed.bound));
	}
	return gaps;
};

/**
 * Σ c (log m + x/m − 1 − log x) ≥ 0 for numbers x with weights c ≥ 0 that are sums, as in t log a + (1 − t) log b.
 */
export const concavityOfLogarithm: BoundRule = (env, form) => {
	const logs = new Map<string, { x: Form; weights: Form[] }>();
	for (const { factors, bound, coefficient } of form.terms.values()) {
		const log = factors.find(isLogarithm);
		const x = log && logarithmOf(log.atom);
		if (!log || !x || bound.length > 0) continue;
		const others = factors.filter((f) => f !== log);
		const own = logs.get(x.key) ?? { x, weights: [] };
		own.weights.push(product(env, coefficient.neg(), others, []));
		logs.set(x.key, own);
	}
	const points = [...logs.values()].flatMap(({ x, weights }) => {
		const weight = plus(...weights);
		return signOf(env, weight) === "unknown" ? [] : [{ x, weight }];
	});
	return [...logs.values()].flatMap(({ x: m }): Gap[] => {
		const others = points.filter((p) => p.x.key !== m.key);
		if (others.length < 2) return [];
		const inverse = env.functions.power(env, m, new Fraction(-1));
		const log = (x: Form) => env.functions.apply(env, "log", x);
		const gaps = others.map(({ x, weight }) =>
			times(
				env,
				weight,
				minus(plus(log(m), times(env, x, inverse)), plus(unit, log(x))),
			),
		);
		return [{ fact: "log is concave", form: plus(...gaps) }];
	});
};

function isLogarithm(f: Factor): boolean {
	return f.exponent.equals(1) && logarithmOf(f.atom) !== null;
}

/** The gaps under one weight, from the logarithms beside it alone or from all that stands beside it. */
function averaged(
	env: Environment,
	all: readonly Summand[],
	weight: readonly Factor[],
	bound: Summand["bound"],
): readonly Gap[] {
	const gaps = new Map<string, Gap>();
	const totals = totalsOf(env, weight, bound);
	for (const joins of totals.length === 0 ? [[]] : [[], totals])
		for (const logsOnly of [true, false]) {
			const inside = beside(env, all, weight, bound, joins, logsOnly);
			if (inside.terms.size === 0) continue;
			for (const step of new Set(["1", commonStep(inside)])) {
				const form = gapUnder(env, weight, bound, inside, new Fraction(step));
				gaps.set(form.key, { fact: nameOf(bound.length), form });
			}
		}
	return [...gaps.values()];
}

/** A weight summed over some of its indices: Σ_k p_k = 1, Σ_z p(x, z) = p(x). */
interface Total {
	readonly coefficient: Fraction;
	readonly factors: readonly Factor[];
	readonly bound: Summand["bound"];
}

function totalsOf(
	env: Environment,
	weight: readonly Factor[],
	bound: Summand["bound"],
): readonly Total[] {
	return subsets(bound).flatMap((summed) => {
		if (summed.length === 0) return [];
		const total = singleTerm(sumOverAll(env, productOf(env, weight), summed));
		if (!total || total.bound.length > 0) return [];
		return [{ ...total, bound: bound.filter((b) => !summed.includes(b)) }];
	});
}

function nameOf(binders: number): string {
	return binders === 0
		? "log x ≤ x − 1"
		: "Gibbs' and Jensen's inequality (log x ≤ x − 1, averaged)";
}

/** Σ w (Λ + c e^{−Λ/c} − c). */
function gapUnder(
	env: Environment,
	weight: readonly Factor[],
	bound: Summand["bound"],
	inside: Form,
	c: Fraction,
): Form {
	const e = env.functions.apply(env, "exp", scale(inside, c.inverse().neg()));
	const gap = minus(plus(inside, scale(e, c)), rational(c));
	return sumOverAll(env, times(env, productOf(env, weight), gap), bound);
}

/**
 * Λ, where the form has Σ w Λ; terms that lack some of the sums join in by Σ_S w = w′, as log m = Σ_k p_k log m does.
 */
function beside(
	env: Environment,
	all: readonly Summand[],
	weight: readonly Factor[],
	bound: Summand["bound"],
	joins: readonly Total[],
	logsOnly: boolean,
): Form {
	const own: Total = { coefficient: new Fraction(1), factors: weight, bound };
	const parts = all.flatMap((summand) => {
		for (const { coefficient, factors, bound: over } of [own, ...joins]) {
			const part = dividedBy(env, summand, factors, over);
			if (!part) continue;
			const isLog = part.rest.length === 1 && part.rest.every(isLogarithm);
			if (logsOnly && !isLog) continue;
			return [product(env, part.coefficient.div(coefficient), part.rest, [])];
		}
		return [];
	});
	return parts.length === 0 ? nought : plus(...parts);
}

/** The greatest rational that all coefficients of logarithms are whole multiples of. */
function commonStep(form: Form): string {
	let [n, d] = [0n, 1n];
	for (const t of form.terms.values()) {
		if (!t.factors.some(isLogarithm)) continue;
		n = gcd(n, t.coefficient.n);
		d = (d * t.coefficient.d) / gcd(d, t.coefficient.d);
	}
	return n === 0n ? "1" : new Fraction(n, d).toFraction();
}

function gcd(a: bigint, b: bigint): bigint {
	return b === 0n ? a : gcd(b, a % b);
}
