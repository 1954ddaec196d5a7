import type { Expr, Sym, Table } from "../../expr/tree.js";
import type { Claim } from "../claim.js";
import type { Place } from "./place.js";

/** What edits may draw on besides the place itself: the sizes and the symbols that the claim mentions. */
export interface Surroundings {
	readonly claim: Claim;
	/** The right side as written. */
	readonly right: Expr;
	readonly sizes: readonly string[];
	readonly symbols: readonly Sym[];
	readonly tables: readonly Table[];
}

/** A kind of slip, as what would undo it at one place. */
export interface Edit {
	/** The slip in the field's words. */
	readonly kind: string;
	/** The same in closer words for one replacement, where there are any. */
	named?(replacement: Expr, place: Place, around: Surroundings): string;
	/** How large a change it is: about 1 for the smallest. Cheaper edits are tried first and win. */
	readonly cost: number;
	/** What may stand at the place instead, of the same shape. */
	candidates(place: Place, around: Surroundings): readonly Expr[];
}

/** A claim that might have been meant, and what was changed to get there. */
export interface Candidate {
	readonly claim: Claim;
	readonly kind: string;
	readonly cost: number;
}
