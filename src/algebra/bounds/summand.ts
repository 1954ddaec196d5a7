import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { BoundIndex, Factor, Form, Term } from "../form.js";
import {
	open,
	product,
	singleTerm,
	substituteFactor,
	sumOver,
} from "../ring.js";
import { signOfFactor } from "../signs.js";

/** A term with its sums taken off: the bound indices stand free in the factors, under names of their own. */
export type Summand = Omit<Term, "key">;

/** The terms of a form, each with new names for its bound indices. */
export function summands(env: Environment, form: Form): readonly Summand[] {
	return [...form.terms.values()].map((t) => open(env, t));
}

/** Σ over the indices of a form in which they stand free. */
export function sumOverAll(
	env: Environment,
	form: Form,
	bound: readonly BoundIndex[],
): Form {
	return bound.reduce((sum, b) => sumOver(env, sum, b.name, b.range), form);
}

/** The product of factors as a form, nothing summed. */
export function productOf(env: Environment, factors: readonly Factor[]): Form {
	return product(env, new Fraction(1), factors, []);
}

/** Whether the declared types imply that a product is not negative. */
export function isNonnegativeProduct(
	env: Environment,
	factors: readonly Factor[],
): boolean {
	return factors.every((f) => signOfFactor(env, f) !== "unknown");
}

/**
 * What is left of a summand divided by a product of factors over the same indices, the summand's own indices renamed to
 * those; null if the product does not divide it.
 */
export function dividedBy(
	env: Environment,
	summand: Summand,
	divisor: readonly Factor[],
	bound: readonly BoundIndex[],
): { coefficient: Fraction; rest: readonly Factor[] } | null {
	for (const map of renamings(summand.bound, bound)) {
		const renamed = renameAll(env, summand, map);
		if (!renamed) continue;
		const rest = without(renamed.factors, divisor);
		if (rest) return { coefficient: renamed.coefficient, rest };
	}
	return null;
}

/** The factors that a divisor leaves, or null if it does not divide them. */
export function without(
	factors: readonly Factor[],
	divisor: readonly Factor[],
): readonly Factor[] | null {
	const gone = new Set<Factor>();
	for (const d of divisor) {
		const found = factors.find(
			(f) => f.atom.key === d.atom.key && f.exponent.equals(d.exponent),
		);
		if (!found) return null;
		gone.add(found);
	}
	return factors.filter((f) => !gone.has(f));
}

function renameAll(
	env: Environment,
	summand: Summand,
	map: ReadonlyMap<string, string>,
): Pick<Summand, "coefficient" | "factors"> | null {
	let { coefficient } = summand;
	const factors: Factor[] = [];
	for (const f of summand.factors) {
		const only = singleTerm(substituteFactor(env, f, map));
		if (!only || only.bound.length > 0) return null;
		coefficient = coefficient.mul(only.coefficient);
		factors.push(...only.factors);
	}
	return { coefficient, factors };
}

const mostRenamed = 4;

/** The ways to call indices by the names of others of the same ranges, one to one. */
export function renamings(
	from: readonly BoundIndex[],
	to: readonly BoundIndex[],
): readonly ReadonlyMap<string, string>[] {
	if (from.length !== to.length || from.length > mostRenamed) return [];
	const [first, ...others] = from;
	if (!first) return [new Map()];
	return to
		.filter((b) => b.range === first.range)
		.flatMap((b) =>
			renamings(
				others,
				to.filter((x) => x !== b),
			).map((map) => new Map([...map, [first.name, b.name]])),
		);
}

/** All choices of some of the items, none and all included. */
export function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
	const [first, ...others] = items;
	if (first === undefined) return [[]];
	const rest = subsets(others);
	return [...rest, ...rest.map((s) => [first, ...s])];
}
