import type { Span } from "../problem.js";

/**
 * The surface tree: a formula as written, after grammar and before meaning. Scope, application and juxtaposition are
 * decided here (with the help of a Lexicon); shapes, densities, expectations and definitions are the elaborator's.
 * Both readers, LaTeX (latex/) and plain text (plain/), produce it.
 */
export type Surface =
	| SurfaceNumber
	| SurfaceName
	| SurfaceSum
	| SurfaceProduct
	| SurfaceFraction
	| SurfacePower
	| SurfaceTransposed
	| SurfacePrimed
	| SurfaceCall
	| SurfaceExpectation
	| SurfaceBig
	| SurfaceIntegral
	| SurfaceBars
	| SurfaceEntry
	| SurfaceIndicator
	| SurfaceDerivative
	| SurfaceEvaluation
	| SurfaceRelation
	| SurfaceTuple
	| SurfaceMatrix
	| SurfaceCases
	| SurfaceDots
	| SurfaceConst;

interface Placed {
	readonly span: Span;
}

/** A decimal numeral as written: `2`, `0.5`. */
export interface SurfaceNumber extends Placed {
	readonly kind: "number";
	readonly text: string;
}

/**
 * A name: one letter, a Greek letter (`phi`, no backslash), or an upright word (`KL`, `ELBO`). `\infty` is `infty`,
 * `\pi` is `pi`, `\mathcal L` is `L` in style `cal`, `\mathbb R` is `R` in style `bb`, `\psi`, `\Gamma` are names.
 */
export interface SurfaceName extends Placed {
	readonly kind: "name";
	readonly name: string;
	readonly style: "plain" | "bold" | "cal" | "bb" | "upright" | "sans" | "frak";
	/** Hats, tildes, bars from the inside out: `["hat"]`. */
	readonly accents: readonly string[];
	/** `φ_{ik}` and `φ_{i,k}` both give two; `x_{n-1}` gives one; `σ_{\text{old}}` goes to `labels` as `old`. */
	readonly subscripts: readonly Surface[];
	/** The first subscript stands above, in brackets, and the others below: the i of `x^{(i)}_j`. */
	readonly raised?: true;
	/** Superscripts that are labels, never powers: `*`, `(t)`, `old`, `new`. `x^{(i)}` with an index letter goes to `subscripts`. */
	readonly labels: readonly string[];
}

/** a + b − c: at least two terms, or one with a minus. */
export interface SurfaceSum extends Placed {
	readonly kind: "sum";
	readonly terms: readonly {
		readonly sign: 1 | -1;
		readonly term: Surface;
		readonly plusMinus?: boolean;
	}[];
}

/** Juxtaposition, `\cdot`, `\times`, in order (matrix products do not commute). */
export interface SurfaceProduct extends Placed {
	readonly kind: "product";
	readonly factors: readonly Surface[];
	/** Indices i such that a `\cdot` stands between factors i and i + 1 (a dot product, if both are vectors). */
	readonly dots?: readonly number[];
}

/** `\frac`, `a/b` (by the convention `1/2\sigma^2` is 1/(2σ²)); `noted` names a convention that mattered. */
export interface SurfaceFraction extends Placed {
	readonly kind: "fraction";
	readonly numerator: Surface;
	readonly denominator: Surface;
	readonly noted?: string;
}

/** `a^b`; `a^{-1}` of a matrix and `A^T` with a plain T come as powers too. `\sqrt{a}` is the power ½. */
export interface SurfacePower extends Placed {
	readonly kind: "power";
	readonly base: Surface;
	readonly exponent: Surface;
}

/** `^\top`, `^{\mathsf T}`, `^\intercal`, `^{\mathrm T}`. */
export interface SurfaceTransposed extends Placed {
	readonly kind: "transposed";
	readonly of: Surface;
}

/** `a'`: transposes a vector or matrix, marks an index or a new symbol elsewhere. */
export interface SurfacePrimed extends Placed {
	readonly kind: "primed";
	readonly of: Surface;
	readonly count: number;
}

/**
 * Application: `\log x` (functions reach over products to the next + or −), `p(x, z \mid \theta)`, `\mathcal N(x; m, S)`,
 * `\mathrm{KL}(q \| p)`, `\operatorname{tr}(A)`, `\exp\{…\}`, `f(z)`. `function` carries subscripts and labels of its own.
 */
