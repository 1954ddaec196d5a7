import type Fraction from "fraction.js";

/**
 * The typed symbolic tree: what a formula means, after reading. Both channels (algebra/ and numeric/) start from it and
 * share nothing else.
 *
 * Invariants, kept by the elaborator and relied on everywhere:
 * - A tree is closed but for symbols, sizes and free indices: densities, expectations, 𝓛, KL and H are already spelled
 *   out through `pdf`, `expectation`, `integral` and `table`, and definitions are substituted.
 * - A bound index or bound variable never has the name of another that is in scope (binders are renamed on conflict).
 * - `E_q` binds random variables by name; the same symbol outside of any binder is an ordinary free value.
 */
export type Expr =
	| Num
	| Constant
	| SizeOf
	| Index
	| Sym
	| Add
	| Mul
	| MatMul
	| Pow
	| Apply
	| Transpose
	| Inverse
	| Determinant
	| Trace
	| Identity
	| Diagonal
	| Tabulate
	| Entry
	| BigSum
	| BigProduct
	| Maximum
	| Indicator
	| Pdf
	| Expectation
	| Integral
	| Derivative
	| Evaluation
	| Table;

/** A length along one axis: a declared size such as `N`, or a fixed number. */
export type Dim = string | number;

/** `[]` a number, `[D]` a column, `[1, D]` a row (a transposed column), `[D, E]` a matrix. */
export type Shape = readonly Dim[];

export interface Num {
	readonly kind: "num";
	readonly value: Fraction;
}

export interface Constant {
	readonly kind: "constant";
	readonly name: "pi" | "eulerGamma" | "infinity";
}

/** A size used as a number: the `N` of `N c²`. */
export interface SizeOf {
	readonly kind: "size";
	readonly name: string;
}

/** An index, free or bound, used as a subscript or as a number. Indices count from 1. */
export interface Index {
	readonly kind: "index";
	readonly name: string;
}

/**
 * A declared symbol with the subscripts written out. Subscripts are `index`, `num`, `size`, sums of these (`n-1`), or a
 * label symbol (`μ_{c_i}`, which also stands for `c_iᵀμ`). `shape` is what the subscripts leave of the declared axes.
 */
export interface Sym {
	readonly kind: "symbol";
	readonly name: string;
	readonly indices: readonly Expr[];
	readonly shape: Shape;
}

/** Sum of at least two terms of one shape. */
export interface Add {
	readonly kind: "add";
	readonly terms: readonly Expr[];
}

/** Product of at least two factors of which at most one is not a number; that one is scaled by the others. */
export interface Mul {
	readonly kind: "mul";
	readonly factors: readonly Expr[];
}

/** Matrix product of rows, columns and matrices; `[1,D]·[D]` is a number, `[D]·[1,E]` an outer product. */
export interface MatMul {
	readonly kind: "matmul";
	readonly left: Expr;
	readonly right: Expr;
}

/** Power of a number. Division is a power of −1, a square root a power of ½. */
export interface Pow {
	readonly kind: "pow";
	readonly base: Expr;
	readonly exponent: Expr;
}

export type FunctionName =
	| "log"
	| "exp"
	| "gamma"
	| "lgamma"
	| "digamma"
	| "trigamma"
	| "abs"
	| "step"
	| "sigmoid";

/** A function of one number. `lgamma` is log Γ, `digamma` is ψ, `step` is 1 from 0 on and 0 below. */
export interface Apply {
	readonly kind: "apply";
	readonly fn: FunctionName;
	readonly argument: Expr;
}

export interface Transpose {
	readonly kind: "transpose";
	readonly of: Expr;
}

/** Matrix inverse. */
export interface Inverse {
	readonly kind: "inverse";
	readonly of: Expr;
}

export interface Determinant {
	readonly kind: "determinant";
	readonly of: Expr;
}

export interface Trace {
	readonly kind: "trace";
	readonly of: Expr;
}

/** The identity matrix `I` of a size. */
export interface Identity {
	readonly kind: "identity";
	readonly size: Dim;
}

/** The diagonal matrix with the given column on its diagonal. */
export interface Diagonal {
	readonly kind: "diagonal";
	readonly of: Expr;
}

/** The column whose entry at `index` is `body`: `(1/K, …, 1/K)`, or the vector of ones. Of columns it is a matrix. */
export interface Tabulate {
	readonly kind: "tabulate";
	readonly index: string;
	readonly size: Dim;
	readonly body: Expr;
}

/** One component of a vector (`at` has one subscript) or of a matrix (two). */
export interface Entry {
	readonly kind: "entry";
	readonly of: Expr;
	readonly at: readonly Expr[];
}

interface Big {
	readonly index: string;
	/** The full range of the index, `1 … range`; `lower` and `upper` lie within it. */
	readonly range: Dim;
	readonly lower: Expr;
	readonly upper: Expr;
	/** Values left out: `Σ_{j ≠ i}`. */
	readonly except: readonly Expr[];
	readonly body: Expr;
}

