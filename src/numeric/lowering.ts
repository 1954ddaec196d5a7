import { num } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import type {
	Binder,
	ComposedMatrix,
	EntryRule,
	Scalar,
	ValueNode,
} from "./scalar.js";

/** What names mean at a place in the tree. */
export interface Scope {
	readonly indices: ReadonlyMap<string, Scalar>;
	readonly binders: readonly Binder[];
}

/** Numbers times a matrix that is made of what is drawn for it. */
export interface Multiple {
	readonly by: readonly Scalar[];
	readonly of: ComposedMatrix;
}

/** What lower.ts offers to the files for single kinds of nodes. */
export interface Lowering {
	readonly context: Context;
	newSlot(): number;
	newBinderId(): number;
	/** The entries of a tree as a rule over two new slots. */
	matrix(e: Expr, scope: Scope): EntryRule;
	/** A tree that is a number. */
	number(e: Expr, scope: Scope): Scalar;
	numbers(list: readonly Expr[], scope: Scope): Scalar[];
	/** The entry of a tree at a row and a column, both 1 where the tree has only one. */
	entry(e: Expr, row: Scalar, column: Scalar, scope: Scope): Scalar;
	/** c and M where a tree is a multiple c M of a composed matrix or of the inverse of one; else null. */
	multipleOfRandom(e: Expr, scope: Scope): Multiple | null;
	/** A symbol at full subscripts. */
	value(name: string, at: readonly Scalar[], scope: Scope): ValueNode;
}

export function slotNode(slot: number): Scalar {
	return { op: "slot", slot };
}

export const one: Scalar = { op: "number", value: num(1).value };
export const minusOne: Scalar = { op: "number", value: num(-1).value };
