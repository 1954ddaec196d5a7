import type { IndexScalar, Scalar } from "./scalar.js";
import type { StoreStatement } from "./statement.js";

/** An array element to write, for every value of the indices `over`. */
export interface Store {
	readonly over: readonly IndexScalar[];
	readonly array: string;
	readonly at: readonly Scalar[];
	readonly value: Scalar;
	readonly how: StoreStatement["how"] | Collecting;
}

/** The value is added up, with the rounding errors in the table `lost`. */
export interface Collecting {
	readonly lost: string;
}
