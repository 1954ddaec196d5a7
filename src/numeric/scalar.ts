import type Fraction from "fraction.js";
import type { Constant, Dim, FunctionName, Indicator } from "../expr/tree.js";

/**
 * A tree of numbers alone: what a typed tree becomes when each entry of its vectors and matrices is computed by itself.
 * Subscripts, bounds and hidden component indices are scalars too, and every bound index has a slot of its own in the
 * frame, so that nothing can be captured.
 */
export type Scalar =
	| { readonly op: "number"; readonly value: Fraction }
	| { readonly op: "constant"; readonly name: Constant["name"] }
	| { readonly op: "size"; readonly dim: Dim }
	| { readonly op: "slot"; readonly slot: number }
	| ValueNode
	| ComplementNode
	| { readonly op: "add"; readonly terms: readonly Scalar[] }
	| { readonly op: "mul"; readonly factors: readonly Scalar[] }
	| { readonly op: "pow"; readonly base: Scalar; readonly exponent: Scalar }
	| {
			readonly op: "apply";
			readonly fn: FunctionName;
			readonly argument: Scalar;
	  }
	| BigNode
	| MaximumNode
	| IndicatorNode
	| DensityNode
	| MatrixNode
	| ExpectationNode
	| IntegralNode
	| DerivativeNode
	| EvaluationNode
	| TableNode;

/** The value of a symbol at full subscripts: that of the innermost binder that covers it, else the world's. */
export interface ValueNode {
	readonly op: "value";
	readonly name: string;
	readonly at: readonly Scalar[];
	/** Binders of that name in scope, inner first. */
	readonly binders: readonly Binder[];
}

/** 1 − x for a bound variable, which a quadrature on the unit interval knows more digits of than x tells. */
export interface ComplementNode {
	readonly op: "complement";
	readonly of: ValueNode;
}

export interface BigNode {
	readonly op: "sum" | "product";
	readonly slot: number;
	readonly lower: Scalar;
	readonly upper: Scalar;
	readonly except: readonly Scalar[];
	readonly body: Scalar;
}

/** The greatest of the values over a whole range. */
export interface MaximumNode {
	readonly op: "maximum";
	readonly slot: number;
	readonly range: Dim;
	readonly body: Scalar;
}

export interface IndicatorNode {
	readonly op: "indicator";
	readonly comparison: Indicator["comparison"];
	readonly left: Scalar;
	readonly right: Scalar;
}

/** The exponential of `log`; the labels that the density mentions count as read even where `log` does not need them. */
export interface DensityNode {
	readonly op: "density";
	readonly log: Scalar;
	/** 1 on the support, 0 outside of it, where the parameters move it. */
	readonly within?: Scalar | null;
	readonly labels: readonly Scalar[];
}

/** A matrix given by its entry at two slots. */
export interface EntryRule {
	readonly rows: Dim;
	readonly columns: Dim;
	readonly rowSlot: number;
	readonly columnSlot: number;
	readonly entry: Scalar;
}

/** The determinant of a square matrix, or one entry of its inverse or of its lower Cholesky factor. */
export interface MatrixNode {
	readonly op: "determinant" | "inverse" | "cholesky";
	readonly of: EntryRule;
	readonly row: Scalar;
	readonly column: Scalar;
}

/** Variables that an expectation or an integral ranges over: an array of axes `plates` then `shape`. */
export interface Binder {
	readonly id: number;
	readonly variable: string;
	readonly plates: readonly Dim[];
	readonly shape: readonly Dim[];
	/** Subscripts of the one instance bound, or of the one left out. */
	readonly only: readonly Scalar[] | null;
	readonly except: readonly Scalar[] | null;
	/** Where the numbers drawn are not the entries of the variable itself: how these are made of them. */
	readonly composition: Composition | null;
}

/** A random vector or matrix made of independent numbers. Everything is at the plate subscripts asked for. */
export interface Composed {
	entry(row: Scalar, column: Scalar): Scalar;
}

/** A positive definite one, with what else can be made of the numbers without going through its entries. */
export interface ComposedMatrix extends Composed {
	inverse(row: Scalar, column: Scalar): Scalar;
	logDeterminant(): Scalar;
	/** A power of the determinant. */
	determinant(exponent: Scalar): Scalar;
	/** An entry of F v, where F Fᵀ is this matrix, and of one where it is the inverse. */
	root(row: Scalar, v: (at: Scalar) => Scalar): Scalar;
	inverseRoot(row: Scalar, v: (at: Scalar) => Scalar): Scalar;
}

export type Composition = (plates: readonly Scalar[]) => Composed;

/** A random variable: a binder with its law; `plateSlots` are set to the instance while parameters are evaluated. */
export interface Law {
	readonly binder: Binder;
	readonly distribution: string;
	readonly plateSlots: readonly number[];
	readonly parameters: Readonly<Record<string, EntryRule>>;
	readonly labels: Dim | null;
}

export interface ExpectationNode {
	readonly op: "expectation";
	readonly laws: readonly Law[];
	readonly body: Scalar;
}

export type Range =
	| {
			readonly kind:
				| "real"
				| "positive"
				| "unit"
				| "simplex"
				| "posdef"
				| "compositions";
	  }
	| { readonly kind: "counts"; readonly upTo: number | null }
	| { readonly kind: "labels"; readonly size: Dim }
	| { readonly kind: "unnamed"; readonly variable: string };

export interface IntegralNode {
	readonly op: "integral";
	readonly binder: Binder;
	readonly range: Range;
	readonly body: Scalar;
}

/** ∂ body / ∂ by. */
export interface DerivativeNode {
	readonly op: "derivative";
	readonly body: Scalar;
	readonly by: ValueNode;
}

/** A body in which a symbol has the value of `value`. */
export interface EvaluationNode {
	readonly op: "evaluation";
	readonly binder: Binder;
	readonly value: EntryRule;
	readonly body: Scalar;
}

/** An argument of an unnamed density or function: a variable, or all of an array of variables. */
export interface TableArgument {
	readonly variable: string;
	readonly value: ValueNode;
	/** Axes that are written out, and slots over which the remaining axes run. */
	readonly axes: readonly Dim[];
	readonly freeSlots: readonly number[];
}

export interface TableNode {
	readonly op: "table";
	readonly name: string;
	readonly role: "density" | "function";
	readonly of: readonly TableArgument[];
	readonly given: readonly TableArgument[];
	readonly parameters: readonly ValueNode[];
}

/** A tree made ready: its entry rule (1 × 1 for a number), and the slots of its free indices. */
export interface Lowered {
	readonly of: EntryRule;
	readonly freeSlots: ReadonlyMap<string, number>;
	readonly slots: number;
}
