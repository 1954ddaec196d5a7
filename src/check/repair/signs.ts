import type { Form } from "../../algebra/form.js";
import { minus, plus, scale } from "../../algebra/ring.js";
import { num } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Bench } from "./bench.js";
import type { Place } from "./place.js";
import type { Told } from "./residual.js";
import { scaled } from "./tidy.js";
import { replaceAt } from "./tree.js";

/** What each wrong sign costs. */
const costOfSign = 0.04;

/**
 * A sum in which several terms have the wrong sign, as where a minus was not carried through a bracket: the residual is
 * −2 times these terms.
 * @param places those on which the side depends linearly
 */
export function severalSigns(
	bench: Bench,
	places: readonly Place[],
	residual: Form,
): Told[] {
	return sumsOf(places).flatMap((terms) => {
		const turned = terms.flatMap((place) => {
			const form = bench.formOfSummand(place.summand);
			const change = form && scale(form, -2);
			return change && isWithin(change, residual) ? [{ place, change }] : [];
		});
		const change = plus(...turned.map((t) => t.change));
		if (turned.length < 2 || minus(residual, change).terms.size > 0) return [];
		return [
			{
				kind: "sign",
				cost: 1 + costOfSign * turned.length,
				apply: (right: Expr) =>
					turned.reduceRight(
						(tree, { place: { path, node } }) =>
							replaceAt(tree, path, scaled(node, num(-1))),
						right,
					),
			},
		];
	});
}

/** The terms of each sum. */
function sumsOf(places: readonly Place[]): Place[][] {
	const sums = new Map<string, Place[]>();
	for (const place of places) {
		if (place.parent?.kind !== "add") continue;
		const path = place.path.slice(0, -1).join();
		sums.set(path, [...(sums.get(path) ?? []), place]);
	}
	return [...sums.values()];
}

/** Whether every term of a form is one of the other, with the same coefficient. */
function isWithin(part: Form, whole: Form): boolean {
	return (
		part.terms.size > 0 &&
		minus(whole, part).terms.size === whole.terms.size - part.terms.size
	);
}
