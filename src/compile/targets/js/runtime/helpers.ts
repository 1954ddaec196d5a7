/** A function of the emitted module that formulas may call; it is written out only if something calls it. */
export interface Helper {
	readonly name: string;
	readonly source: string;
}
