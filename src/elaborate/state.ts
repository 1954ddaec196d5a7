import type { Context, SymbolInfo } from "../expr/context.js";
import type { Dim, Expr } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import type { Span } from "../problem.js";
import type { Conventions } from "./conventions.js";

/** A definition `N_k := Σ_i φ_ik`: used by substitution, so that no tree ever mentions it. */
export interface Definition {
	readonly name: string;
	/** The free indices of the body, in the order of the subscripts on the left, with what they run over. */
	readonly params: readonly { readonly index: string; readonly range: Dim }[];
	readonly body: Expr;
	/** Symbols of the passage that the body mentions and the sheet does not declare. */
	readonly symbols: readonly SymbolInfo[];
}

/**
 * A definition `λ(ξ) := …` of a function. It keeps the right side as written, which is read where the function is used: so
 * it takes whatever its arguments are there, numbers or vectors.
 */
export interface FunctionDefinition {
	readonly name: string;
	/** The subscripts of the name, with what they run over. */
	readonly params: Definition["params"];
	/** The names of its arguments. */
	readonly arguments: readonly string[];
	readonly body: Surface;
}

/** A reading convention that mattered, in words. */
export interface Note {
	readonly text: string;
	readonly span: Span | null;
}

/** One unnamed density of a mean field and the variables that it is over. */
export interface UnnamedFactor {
	readonly name: string;
	readonly variables: readonly string[];
}

/** All that reading a sheet has learnt so far. Immutable; reading on makes a new one. */
export interface State {
	readonly context: Context;
	readonly definitions: ReadonlyMap<string, Definition>;
	readonly functions: ReadonlyMap<string, FunctionDefinition>;
	/** How parameters of named distributions are meant, as the front matter says. */
	readonly conventions: Conventions;
	/** How the model and the family were read. */
	readonly notes: readonly Note[];
	/** The variables over which an unnamed q was last written: `E_q` in a later abstract passage means these. */
	readonly unnamedLatents: readonly string[];
	/** The factors of a family of unnamed densities, `q(z_1, z_2) = q_1(z_1) q_2(z_2)`; none where none is stated. */
	readonly unnamedFactors: readonly UnnamedFactor[];
	/** Blocks that could not be read: what would need them must not be read as if they had not been there. */
	readonly unreadBlocks: readonly ("model" | "family")[];
	/** Names that were introduced with a value that failed: they mean nothing, and are new no more. */
	readonly forgotten: readonly string[];
}
