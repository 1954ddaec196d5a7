import type { Context, FreeOf } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import type { World } from "../numeric/index.js";
import type { Relation } from "../relations/index.js";
import type { Verdict } from "./result.js";

/** Two trees and the relation that is claimed between them: what both channels decide. */
export interface Claim {
	readonly left: Expr;
	readonly right: Expr;
	readonly relation: Relation;
	/** Of what a constant or a factor of proportionality is free. */
	readonly free: FreeOf | null;
	readonly context: Context;
}

/** A world in which a claim fails, with what the sides come to there. */
export interface Failure {
	readonly world: World;
	/** The same world but for the free variable, where the relation has one. */
	readonly other: World | null;
	readonly left: string;
	readonly right: string;
}

/** What both channels together say of a claim. */
export interface Decision {
	readonly verdict: Verdict;
	readonly reason: string;
	readonly rules: readonly string[];
	readonly failure: Failure | null;
	readonly note: string | null;
	/** What tells the kind of the mistake, and is shown only to who asks for that. */
	readonly hint?: string | null;
}
