import Fraction from "fraction.js";
import { sizeAtom } from "./atoms.js";
import type { Environment } from "./environment.js";
import type { Form, Range, Term } from "./form.js";
import {
	atomForm,
	open,
	plus,
	product,
	scale,
	substitute,
	times,
} from "./ring.js";

/**
 * Sums over the same ranges as one sum. How a bound index is called in a term depends on what is nested in the term, so
 * that terms are put together by the ranges of their indices, one behind the other.
 */
export interface Group {
	readonly ranges: readonly Range[];
	readonly terms: readonly Term[];
}

/** The terms of a form by the ranges that they are summed over. */
export function groupsOf(form: Form): readonly Group[] {
	const groups = new Map<string, { ranges: readonly Range[]; terms: Term[] }>();
	for (const term of form.terms.values()) {
		const ranges = term.bound.map((b) => b.range);
		const key = JSON.stringify(ranges);
		const group = groups.get(key) ?? { ranges, terms: [] };
		group.terms.push(term);
		groups.set(key, group);
	}
	return [...groups.values()];
}

/** The most orders of indices over one range that a summand is looked at in: of three. */
const mostOrders = 6;

/**
 * Forms of which one sum over all of a group's indices is the sum of its terms, and of terms of other groups that are
 * summed over fewer ranges, each divided by the sizes that it lacks, as N = Σ_n 1. The second, where there is one, is the
 * sum over all orders of indices with one range, as Σ_n Σ_m f(n, m) = Σ_n Σ_m f(m, n): a multiple of the same. None for
 * a term that is summed over others.
 */
export function summands(
	env: Environment,
	{ ranges, terms }: Group,
	others: readonly Term[] = [],
): readonly Form[] {
	const names: string[] = [];
	const parts: Form[] = [];
	for (const term of [...terms, ...others]) {
		const part = partOf(env, term, ranges, names);
		if (!part) return [];
		parts.push(part);
	}
	const whole = plus(...parts);
	const orders = ordersOf(names, ranges);
	if (orders.length < 2 || orders.length > mostOrders) return [whole];
	const symmetric = plus(...orders.map((map) => substitute(env, whole, map)));
	return [whole, symmetric];
}

/** The renamings that permute indices over the same range. */
function ordersOf(
	names: readonly string[],
	ranges: readonly Range[],
): readonly ReadonlyMap<string, string>[] {
	let orders: (readonly string[])[] = [[]];
	for (const range of ranges) {
		const alike = names.filter((_, i) => ranges[i] === range);
		orders = orders.flatMap((taken) =>
			alike.filter((n) => !taken.includes(n)).map((n) => [...taken, n]),
		);
		if (orders.length > mostOrders) return [];
	}
	return orders.map(
		(order) => new Map(names.map((n, i) => [n, order[i] as string])),
	);
}

/** One term with its indices renamed to those of the group; `names` are theirs, made by the first term. */
function partOf(
	env: Environment,
	term: Term,
	ranges: readonly Range[],
	names: string[],
): Form | null {
	const opened = open(env, term);
	const free = ranges.map((_, i) => i);
	let value = product(env, opened.coefficient, opened.factors, []);
	for (const { name, range } of opened.bound) {
		const at = free.findIndex((i) => ranges[i] === range);
		if (at < 0) return null;
		const place = free.splice(at, 1)[0] as number;
		const shared = names[place] ?? name;
		names[place] = shared;
		if (name !== shared)
			value = substitute(env, value, new Map([[name, shared]]));
	}
	return free.reduce<Form | null>(
		(whole, i) => whole && divided(env, whole, ranges[i] as Range),
		value,
	);
}

/** The form over a size; null for the domain of an unnamed variable, whose measure is not a number of values. */
function divided(env: Environment, form: Form, range: Range): Form | null {
	if (typeof range === "number") return scale(form, new Fraction(1, range));
	if (!env.context.sizes.has(range)) return null;
	return times(env, form, atomForm(env, sizeAtom(range), -1));
}