export interface SurfaceCall extends Placed {
	readonly kind: "call";
	readonly function: SurfaceName;
	readonly arguments: readonly Surface[];
	/** After a bar, `\mid`, `|`, or `\|` inside KL; empty if there is none. */
	readonly given: readonly Surface[];
	/** After a semicolon. */
	readonly parameters: readonly Surface[];
}

/** `\mathbb E_q[…]`, `\langle … \rangle`, `\operatorname{Var}[…]`, `\mathrm{Cov}(a, b)`. */
export interface SurfaceExpectation extends Placed {
	readonly kind: "expectation";
	readonly operator: "E" | "Var" | "Cov" | "H";
	/** The subscript as written: `q`, `q(μ)` (a call), `μ ∼ q` (a relation), `-j` (a sum with a minus); null if none. */
	readonly law: Surface | null;
	readonly arguments: readonly Surface[];
	readonly given: readonly Surface[];
	/** After a semicolon: the parameters of the law. */
	readonly parameters?: readonly Surface[];
}

/** Σ, Π, max or min over an index. `\sum_{i,k}` is two nested; `\sum_k^K` has an upper bound only. */
export interface SurfaceBig extends Placed {
	readonly kind: "big";
	readonly operator: "sum" | "product" | "max" | "min" | "column";
	readonly index: SurfaceName;
	readonly lower: Surface | null;
	readonly upper: Surface | null;
	/** Conditions under the sign: `j \ne i`, `l < k`, `z` alone for a variable. */
	readonly conditions: readonly SurfaceRelation[];
	readonly body: Surface;
}

/** ∫ body d… ; `measures` are the variables after d, empty if the measure is left out. */
export interface SurfaceIntegral extends Placed {
	readonly kind: "integral";
	readonly measures: readonly Surface[];
	readonly lower: Surface | null;
	readonly upper: Surface | null;
	readonly body: Surface;
}

/** `\lVert x\rVert`, `|A|`: a norm, or a determinant or absolute value as the shape says. */
export type NormOrder = "1" | "2" | "infty" | "F";

export interface SurfaceBars extends Placed {
	readonly kind: "bars";
	readonly double: boolean;
	/** The subscript of a norm; without one it is the Euclidean norm. */
	readonly order: NormOrder;
	/** The A of ‖x‖_A, whose square is xᵀ A x. */
	readonly metric?: Surface;
	readonly of: Surface;
}

/** `(A x)_i`, `[A^{-1}]_{ij}`: an entry of something that is more than a name. */
export interface SurfaceEntry extends Placed {
	readonly kind: "entry";
	readonly of: Surface;
	readonly at: readonly Surface[];
}

/** `\mathbb 1[c_i = k]`, `\mathbf 1\{…\}`, `\delta_{kl}` stays a name. */
export interface SurfaceIndicator extends Placed {
	readonly kind: "indicator";
	readonly condition: SurfaceRelation;
}

/** `\frac{\partial f}{\partial x}`, `\frac{\partial}{\partial x} f`, `\nabla_{m_k} f`, `\frac{d}{dx} f`. */
export interface SurfaceDerivative extends Placed {
	readonly kind: "derivative";
	readonly by: Surface;
	readonly order: number;
	readonly of: Surface;
}

/** `f |_{x = m, y = n}`: what is said of the symbols stands in `at`, each an equation. */
export interface SurfaceEvaluation extends Placed {
	readonly kind: "evaluation";
	readonly of: Surface;
	readonly at: readonly SurfaceRelation[];
}

/** A relation inside an expression: `x = D` in `p(x = D)`, `c_i = k`, `μ \sim q`, `j \ne i`, `\arg\max` bodies. */
export interface SurfaceRelation extends Placed {
	readonly kind: "relation";
	/** One of `= ≠ < ≤ > ≥ ~ ∈ ∝ := :`, whichever way it was spelled (`1:N` has `:`). */
	readonly relation: string;
	readonly left: Surface;
	readonly right: Surface;
}

/** `(1/K, …, 1/K)`, `\{x_i\}_{i=1}^N`: a list in brackets. */
export interface SurfaceTuple extends Placed {
	readonly kind: "tuple";
	readonly items: readonly Surface[];
}

