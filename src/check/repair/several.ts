import type { Form } from "../../algebra/form.js";
import { mentions } from "../../algebra/mentions.js";
import { minus, plus, scale } from "../../algebra/ring.js";
import { num, pow, size } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Bench } from "./bench.js";
import type { Surroundings } from "./edit.js";
import type { Place } from "./place.js";
import { distinctNames, placements } from "./placements.js";
import type { Told } from "./residual.js";
import { scopeOf } from "./surroundings.js";
import { scaled } from "./tidy.js";
import { replaceAt } from "./tree.js";

/** What each wrong term costs. */
const costOfEach = 0.04;

interface Common {
	readonly kind: string;
	readonly cost: number;
	readonly factor: Expr;
}

/**
 * A sum in which several terms are off by one factor, as where a minus or a ½ was not carried through a bracket: the
 * residual is that factor less one times these terms.
 * @param places those on which the side depends linearly
 */
export function severalTerms(
	bench: Bench,
	places: readonly Place[],
	around: Surroundings,
	residual: Form,
): Told[] {
	const sums = sumsOf(places);
	const letters = lettersIn(residual, bench, around);
	return [...commonFactors(around.sizes), ...letters].flatMap((common) =>
		sums.flatMap((terms) => explained(bench, terms, common, residual)),
	);
}

function commonFactors(sizes: readonly string[]): Common[] {
	return [
		{ kind: "sign", cost: 1, factor: num(-1) },
		{ kind: "factor 2", cost: 1.05, factor: num(2) },
		{ kind: "factor 2", cost: 1.05, factor: num("1/2") },
		...sizes.flatMap((name) => [
			{ kind: `factor ${name}`, cost: 1.1, factor: size(name) },
			{ kind: `factor ${name}`, cost: 1.1, factor: pow(size(name), -1) },
		]),
	];
}

/** A letter of the residual that several terms lack, as the x of x (a − b) + c. */
function lettersIn(
	residual: Form,
	{ claim }: Bench,
	{ symbols }: Surroundings,
): Common[] {
	const factors = [...residual.terms.values()].flatMap((t) => t.factors);
	const scope = scopeOf(claim);
	return distinctNames(symbols.filter((s) => s.shape.length === 0))
		.filter((s) => factors.some((f) => mentions(f, s.name)))
		.flatMap((s) => placements(s, scope, claim.context))
		.map((factor) => ({ kind: "missing factor", cost: 1.25, factor }));
}

function explained(
	bench: Bench,
	terms: readonly Place[],
	{ kind, cost, factor }: Common,
	residual: Form,
): Told[] {
	const off = terms.flatMap((place) => {
		const change = changeOf(bench, place, factor);
		return change && isWithin(change, residual) ? [{ place, change }] : [];
	});
	if (off.length < 2) return [];
	const change = plus(...off.map((t) => t.change));
	if (minus(residual, change).terms.size > 0) return [];
	return [
		{
			kind,
			cost: cost + costOfEach * off.length,
			apply: (right: Expr) =>
				off.reduceRight(
					(tree, { place: { path, node } }) =>
						replaceAt(tree, path, scaled(node, factor)),
					right,
				),
		},
	];
}

/** By how much the side changes where a term takes the factor. */
function changeOf(bench: Bench, place: Place, factor: Expr): Form | null {
	const known = bench.formOfSummand(place.summand);
	if (!known || known.terms.size === 0) return null;
	const by = factor.kind === "num" ? factor.value.sub(1) : null;
	if (by) return bench.moving(scale(known, by));
	const whole = bench.formOf(place.with(scaled(place.node, factor)));
	return whole && bench.moving(minus(whole, known));
}

/** The terms of each sum. */
function sumsOf(places: readonly Place[]): Place[][] {
	const sums = new Map<string, Place[]>();
	for (const place of places) {
		if (place.parent?.kind !== "add") continue;
		const path = place.path.slice(0, -1).join();
		sums.set(path, [...(sums.get(path) ?? []), place]);
	}
	return [...sums.values()].filter((terms) => terms.length > 1);
}

/** Whether every term of a form is one of the other, with the same coefficient. */
function isWithin(part: Form, whole: Form): boolean {
	return (
		part.terms.size > 0 &&
		minus(whole, part).terms.size === whole.terms.size - part.terms.size
	);
}
