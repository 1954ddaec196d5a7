import type Fraction from "fraction.js";
import type { Dim } from "../expr/tree.js";
import type { Ix } from "./ix.js";

/**
 * The normal form: a sum of terms; a term is an exact rational times a product of atoms with exponents, summed over
 * bound indices. Functions are atoms whose arguments are themselves forms.
 *
 * Invariants:
 * - Bound names within a term are canonical (`$h.n`: h is one more than the height of the forms nested in the term, so
 *   that nested binders never clash); two terms that differ in bound names alone have one key.
 * - Every bound index runs over its whole range 1…Dim; partial ranges are written with `delta` and `sign` atoms.
 * - No term has coefficient 0; no factor has exponent 0; factors are sorted by key.
 */
export interface Form {
	readonly terms: ReadonlyMap<string, Term>;
	readonly key: string;
	readonly height: number;
}

export interface Term {
	readonly coefficient: Fraction;
	readonly factors: readonly Factor[];
	readonly bound: readonly BoundIndex[];
	/** Identifies the term up to its coefficient. */
	readonly key: string;
}

export interface Factor {
	readonly atom: Atom;
	readonly exponent: Fraction;
}

export interface BoundIndex {
	readonly name: string;
	readonly range: Range;
}

/** What a bound index runs over: a size, a fixed number, or the domain of an unnamed variable (`dom z`). */
export type Range = Dim;

interface Keyed {
	/** Two atoms are the same function of the same things exactly when their keys are equal. */
	readonly key: string;
	/** Names of index variables that occur free. */
	readonly variables: ReadonlySet<string>;
	/** Nesting depth of forms inside. */
	readonly height: number;
}

export type Atom = Keyed & AtomShape;

export type AtomShape =
	/** One entry of a symbol: subscripts, then component indices. */
	| {
			readonly kind: "symbol";
			readonly name: string;
			readonly ix: readonly Ix[];
	  }
	/** 1 where the label has the value `ix`'s last entry: one-hot. */
	| { readonly kind: "hot"; readonly name: string; readonly ix: readonly Ix[] }
	| { readonly kind: "size"; readonly name: string }
	| { readonly kind: "constant"; readonly name: string }
	/** A prime number, under a fractional exponent. */
	| { readonly kind: "prime"; readonly value: bigint }
	/** An index as a number. */
	| { readonly kind: "ix"; readonly at: Ix }
	/** Kronecker's delta. */
	| { readonly kind: "delta"; readonly a: Ix; readonly b: Ix }
	/** +1 where a < b, −1 where a > b, 0 where equal. Antisymmetric; its square is 1 − δ. */
	| { readonly kind: "sign"; readonly a: Ix; readonly b: Ix }
	| {
			readonly kind: "function";
			readonly name: string;
			readonly argument: Form;
	  }
	/** A form of several terms under an exponent that is not a positive whole number. */
	| { readonly kind: "poly"; readonly form: Form }
	/** base^exponent with a symbolic exponent and a base that need not be positive. */
	| { readonly kind: "power"; readonly base: Form; readonly exponentForm: Form }
	/** Π over an index of a form that need not be positive. */
	| {
			readonly kind: "product";
			readonly index: string;
			readonly range: Range;
			readonly body: Form;
	  }
	/** The greatest value of a form over an index. */
	| {
			readonly kind: "maximum";
			readonly index: string;
			readonly range: Range;
			readonly body: Form;
	  }
	/** Entry (row, column) of the inverse of the matrix whose (@r, @c) entry is `matrix`. */
	| {
			readonly kind: "inverse";
			readonly matrix: Form;
			readonly row: Ix;
			readonly column: Ix;
			readonly symmetric: boolean;
			readonly size: Dim;
	  }
	| {
			readonly kind: "determinant";
			readonly matrix: Form;
			readonly size: Dim;
			readonly positive: boolean;
	  }
	/** Something that no rule opens: an integral, an expectation. Equal heads and arguments are equal. */
	| {
			readonly kind: "opaque";
			readonly head: string;
			readonly argument: Form;
			readonly binds: readonly string[];
			readonly positive: boolean;
	  };

/** Names that stand for the row and the column in the form of a matrix. */
export const rowSlot = "@r";
export const columnSlot = "@c";
