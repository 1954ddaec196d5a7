import type { Dim } from "../../src/expr/tree.js";

/** An array or number that the algorithm works on, by the sheet's names. */
export interface Quantity {
	readonly name: string;
	readonly type: string;
	/** Sizes by name, or whole numbers; none for a number. */
	readonly dims: readonly Dim[];
}

/** What values an input may have, where its type does not say it all. */
export interface Range {
	readonly whole: boolean;
	readonly lower: number | null;
	readonly upper: number | null;
}

/** What is given to the algorithm: data, and known parameters. */
export interface ProgramInput extends Quantity {
	readonly observed: boolean;
	readonly range: Range;
}

/** A sheet's algorithm, as compiled, with what is needed to show it at work. */
export interface Program {
	readonly title: string;
	/** The source of the ES module. */
	readonly module: string;
	/** The same for the same algorithm, whatever the prose around it says. */
	readonly identity: string;
	/** The size along which there are data points. */
	readonly dataAxis: Dim | null;
	readonly sizes: readonly string[];
	readonly inputs: readonly ProgramInput[];
	readonly parameters: readonly (Quantity & { readonly local: boolean })[];
}

/** Numbers in an array of some shape, row-major. */
export interface Tensor {
	readonly shape: readonly number[];
	readonly data: ArrayLike<number>;
}

export type Values = Readonly<Record<string, Tensor | number>>;

/** Where the algorithm stands after a sweep. */
export interface Standing {
	readonly parameters: Readonly<Record<string, Tensor>>;
	/** The bound after each sweep so far. */
	readonly elbo: readonly number[];
	/** The parts of the bound, which add up to it. */
	readonly terms: readonly { readonly name: string; readonly value: number }[];
	readonly converged: boolean;
}

export interface Run {
	readonly id: number;
	readonly inputs: Values;
	/** What to begin from: parameters that are kept though the data have changed, or a standing to go on from. */
	readonly init: Readonly<Record<string, Tensor>> | null;
	readonly resume: Pick<Standing, "parameters" | "elbo"> | null;
	readonly seed: number;
	readonly maxSweeps: number;
}

export type ToRunner =
	| { readonly kind: "load"; readonly module: string }
	| ({ readonly kind: "run" } & Run);

export type FromRunner =
	| {
			readonly kind: "stands";
			readonly id: number;
			readonly standing: Standing;
	  }
	| { readonly kind: "failed"; readonly id: number; readonly message: string };
