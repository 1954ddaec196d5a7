import type { Form } from "../../algebra/form.js";
import { asRational, minus, times } from "../../algebra/ring.js";
import { num, one } from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr } from "../../expr/tree.js";
import { relations } from "../../relations/index.js";
import type { Bench } from "./bench.js";
import { squaredMeans } from "./names.js";
import type { Place } from "./place.js";
import { ratioOf } from "./proportion.js";
import type { Told } from "./residual.js";
import { scaled } from "./tidy.js";
import { replaceAt } from "./tree.js";
import type { Writer } from "./writer.js";

const costOfSquare = 1.25;

/**
 * E[x]² in closed form, where E[x²] of the left side is meant, which no edit of the letters leads to: γ² / (Σ γ)² for a share
 * of a Dirichlet.
 * @param places those on which the side depends linearly
 */
export function squaresOfMeans(
	bench: Bench,
	writer: Writer,
	places: readonly Place[],
	residual: Form,
): Told[] {
	return squaredMeans(bench.claim.left).flatMap(([whole, parted]) => {
		const [square, mean] = [bench.formOf(whole), bench.formOf(parted)];
		if (!square || !mean) return [];
		return places.flatMap(
			(place) =>
				bench.attempt(() =>
					asSquare(bench, writer, place, square, mean, residual),
				) ?? [],
		);
	});
}

/** A place that is a multiple of E[x]², with that multiple of E[x²] instead. */
function asSquare(
	bench: Bench,
	writer: Writer,
	place: Place,
	square: Form,
	mean: Form,
	residual: Form,
): Told[] {
	const { node, path } = place;
	if (shapeOf(node).length > 0) return [];
	const multiple = isWholeMean(bench, place, square, mean)
		? one
		: multipleOf(bench, place, square, mean, residual);
	if (!multiple) return [];
	const written = scaled(writer.number(square), multiple);
	return [
		{
			kind: "E[x²] for E[x]²",
			cost: costOfSquare,
			apply: (right: Expr) => replaceAt(right, path, written),
		},
	];
}

/** Whether the left side is E[x²] alone and the right side is shown to be E[x]², in whatever way it is written. */
function isWholeMean(
	{ left, right, claim, env }: Bench,
	{ parent }: Place,
	square: Form,
	mean: Form,
): boolean {
	return (
		parent === null &&
		left.key === square.key &&
		claim.relation === relations.equal &&
		claim.relation.prove(env, mean, right, null)
	);
}

/** ρ where the place is ρ E[x]², if to put ρ E[x²] there leaves nothing of the residual. */
function multipleOf(
	bench: Bench,
	{ node, summand }: Place,
	square: Form,
	mean: Form,
	residual: Form,
): Expr | null {
	const { env } = bench;
	const given = bench.formOfSummand(summand);
	const ratio = given && ratioOf(env, given, mean);
	if (!ratio) return null;
	const missing = times(env, ratio, minus(square, mean));
	if (missing.key !== residual.key) return null;
	const own = bench.formOf(node);
	const multiple = own && asRational(ratioOf(env, own, mean) ?? own);
	return multiple ? num(multiple) : null;
}
