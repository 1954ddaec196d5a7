import type { Dim, Factor, Shape, Sym } from "./tree.js";

/** What is known of the values of a symbol. `label` and `unnamed` are inferred, the others can be declared. */
export type ValueType =
	| "real"
	| "positive"
	| "nonnegative"
	| "probability"
	| "integer"
	| "count"
	| "simplex"
	| "onehot"
	| "symmetric"
	| "posdef"
	| "label"
	| "unnamed";

export interface SymbolInfo {
	readonly name: string;
	/** As it is typeset, without subscripts. */
	readonly latex: string;
	readonly type: ValueType;
	/** Every axis, subscripts first: `m_k ∈ ℝ^D` has `[K, D]`. For `simplex` and `onehot` the last axis adds up to 1. */
	readonly dims: readonly Dim[];
	/** Number of values of a `label`. */
	readonly labels: Dim | null;
	/** For degrees of freedom: a size that they exceed when 1 is taken from it. */
	readonly above?: Dim;
	/** `size` and `index` names are not symbols and are not listed here. */
	readonly role: "datum" | "latent" | "parameter" | "variational";
	/** Whether only its place before a constraint says what it is: a later passage may use the letter anew. */
	readonly isMultiplier?: true;
	/** 1-based line where it was declared, 0 if built in. */
	readonly line: number;
}

/** One `~` statement of the model: a factor of the joint density, in the order in which it was stated. */
export interface Statement extends Factor {
	readonly observed: boolean;
	readonly line: number;
}

/** The joint density p, as a product of statements whose parameters mention earlier variables. */
export interface Model {
	readonly statements: readonly Statement[];
}

/** The mean-field approximation q, as a product of factors. */
export interface Family {
	readonly factors: readonly (Factor & { readonly line: number })[];
}

/** Everything that a tree is read against. Immutable; reading on makes a new one. */
export interface Context {
	readonly symbols: ReadonlyMap<string, SymbolInfo>;
	readonly sizes: ReadonlySet<string>;
	/** Range of each index letter: `i` runs over `1 … N`. Covers free and bound use; a binder's own range wins. */
	readonly ranges: ReadonlyMap<string, Dim>;
	/** Pairs of free indices that the sheet says are different. */
	readonly distinct: readonly (readonly [string, string])[];
	readonly model: Model | null;
	readonly family: Family | null;
}

/** Of what a constant or a factor of proportionality is free: one variable, or an index. */
export type FreeOf =
	| { readonly kind: "variable"; readonly symbol: Sym }
	| { readonly kind: "index"; readonly name: string };

export type RelationKind =
	| "equal"
	| "define"
	| "proportional"
	| "constant"
	| "atLeast"
	| "atMost"
	| "above"
	| "below"
	| "iff"
	| "implies";

export type { Shape };
