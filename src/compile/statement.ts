import type { Dim } from "../expr/tree.js";
import type { IndexScalar, Scalar } from "./scalar.js";

/** What a kernel does, step by step: loops over components, in the order in which they run. */
export type Statement =
	| LetStatement
	| AccumulatorStatement
	| GatherStatement
	| TableStatement
	| ClearStatement
	| StoreStatement
	| CollectStatement
	| SettleStatement
	| LoopStatement
	| TilesStatement
	| NormaliseStatement
	| FactoriseStatement
	| IfStatement;

/** A value named once. */
export interface LetStatement {
	readonly kind: "let";
	readonly name: string;
	readonly value: Scalar;
}

/** A running sum or product; a compensated one, over all the data, keeps the rounding error of each addition. */
export interface AccumulatorStatement {
	readonly kind: "accumulator";
	readonly name: string;
	readonly op: "+" | "*";
	readonly compensated: boolean;
}

export interface GatherStatement {
	readonly kind: "gather";
	readonly into: AccumulatorStatement;
	readonly value: Scalar;
}

/** An array of this kernel alone. */
export interface TableStatement {
	readonly kind: "table";
	readonly name: string;
	readonly dims: readonly Dim[];
}

/** Sets every element to 0. */
export interface ClearStatement {
	readonly kind: "clear";
	readonly array: string;
}

/** Writes one element: the value or its root. */
export interface StoreStatement {
	readonly kind: "store";
	readonly array: string;
	readonly at: readonly Scalar[];
	readonly value: Scalar;
	readonly how: "set" | "root";
}

/** Adds to one element, and keeps in `lost` what rounding takes away. */
export interface CollectStatement {
	readonly kind: "collect";
	readonly array: string;
	readonly lost: string;
	readonly at: readonly Scalar[];
	readonly value: Scalar;
}

/** Adds what was lost to the elements of an array. */
export interface SettleStatement {
	readonly kind: "settle";
	readonly array: string;
	readonly lost: string;
}

export interface LoopStatement {
	readonly kind: "loop";
	readonly index: IndexScalar;
	readonly lower: Scalar;
	readonly upper: Scalar;
	readonly except: readonly Scalar[];
	readonly body: readonly Statement[];
}

/**
 * A loop over all of a size whose parts follow each other: each takes so many turns at once as long as as many are
 * left. Over the index of a block's points it runs over the block.
 */
export interface TilesStatement {
	readonly kind: "tiles";
	readonly index: IndexScalar;
	readonly parts: readonly {
		readonly step: number;
		readonly body: readonly Statement[];
	}[];
}

/** Turns the logarithms of weights along the last axis into probabilities. */
export interface NormaliseStatement {
	readonly kind: "normalise";
	readonly array: string;
	/** All subscripts but the last. */
	readonly at: readonly Scalar[];
	readonly size: Dim;
	/** Where the probabilities' logarithms are written too: the weights' without that of their sum. */
	readonly logs: Logarithms | null;
}

/** The array of the logarithms of probabilities, and all subscripts but the last. */
export interface Logarithms {
	readonly array: string;
	readonly at: readonly Scalar[];
}

/**
 * Puts the inverse of a symmetric positive definite matrix in its place, and names the logarithm of its determinant. Stops
 * the solver where the matrix is none.
 */
export interface FactoriseStatement {
	readonly kind: "factorise";
	/** The logarithm of the determinant. */
	readonly name: string;
	readonly array: string;
	/** All subscripts but the last two. */
	readonly at: readonly Scalar[];
	readonly size: Dim;
}

/** Runs the body if the kernel's flag of that name is set, else the other one. */
export interface IfStatement {
	readonly kind: "if";
	readonly flag: string;
	readonly body: readonly Statement[];
	readonly otherwise: readonly Statement[];
}

/** A function of the state. */
export interface Kernel {
	readonly name: string;
	/** What it does, in one or two sentences, for the artefact's reader. */
	readonly doc: string;
	readonly flags: readonly string[];
	readonly statements: readonly Statement[];
	/** Named values that it returns; none for a kernel that writes to the state. */
	readonly results: readonly {
		readonly name: string;
		readonly value: Scalar;
	}[];
	/** Layout of the tables that it allocates. */
	readonly tables: ReadonlyMap<string, readonly Dim[]>;
}

/** A kernel without results, from what a scheduler has written. */
export function finished(
	written: {
		readonly root: { readonly statements: readonly Statement[] };
		readonly tables: ReadonlyMap<string, readonly Dim[]>;
	},
	name: string,
	doc: string,
	flags: readonly string[] = [],
): Kernel {
	const { statements } = written.root;
	return { name, doc, flags, statements, results: [], tables: written.tables };
}