/** A matrix, column or row written out: rows of one length, of one entry each for a column. */
export interface SurfaceMatrix extends Placed {
	readonly kind: "matrix";
	readonly rows: readonly (readonly Surface[])[];
}

/** `\begin{cases} a & i = j \\ b & \text{otherwise} \end{cases}`; the condition of the last row may be null. */
export interface SurfaceCases extends Placed {
	readonly kind: "cases";
	readonly rows: readonly {
		readonly value: Surface;
		readonly condition: SurfaceRelation | null;
	}[];
}

/** `\dots`, `\ldots`, `\cdots`. */
export interface SurfaceDots extends Placed {
	readonly kind: "dots";
}

/** An additive constant: `\text{const}`, `C` after a + where C is undeclared, `\text{const}_{\mu_k}` with its variable. */
export interface SurfaceConst extends Placed {
	readonly kind: "const";
	readonly variable: Surface | null;
}

/** What the grammar must know of names to tell application from product. */
export interface Lexicon {
	/** Declared as a symbol: then `p(` is a product. */
	isSymbol(name: string): boolean;
	/** `p`, `q` by default, and function names that the sheet introduces: then `p(` applies. */
	isFunction(name: string): boolean;
}

/** Relations as the chain sees them; `tilde` is `\sim`. */
export type SurfaceRelationKind =
	| "equal"
	| "define"
	| "proportional"
	| "constant"
	| "atLeast"
	| "atMost"
	| "above"
	| "below"
	| "iff"
	| "implies"
	| "tilde"
	| "in";

/** One side of a chain, and the relation that links it to the side before it (null for the first). */
export interface Link {
	/** `constant` for `\stackrel{+}{=}` and `\overset{c}{=}`; `+ const` in the side itself is a SurfaceConst term of it. */
	readonly relation: {
		readonly kind: SurfaceRelationKind;
		readonly span: Span;
		readonly written: string;
	} | null;
	readonly side: Surface;
	/** Where `side` has sums that reach past a + or −: which, and the side with each sum ended there. */
	readonly reaching?: {
		readonly sums: readonly ReachingSum[];
		readonly narrow: Surface;
	};
	/** Where the side stands, for the badge and the position of the step. */
	readonly span: Span;
}

/** A sum that was read past a + or −, as its index would stand unbound in a term behind that. */
export interface ReachingSum {
	readonly indices: readonly string[];
	/** The terms that it reaches over besides the first, as written. */
	readonly over: string;
	readonly span: Span;
}

/**
 * A run of expressions joined by relations, over the rows of one display. `continues` says that the first link has a
 * relation but no left side, so that the chain goes on from the display before.
 */
export interface Chain {
	readonly links: readonly Link[];
	readonly continues: boolean;
	/** `k = 1,…,K`, `\text{(linearity)}`, `\tag`: kept and shown, never trusted. `ranges` are those that could be read. */
	readonly remarks: readonly { readonly text: string; readonly span: Span }[];
	readonly ranges: readonly {
		readonly index: string;
		/** Where it begins, if that is not 1. */
		readonly from?: number;
		readonly upper: Surface;
		readonly span: Span;
	}[];
	/** `k ≠ l` beside the formula. */
	readonly distinct: readonly (readonly [string, string])[];
	/** A variable named in words: `(w.r.t. μ_k)`, if it could be read. */
	readonly withRespectTo: Surface | null;
	readonly labels: readonly string[];
	/** Words such as “where” or “let” stand before it: an equation on a new name defines that name. */
	readonly introduces?: boolean;
	/** It names a part of another formula (`\\underbrace{…}_{=: Q}`, `… =: Q`): no display goes on from it. */
	readonly beside?: boolean;
	/** Beside an arrow in its line: a premise of what stands behind it, or one more conclusion from what stands before it. */
	readonly role?: "premise" | "conclusion";
	/** True if the side after the last link could not be read: nothing may go on from this chain. */
	readonly broken?: boolean;
}

/** A display read whole; or, row by row, what could not be read. A chain with an unreadable side is in `problems`. */
export interface DisplayReading {
	readonly chains: readonly Chain[];
	readonly problems: readonly {
		readonly message: string;
		readonly expected: string | null;
		readonly span: Span;
	}[];
	/** Reading conventions that mattered, in words: "1/2σ² was read as 1/(2σ²)". */
	readonly notes: readonly { readonly text: string; readonly span: Span }[];
}
