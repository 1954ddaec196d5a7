import { Problem } from "../problem.js";

/** A problem in a data file, with its place there; line and column count from 1. */
export class DataProblem extends Problem {
	constructor(
		message: string,
		expected: string,
		readonly path: string,
		readonly line: number,
		readonly column: number,
	) {
		super(message, null, expected);
		this.name = "DataProblem";
	}
}
