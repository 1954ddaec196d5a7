import type { Dim } from "../expr/tree.js";
import type { Environment } from "./environment.js";
import type { Factor, Form } from "./form.js";
import type { Ix } from "./ix.js";

/** One random variable at given plate subscripts, and how to reach its parameters there. */
export interface Instance {
	readonly variable: string;
	/** Number of plate subscripts; what follows in an atom's subscripts are components. */
	readonly plates: number;
	/** Length of the variable where it is a vector or square matrix; 1 for a number. */
	readonly extent: Dim;
	/** The (row, column) entry of a parameter at this instance; "1" for an axis that it lacks. */
	parameter(name: string, row?: Ix, column?: Ix): Form;
}

/** Moments of one distribution, for the symbolic channel alone. */
export interface Moments {
	/** E of the product of factors that mention just this instance, or null if no closed form is known here. */
	moment(
		env: Environment,
		instance: Instance,
		factors: readonly Factor[],
	): Form | null;
}
