import type { Expr } from "../../expr/tree.js";
import type { Edit, Surroundings } from "./edit.js";
import type { Place } from "./place.js";
import { edits, repeatable, toldByResidual } from "./table.js";
import { replaceAt, replaceEverywhere, sizeOf, textOf } from "./tree.js";

/** An edit at one place, or at all places where the same subtree stands, that has to be tried to know what it does. */
export interface Attempt {
	readonly kind: string;
	readonly cost: number;
	/** The place; of a repeated edit null. */
	readonly place: Place | null;
	readonly replacement: Expr;
	/** The whole right side after the edit. */
	right(): Expr;
}

/** How much the growth of the tree by one node adds to the cost of an edit. */
export const costOfNode = 0.01;
/** What it costs that an edit is made at every occurrence. */
const costOfRepetition = 0.1;

/**
 * Every edit of the table at every place, without those that the residual tells anyway.
 * @param isTold whether the residual tells every factor at a place
 */
export function attemptsAt(
	places: readonly Place[],
	around: Surroundings,
	isTold: (place: Place) => boolean,
): Attempt[] {
	const { right } = around;
	const single = places.flatMap((place) => {
		const told = isTold(place);
		return edits
			.filter((edit) => !told || !toldByResidual.has(edit))
			.flatMap((edit) =>
				candidatesOf(edit, place, around).map((replacement) => ({
					kind: edit.named?.(replacement, place, around) ?? edit.kind,
					cost: costOf(edit, place, replacement),
					place,
					replacement,
					right: () => replaceAt(right, place.path, replacement),
				})),
			);
	});
	return [...single, ...repeatedAttempts(places, around)];
}

function repeatedAttempts(
	places: readonly Place[],
	around: Surroundings,
): Attempt[] {
	const { right } = around;
	return repeatedPlaces(places).flatMap(([text, place]) =>
		[...repeatable].flatMap((edit) =>
			candidatesOf(edit, place, around).map((replacement) => ({
				kind: edit.named?.(replacement, place, around) ?? edit.kind,
				cost: costOf(edit, place, replacement) + costOfRepetition,
				place: null,
				replacement,
				right: () => replaceEverywhere(right, text, replacement),
			})),
		),
	);
}

/** One place for each subtree that occurs more than once, with its text. */
function repeatedPlaces(places: readonly Place[]): [string, Place][] {
	const seen = new Map<string, { place: Place; count: number }>();
	for (const place of places) {
		if (place.node.kind === "num" || place.node.kind === "size") continue;
		const text = textOf(place.node);
		const before = seen.get(text);
		seen.set(text, { place, count: (before?.count ?? 0) + 1 });
	}
	return [...seen]
		.filter(([, { count }]) => count > 1)
		.map(([text, { place }]) => [text, place]);
}

/** The candidates that differ from what stands there. */
function candidatesOf(
	edit: Edit,
	place: Place,
	around: Surroundings,
): readonly Expr[] {
	const candidates = edit.candidates(place, around);
	if (candidates.length === 0) return candidates;
	const own = textOf(place.node);
	return candidates.filter((candidate) => textOf(candidate) !== own);
}

function costOf(edit: Edit, place: Place, replacement: Expr): number {
	return (
		edit.cost + costOfNode * Math.abs(sizeOf(replacement) - sizeOf(place.node))
	);
}
