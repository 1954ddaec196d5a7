/**
 * Raised where an evaluation cannot be carried out; says why, in words for a report. No error: it is always caught, often
 * raised at single nodes of a quadrature, and a stack trace would take longer than these.
 */
export class Undecided {
	constructor(readonly reason: string) {}
}

/** Levels of a quadrature that are further apart, relative to all that they add up, do not tell that there is an integral. */
const largestGap = 1e-5;

/**
 * Refuses what a quadrature comes to that does not settle: beside a factor of 0 its error would vanish, though ∞ · 0 has no
 * value.
 * @throws Undecided
 */
export function refuseUnsettled(gap: number): void {
	if (gap > largestGap) throw new Undecided("the quadrature does not settle");
}
