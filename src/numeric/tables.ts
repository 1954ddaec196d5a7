import type { Context } from "../expr/context.js";

/** The joint of an unnamed law over every variable mentioned with it, as positive weights not yet normalised. */
export interface JointTable {
	/** One for each instance: `z_2` of an array of variables has `instance` 1. */
	readonly axes: readonly {
		readonly variable: string;
		readonly instance: number;
		readonly size: number;
	}[];
	/** Whole numbers, the last axis running fastest. */
	readonly weights: readonly number[];
}

/** The values 1 … size of an unnamed variable and the weight of each in an integral over it. */
export interface FiniteDomain {
	readonly size: number;
	readonly weights: readonly number[];
}

/** The variable that a bound name was made from: binders are renamed as `z#3`. */
export function tableVariable(name: string, context: Context): string {
	return context.symbols.has(name) ? name : name.replace(/#.*$/, "");
}
