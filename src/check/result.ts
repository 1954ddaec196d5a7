import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";

/** What is said of a step; DESIGN's five words. */
export type Verdict = "given" | "proved" | "agrees" | "refuted" | "unread";

/** A place in a file; lines and columns count from 1, `endLine` is inclusive. */
export interface Place {
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
}

/** A piece of a file: from a place up to, and without, another. */
export interface Region {
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
}

/** Sizes and values, by the names of the sheet, in which a step was seen to fail. */
export interface ShownWorld {
	readonly sizes: Readonly<Record<string, number>>;
	/** Free indices: `{ i: 1, k: 2 }`. */
	readonly indices: Readonly<Record<string, number>>;
	/** Numbers, or nested arrays for indexed symbols. */
	readonly values: Readonly<Record<string, unknown>>;
}

export interface Counterexample {
	readonly world: ShownWorld;
	/** Six significant digits; a number as text, a vector as `(…)`, or `undefined`. */
	readonly left: string;
	readonly right: string;
}

export interface Repair {
	readonly latex: string;
	/** The kind of mistake, in the field's words. */
	readonly kind: string;
	/** What `latex` stands instead of, as it was read and in the same notation: so that the two differ in the edit alone. */
	readonly replaces?: string;
	/**
	 * Where it goes: the place of the right side as written, of an update that of the whole equation. Absent where it cannot
	 * be put in as it is, because the step is written in another notation.
	 */
	readonly region?: Region;
}

/** One step of a chain and what is said of it. `left` and `right` are the LaTeX as written. */
export interface CheckedStep extends Place {
	readonly relation: string;
	readonly left: string;
	readonly right: string;
	readonly verdict: Verdict;
	readonly reason: string;
	readonly counterexample: Counterexample | null;
	readonly repair: Repair | null;
	readonly note: string | null;
	/** Facts by name that the symbolic channel used, for the margin and for `explain`. */
	readonly rules: readonly string[];
	/** Ordinal of the display in the sheet, and of the chain link within it, to put the badge beside the row. */
	readonly display: number;
}

export interface CheckedUpdate {
	/** The parameter as typeset, such as `m_k`. */
	readonly target: string;
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly verdict: Verdict;
	/** Which kind of optimum was shown (`exact`, `restricted`), and of which factor; or why not. */
	readonly certificate: string;
	readonly counterexample: Counterexample | null;
	/** The closed form that would hold, where the stated one does not. */
	readonly repair: Repair | null;
	readonly note: string | null;
}

export type Counts = Readonly<Record<Verdict, number>>;

/** A certified closed form, as the compiler takes it. */
export interface Update {
	/** The variational parameter with its free indices: `m[k]`. A vector target is updated whole. */
	readonly target: Sym;
	/** `s²` is updated through its square: target = expr^(1/power). 1 for most. */
	readonly power: 1 | 2;
	/**
	 * The new value. For a simplex target (`φ_ik ∝ exp …`) `logWeights` holds instead, a number for each value of the last
	 * index, and the new value is its softmax over that index.
	 */
	readonly value: Expr | null;
	readonly logWeights: Expr | null;
	readonly certified: boolean;
	readonly certificate: string;
}

/** What compile/ needs: model, family, updates in the order in which the sheet states them, and 𝓛 in closed form. */
export interface Solvable {
	readonly title: string;
	readonly path: string;
	/** SHA-256 of the sheet's text, hex. */
	readonly hash: string;
	readonly context: Context;
	readonly updates: readonly Update[];
	/** 𝓛 as named terms without expectations; their sum is the ELBO. */
	readonly elboTerms: readonly {
		readonly name: string;
		readonly value: Expr;
	}[];
}

export interface CheckedSheet {
	readonly path: string;
	readonly title: string;
	readonly hash: string;
	readonly steps: readonly CheckedStep[];
	readonly updates: readonly CheckedUpdate[];
	readonly counts: Counts;
	/** Things of the whole sheet: how densities were read, what was not checked, errors with a place. */
	readonly messages: readonly SheetMessage[];
	/** All that was declared by the end of the sheet: symbols, model and family. */
	readonly context: Context;
	readonly solvable: Solvable | null;
}

export interface SheetMessage extends Place {
	readonly level: "error" | "warning" | "info";
	readonly text: string;
	readonly expected: string | null;
}

/** A world in which both sides of a step were computed, for `explain`. */
export interface WitnessedWorld {
	readonly world: ShownWorld;
	/** As in a counterexample. */
	readonly left: string;
	readonly right: string;
	/** Null if this world decides nothing. */
	readonly holds: boolean | null;
	/** For ∝ and + const the world beside it, which differs in the free variable alone, and the sides there. */
	readonly beside: Counterexample | null;
}

/** A step with everything that led to its verdict. What was not reached, because reading failed before, is null or empty. */
export interface ExplainedStep {
	readonly step: CheckedStep;
	/** Both sides as they were understood, in plain text. */
	readonly reading: { readonly left: string; readonly right: string } | null;
	/** The same as LaTeX, printed from the trees: where it differs from what was written, it was misread. */
	readonly latex: { readonly left: string; readonly right: string } | null;
	/** Whether the two sides themselves were compared; false where the step follows from a condition or says what the optimum is. */
	readonly isByLetter: boolean;
	/** `difference` is that of the two others, for ∝ that of their logarithms; "0" where they coincide. */
	readonly normalForms: {
		readonly left: string;
		readonly right: string;
		readonly difference: string;
	} | null;
	readonly worlds: readonly WitnessedWorld[];
}

/** A statement of the model or a factor of the family, as it was read. */
export interface ReadStatement {
	readonly line: number;
	readonly of: "model" | "family";
	/** `mu[k] ~ Normal(mean = 0, …) for k = 1…K` */
	readonly reading: string;
}

/** What `explain FILE:LINE` shows: the steps, updates and statements that touch the line, in document order. */
export interface Explanation {
	readonly path: string;
	readonly line: number;
	readonly steps: readonly ExplainedStep[];
	readonly updates: readonly CheckedUpdate[];
	readonly statements: readonly ReadStatement[];
}
