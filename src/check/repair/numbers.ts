import Fraction from "fraction.js";
import { num } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import type { Attempt } from "./attempts.js";
import { costOfNode } from "./attempts.js";
import { takesFactor } from "./edits/factors.js";
import type { Place } from "./place.js";
import { nameOfNumber } from "./proportion.js";
import type { Sieve } from "./sieve.js";
import { scaled } from "./tidy.js";
import { replaceAt, sizeOf } from "./tree.js";

/**
 * Numbers that no residual tells: under a logarithm or a power, in a denominator, in the parameter of a density. By what a
 * part would have to be multiplied is found in the sieve's world, as the root of what has to vanish there.
 */

/** Sides that are computed for one place, and for all of them. */
const mostAtPlace = 12;
const mostInAll = 120;
const mostCostly = 40;
/** Numerator and denominator of a number that somebody might have meant. */
const largest = 12n;
/** The first step and the longest, in the logarithm of the number. */
const firstStep = 0.3;
const longestStep = 1.2;
/** How closely a root has to be a fraction, and how closely a number on the way to one. */
const closeness = 1e-8;
const closenessHalfway = 1e-3;

/** The places off by a number, as attempts that have still to be proved. */
export function numbersTold(
	sieve: Sieve,
	right: Expr,
	places: readonly Place[],
): Attempt[] {
	let left = sieve.isCheap ? mostInAll : mostCostly;
	return places.filter(takesFactor).flatMap((place) => {
		const replaced = (by: number | Fraction) => scaled(place.node, num(by));
		const defectsAt = (by: number) => {
			left -= 1;
			return left > 0 && sieve.isOpen
				? sieve.defects(replaceAt(right, place.path, replaced(by)))
				: null;
		};
		const factor = factorBy(defectsAt);
		return factor ? [attemptOf(place, right, factor, replaced(factor))] : [];
	});
}

function attemptOf(
	place: Place,
	right: Expr,
	factor: Fraction,
	replacement: Expr,
): Attempt {
	const { kind, cost } = nameOfNumber(factor);
	const growth = Math.abs(sizeOf(replacement) - sizeOf(place.node));
	return {
		kind,
		cost: cost + costOfNode * growth,
		place,
		replacement,
		right: () => replaceAt(right, place.path, replacement),
	};
}

/** The simple fraction at which the defects vanish, by secants in its logarithm from 1; null if none is met. */
function factorBy(
	defectsAt: (by: number) => readonly number[] | null,
): Fraction | null {
	const first = defectsAt(1);
	if (!first) return null;
	const entry = first.reduce(
		(most, d, n) => (Math.abs(d) > Math.abs(first[most] ?? 0) ? n : most),
		0,
	);
	let [a, atA] = [0, first[entry] ?? 0];
	let b = firstStep;
	for (let step = 2; step < mostAtPlace; step += 1) {
		const atB = defectsAt(Math.exp(b))?.[entry];
		if (atB === undefined || atB === atA) return null;
		const move = (atB * (a - b)) / (atB - atA);
		if (!Number.isFinite(move)) return null;
		const next = b + Math.max(-longestStep, Math.min(longestStep, move));
		const moved = Math.abs(next - b);
		if (moved < closeness) return fractionNear(Math.exp(next), closeness);
		if (
			moved < closenessHalfway &&
			!fractionNear(Math.exp(next), closenessHalfway)
		)
			return null;
		[a, atA, b] = [b, atB, next];
	}
	return null;
}

function fractionNear(x: number, within: number): Fraction | null {
	const simple = new Fraction(x).simplify(within * x);
	const isSimple = simple.n <= largest && simple.d <= largest;
	return isSimple && simple.n > 0n ? simple : null;
}
