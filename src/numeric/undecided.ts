/**
 * Raised where an evaluation cannot be carried out; says why, in words for a report. No error: it is always caught, often
 * raised at single nodes of a quadrature, and a stack trace would take longer than these.
 */
export class Undecided {
	constructor(readonly reason: string) {}
}
