import type { Context, FreeOf, RelationKind } from "../expr/context.js";
import type { Dim, Expr, Sym } from "../expr/tree.js";
import type { ReachingSum, Surface } from "../latex/surface.js";
import type { Span } from "../problem.js";
import type { Extremum } from "./extremum.js";
import type { Setting } from "./setting.js";
import type { State } from "./state.js";

/** One side of a step: its tree without the additive constant. */
export interface ReadSide {
	readonly expr: Expr;
	/** Whether `+ const` stands in it. */
	readonly constant: boolean;
	/** For each of its constants that says so: what it is free of. */
	readonly constants: readonly (readonly FreeOf[])[];
	readonly span: Span;
	readonly surface: Surface;
	/** The side is an argmax; its tree is the variable, for want of a value. */
	readonly extremum?: Extremum;
	/** Of the last side of a chain: what a display that goes on from it must know besides. */
	readonly carry?: Carry;
}

/** Two neighbours in a chain and their relation. */
export interface CompareStep {
	readonly kind: "compare";
	readonly relation: RelationKind;
	readonly left: ReadSide;
	readonly right: ReadSide;
	/** Of what the constant or the factor of a `constant` or `proportional` relation is free, and where that was found. */
	readonly free: FreeOf | null;
	readonly freeFrom: "written" | "head" | "index" | null;
	/** The other variables, where it is to be free of several. */
	readonly alsoFree: readonly FreeOf[];
	/** The new symbol that this step defines. */
	readonly defines: string | null;
	/** `= 0` at the end of a chain of derivatives: the condition that the expression is stationary in a variable. */
	readonly condition: { readonly expression: Expr; readonly by: Sym } | null;
	/** It stands before a ⟹ and may be meant as an assumption. */
	readonly premise: boolean;
	readonly notes: readonly string[];
	readonly span: Span;
	/** The sheet's context with what this passage adds: unnamed variables, ranges of free indices. */
	readonly context: Context;
	/** The step with some sums reaching past a + or −, where it can be read so too. */
	readonly reaching?: {
		readonly step: CompareStep;
		readonly sums: readonly ReachingSum[];
	};
}

/** `premises ⟹ conclusion`, or ⇔. */
export interface ImpliedStep {
	readonly kind: "implies" | "iff";
	readonly premises: readonly CompareStep[];
	readonly conclusion: CompareStep;
	readonly notes: readonly string[];
	readonly span: Span;
	readonly context: Context;
}

/** A step that could not be read, and what would help. */
export interface ProblemStep {
	readonly kind: "problem";
	readonly message: string;
	readonly expected: string | null;
	/** What is at fault. */
	readonly span: Span;
	/** Where the step stands. */
	readonly at: Span;
}

export type ReadStep = CompareStep | ImpliedStep | ProblemStep;

/** What a chain hands to the display that continues it. */
export interface Carry {
	/** The first side of the chain, for "free of what?". */
	readonly head: Surface | null;
	readonly setting: Setting | null;
	readonly ranges: ReadonlyMap<string, Dim>;
	/** Steps of the last segment, which a ⟹ at the start of the next display has as its premises. */
	readonly steps: readonly CompareStep[];
}

export interface ChainReading {
	readonly steps: readonly ReadStep[];
	/** The state with what the chain defines. */
	readonly state: State;
	/** The last side, for a display that begins with a relation; null if it could not be read. */
	readonly last: ReadSide | null;
}
