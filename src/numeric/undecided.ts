/** Raised where an evaluation cannot be carried out; says why, in words for a report. */
export class Undecided extends Error {
	constructor(readonly reason: string) {
		super(reason);
		this.name = "Undecided";
	}
}