/** Σ; an empty sum is 0. */
export interface BigSum extends Big {
	readonly kind: "sum";
}

/** Π; an empty product is 1. */
export interface BigProduct extends Big {
	readonly kind: "product";
}

/** The greatest value of a number over a whole range; the least is −max(−f). */
export interface Maximum {
	readonly kind: "maximum";
	readonly index: string;
	readonly range: Dim;
	readonly body: Expr;
}

/** 1 where the comparison of two indices, labels or whole numbers holds, else 0. One-hot `c_ik` is `1[c_i = k]`. */
export interface Indicator {
	readonly kind: "indicator";
	readonly comparison: "=" | "≠" | "<" | "≤";
	readonly left: Expr;
	readonly right: Expr;
}

/** The value of a named density (or mass function) at `of`. Parameter names are those of distributions/. */
export interface Pdf {
	readonly kind: "pdf";
	readonly distribution: string;
	readonly of: Expr;
	readonly parameters: Readonly<Record<string, Expr>>;
}

/** A plate: an index and the size that it runs over. */
export interface Plate {
	readonly index: string;
	readonly size: Dim;
}

/**
 * The random variables of one factor of q (or p), one for each value of the plates, independent across plates:
 * `μ_k ~ N(m_k, s_k² I)`, k = 1…K. Parameters may mention the plate indices and variables bound by earlier factors.
 */
export interface Factor {
	readonly variable: string;
	readonly plates: readonly Plate[];
	readonly distribution: string;
	readonly parameters: Readonly<Record<string, Expr>>;
	/** Shape of one variable, and whether it is a label in 1…`labels`. */
	readonly shape: Shape;
	readonly labels: Dim | null;
	/**
	 * Of a Markov chain, whose parameters mention the state before, the law of the first state. No expectation binds such a
	 * factor.
	 */
	readonly first?: FirstLaw;
}

/** The law of the state numbered 1 along an axis of the plates. */
export interface FirstLaw {
	readonly axis: number;
	readonly distribution: string;
	readonly parameters: Readonly<Record<string, Expr>>;
}

/** Which of a factor's variables a binder binds: all, the one at given subscripts, or all but that one (`E_{−μ_k}`). */
export interface Bound {
	readonly factor: Factor;
	readonly only: readonly Expr[] | null;
	readonly except: readonly Expr[] | null;
}

/** E[body] over independent factors; variables not bound keep their values. */
export interface Expectation {
	readonly kind: "expectation";
	readonly over: readonly Bound[];
	readonly body: Expr;
}

/**
 * What an integral ranges over: the real space of a shape, positive numbers, the unit interval, vectors of positive
 * numbers that add up to 1, symmetric positive definite matrices, whole numbers 0…`upTo` (without end if null), vectors of
 * such, labels 1…size, or an unnamed domain.
 */
export type Domain =
	| { readonly kind: "real"; readonly shape: Shape }
	| { readonly kind: "positive" }
	| { readonly kind: "unit" }
	| { readonly kind: "simplex"; readonly shape: Shape }
	| { readonly kind: "posdef"; readonly shape: Shape }
	| { readonly kind: "counts"; readonly upTo: number | null }
	| { readonly kind: "compositions"; readonly shape: Shape }
	| { readonly kind: "labels"; readonly size: Dim }
	| { readonly kind: "unnamed"; readonly counting: boolean };

/** ∫ body over one variable (all instances along `plates`, fewer with `only`/`except`); Σ for labels. */
export interface Integral {
	readonly kind: "integral";
	readonly variable: string;
	readonly plates: readonly Plate[];
	readonly only: readonly Expr[] | null;
	readonly except: readonly Expr[] | null;
	readonly domain: Domain;
	readonly body: Expr;
}

/**
 * ∂^order body / ∂by^order, entries of `by` taken as free (trap 2). A scalar `by` keeps the body's shape; a body that is
 * a number takes the shape of `by` (a gradient).
 */
export interface Derivative {
	readonly kind: "derivative";
	readonly body: Expr;
	readonly by: Sym;
	readonly order: 1 | 2;
}

/**
 * The value of the body where a symbol has another value, `∂f(x)/∂x` at x = m. The symbol is bound in the body and not in the
 * value. Only what a value cannot be put into, such as a derivative by the symbol, stands under an evaluation.
 */
export interface Evaluation {
	readonly kind: "evaluation";
	readonly symbol: Sym;
	readonly value: Expr;
	readonly body: Expr;
}

/**
 * The value of an unnamed density or function: `p(x, z)`, `q(z)`, `p(z | x)`, `f(z)`. Variables are symbols of type
 * `unnamed`. All tables named `p` come from one joint of everything mentioned with p; those named `q` likewise. The numbers
 * that a table depends on smoothly are its parameters: the θ of `p_θ(x)` where something is differentiated by θ.
 */
export interface Table {
	readonly kind: "table";
	readonly name: string;
	readonly role: "density" | "function";
	readonly of: readonly Sym[];
	readonly given: readonly Sym[];
	readonly parameters: readonly Sym[];
}
