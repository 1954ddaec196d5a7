import type { Environment } from "../algebra/environment.js";
import type { Form } from "../algebra/form.js";
import type { FreeOf } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";

/** Arithmetic that a defect is computed in: floats for the search, big numbers for the confirmation. */
export interface Numbers<T> {
	sub(a: T, b: T): T;
	mul(a: T, b: T): T;
}

/** Both sides at one point. */
export interface Sides<T> {
	readonly left: T;
	readonly right: T;
}

/** The sign of one computed number. */
export type PointSign = -1 | 0 | 1;

/**
 * A relation between two numbers, as both channels see it. For a relation with a free variable the witness looks at two
 * points that differ in that variable alone.
 */
export interface Relation {
	/** As the report prints it. */
	readonly sign: string;
	readonly varies: boolean;
	/** What must be zero, or must not be negative, for the relation to hold. */
	readonly sense: "zero" | "nonnegative";
	defect<T>(numbers: Numbers<T>, here: Sides<T>, there: Sides<T>): T;
	/** Whether equal sides are not related: > and <. */
	readonly isStrict?: true;
	/** Whether sides of these signs may be related at one point; absent where the defect says all. */
	admits?(left: PointSign, right: PointSign): boolean;
	/** What must not be negative, as a tree; null for a relation that says nothing of that kind. */
	readonly difference?: (left: Expr, right: Expr) => Expr;
	/** Whether the two forms are related under the declared assumptions; false means "not shown". */
	prove(
		env: Environment,
		left: Form,
		right: Form,
		free: FreeOf | null,
	): boolean;
}
