import type { Arithmetic } from "./arithmetic.js";
import type { Random } from "./random.js";
import type { Composed, ComposedMatrix, EntryRule, Scalar } from "./scalar.js";

/** A parameter of a law at one instance, entry by entry (a number is 1 × 1, a column D × 1; counted from 1). */
export interface Parameter<T> {
	readonly rows: number;
	readonly columns: number;
	entry(row: number, column: number): T;
}

/** A value that a component of a random variable may take, with its weight. */
export interface Node<T> {
	readonly value: T;
	readonly weight: T;
	/** 1 − value, where that is known to more digits than the value tells. */
	readonly complement?: T;
	/** What later components need of this draw, such as the standard normal behind it. */
	readonly carry?: T;
}

/** What the evaluator asks of a law: the nodes of one component, given those of the same variable drawn before. */
export interface NodeRequest<T> {
	readonly A: Arithmetic<T>;
	readonly parameters: Readonly<Record<string, Parameter<T>>>;
	/** Counted from 0. */
	readonly component: number;
	readonly drawn: readonly {
		readonly component: number;
		readonly node: Node<T>;
	}[];
	/** Fineness, from 0; each level is more precise than the one before. */
	readonly level: number;
	/** Number of values of a label. */
	readonly labels: number | null;
	/** Whether the variable is composed of what is drawn. */
	readonly isComposed: boolean;
	/** Values of the component at which what is integrated has a kink, as far as they are known. */
	readonly kinks: readonly T[];
}

/** What a random vector or matrix is made of: the numbers drawn for it, its parameters, its size; and sums. */
export interface Parts {
	readonly size: Scalar;
	drawn(row: Scalar, column: Scalar): Scalar;
	parameter(name: string): (row: Scalar, column: Scalar) => Scalar;
	/** For a parameter that is a multiple of a composed matrix or of its inverse: the entries of F v with F Fᵀ the parameter. */
	rootOf(name: string): ComposedMatrix["root"] | null;
	/** A matrix by its entries. */
	matrix(entry: (row: Scalar, column: Scalar) => Scalar): EntryRule;
	/** Σ over whole numbers from the one to the other; 0 if there are none. */
	sum(from: Scalar, to: Scalar, body: (at: Scalar) => Scalar): Scalar;
	product(from: Scalar, to: Scalar, body: (at: Scalar) => Scalar): Scalar;
}

/** What is known where a world draws a value of a variable: the entries of those parameters that the world knows. */
export interface SampleRequest {
	readonly parameters: Readonly<Record<string, readonly number[]>>;
	/** How many entries a value has. */
	readonly width: number;
	readonly random: Random;
}

/**
 * How to integrate over a distribution: by listing its values or by quadrature. Weights of listed values are the
 * parameters as they stand, never normalised, so that a derivative by a probability takes the others as free.
 * Where nodes depend on parameters they carry the dependence; where they are fixed the weights carry it.
 */
export interface Measure {
	readonly distribution: string;
	/** Whether the nodes are all the values there are: then one level is enough. */
	readonly exact: boolean;
	/**
	 * For a variable that is made of independent numbers, which `nodes` then lists instead: how it is. Null where this one
	 * is not.
	 */
	readonly compose?: (parts: Parts) => Composed | null;
	/** The parameters that these numbers depend on. */
	readonly drawnBy?: readonly string[];
	nodes<T>(request: NodeRequest<T>): readonly Node<T>[];
	/** A value on the support, entry by entry, where the parameters move the support. */
	sample?(request: SampleRequest): readonly number[] | "unlawful" | "unknown";
}
