import Fraction from "fraction.js";
import type { Term } from "./form.js";

const mostTerms = 10;

/**
 * The terms that are left after squares are taken out: a u² + b v² − c u v is not negative where c² ≤ 4ab, under sums over the
 * same indices too. Null where some term of unknown sign finds no squares of its own.
 * @param isNonnegative of a term, whatever its coefficient's size
 */
export function besideSquares(
	terms: readonly Term[],
	isNonnegative: (term: Term) => boolean,
): readonly Term[] | null {
	if (terms.length > mostTerms) return null;
	const free = new Set(terms.filter(isNonnegative));
	for (const cross of terms) {
		if (free.has(cross) || isNonnegative(cross)) continue;
		const pair = squaresOf(cross, [...free]);
		if (!pair) return null;
		for (const square of pair) free.delete(square);
	}
	return [...free];
}

function squaresOf(
	cross: Term,
	candidates: readonly Term[],
): readonly [Term, Term] | null {
	const wanted = exponents([cross, cross]);
	const least = cross.coefficient.mul(cross.coefficient);
	for (const [i, a] of candidates.entries())
		for (const b of candidates.slice(i + 1)) {
			const isEnough =
				a.coefficient.mul(b.coefficient).mul(4).compare(least) >= 0;
			if (isEnough && sameBounds(a, b, cross) && exponents([a, b]) === wanted)
				return [a, b];
		}
	return null;
}

function sameBounds(...terms: readonly Term[]): boolean {
	const of = (t: Term) => t.bound.map((b) => `${b.name}:${b.range}`).join();
	return terms.every((t) => of(t) === of(terms[0] as Term));
}

/** The product of some terms up to its coefficient. */
function exponents(terms: readonly Term[]): string {
	const total = new Map<string, Fraction>();
	for (const { atom, exponent } of terms.flatMap((t) => t.factors))
		total.set(atom.key, (total.get(atom.key) ?? new Fraction(0)).add(exponent));
	return [...total]
		.filter(([, e]) => e.n !== 0n)
		.map(([key, e]) => `${key}^${e.toFraction()}`)
		.sort()
		.join(" ");
}
