import type Fraction from "fraction.js";
import { NoNormalForm } from "./environment.js";
import type { BoundIndex, Factor, Term } from "./form.js";
import type { Ix } from "./ix.js";

/**
 * Canonical names for bound indices: of all namings (that respect ranges and a cheap invariant of each index) the one
 * whose key is least. A term that a renaming turns into its own negative (antisymmetry) is zero.
 */

const mostNamings = 720;

export interface Draft {
	readonly coefficient: Fraction;
	readonly factors: readonly Factor[];
	readonly bound: readonly BoundIndex[];
}

/** Renames within one factor; null if the result is no longer a single product. */
export type RenameFactor = (
	factor: Factor,
	map: ReadonlyMap<string, Ix>,
) => Omit<Term, "key"> | null;

/** The canonical term, or null if it equals its own negative and so is zero. */
export function canonicalTerm(draft: Draft, rename: RenameFactor): Term | null {
	if (draft.bound.length === 0)
		return finish(draft.coefficient, draft.factors, []);
	const height = 1 + Math.max(0, ...draft.factors.map((f) => f.atom.height));
	let best: Term | null = null;
	let vanishes = false;
	for (const order of namings(draft)) {
		const candidate = named(draft, order, height, rename);
		if (!candidate) continue;
		if (best === null || candidate.key < best.key) {
			best = candidate;
			vanishes = false;
		} else if (
			candidate.key === best.key &&
			!candidate.coefficient.equals(best.coefficient)
		)
			vanishes = true;
	}
	if (best === null)
		throw new NoNormalForm(
			"no naming of the bound indices keeps the term a product",
		);
	return vanishes ? null : best;
}

function named(
	draft: Draft,
	order: readonly BoundIndex[],
	height: number,
	rename: RenameFactor,
): Term | null {
	const map = new Map(order.map((b, i) => [b.name, `$${height}.${i + 1}`]));
	let coefficient = draft.coefficient;
	const factors: Factor[] = [];
	for (const f of draft.factors) {
		const renamed = rename(f, map);
		if (!renamed || renamed.bound.length > 0) return null;
		coefficient = coefficient.mul(renamed.coefficient);
		factors.push(...renamed.factors);
	}
	const bound = order.map((b, i) => ({
		name: `$${height}.${i + 1}`,
		range: b.range,
	}));
	return finish(coefficient, factors, bound);
}

function finish(
	coefficient: Fraction,
	factors: readonly Factor[],
	bound: readonly BoundIndex[],
): Term {
	const sorted = [...factors].sort((a, b) =>
		a.atom.key < b.atom.key ? -1 : a.atom.key > b.atom.key ? 1 : 0,
	);
	const binders = bound.map((b) => `Σ${b.name}:${b.range} `).join("");
	const key =
		binders +
		sorted.map((f) => `${f.atom.key}^${f.exponent.toFraction()}`).join(" ");
	return { coefficient, factors: sorted, bound, key };
}

/** Orders of the bound indices worth trying: classes by invariant in order, all permutations within a class. */
function namings(draft: Draft): readonly (readonly BoundIndex[])[] {
	if (draft.bound.length === 1) return [draft.bound];
	const classes = new Map<string, BoundIndex[]>();
	const alike = (b: BoundIndex) =>
		draft.bound.filter((x) => x.range === b.range).length;
	for (const b of draft.bound) {
		const signature =
			alike(b) === 1 ? `${b.range}` : `${b.range} ${invariant(draft, b.name)}`;
		classes.set(signature, [...(classes.get(signature) ?? []), b]);
	}
	const ordered = [...classes.keys()]
		.sort()
		.map((key) => classes.get(key) as BoundIndex[]);
	let orders: BoundIndex[][] = [[]];
	for (const members of ordered) {
		const arrangements =
			orders.length * factorial(members.length) > mostNamings
				? [members]
				: permutations(members);
		orders = orders.flatMap((head) =>
			arrangements.map((tail) => [...head, ...tail]),
		);
	}
	return orders;
}

/** The same for every naming: where, and under what exponents, the index occurs. */
function invariant(draft: Draft, name: string): string {
	const boundNames = new Set(draft.bound.map((b) => b.name));
	const places: string[] = [];
	for (const { atom, exponent } of draft.factors) {
		if (!atom.variables.has(name)) continue;
		const masked = atom.key.replace(/[~$][\d.]+/g, (token) =>
			token === name ? "*" : boundNames.has(token) ? "?" : token,
		);
		const ordered = atom.kind === "symbol" || atom.kind === "hot";
		const symmetric = ordered
			? [...masked].sort().join("")
			: `${atom.kind}${masked.length}${masked.split("*").length}`;
		places.push(`${symmetric}^${exponent.toFraction()}`);
	}
	return places.sort().join(" ");
}

function factorial(n: number): number {
	return n < 2 ? 1 : n * factorial(n - 1);
}

function permutations<T>(items: readonly T[]): T[][] {
	if (items.length < 2) return [[...items]];
	return items.flatMap((head, i) =>
		permutations(items.filter((_, j) => j !== i)).map((tail) => [
			head,
			...tail,
		]),
	);
}
