import type Fraction from "fraction.js";
import type { Context } from "../expr/context.js";
import type { Dim } from "../expr/tree.js";
import type { Form, Range } from "./form.js";
import { type Ix, surelyDifferent } from "./ix.js";

/** Thrown when a normal form would cost more than the budget; the step is then left to the witness. */
export class BudgetSpent extends Error {}

/** Thrown for an expression that the symbolic channel has no normal form for. */
export class NoNormalForm extends Error {}

/** Functions of forms, late bound so that terms can be rebuilt after a substitution (ring.ts knows no function). */
export interface FunctionTable {
	apply(env: Environment, name: string, argument: Form): Form;
	power(env: Environment, base: Form, exponent: Fraction): Form;
	symbolicPower(env: Environment, base: Form, exponent: Form): Form;
	bigProduct(env: Environment, index: string, range: Range, body: Form): Form;
	maximum(env: Environment, index: string, range: Range, body: Form): Form;
	inverseEntry(
		env: Environment,
		matrix: Form,
		row: Ix,
		column: Ix,
		size: Dim,
	): Form;
	determinant(
		env: Environment,
		matrix: Form,
		size: Dim,
		positive: boolean,
	): Form;
}

/** Everything that normalising depends on. One per step; counts its own work. */
export interface Environment {
	readonly context: Context;
	readonly functions: FunctionTable;
	/** Off under a derivative by φ, whose entries are then free (trap 2). */
	readonly simplex: boolean;
	/** Keys of forms that are positive wherever the laws of model and family are laws: b − a for a Uniform on a … b. */
	readonly positive: ReadonlySet<string>;
	/** Names of the facts used, for the reader of the verdict. */
	readonly rules: Set<string>;
	readonly work: { left: number };
	readonly fresh: { count: number };
	/** Ranges of index variables that are free in a form because a binder around it is being opened. */
	readonly ranges: Map<string, Range>;
}

/** Counts work in units of terms made. */
export function spend(env: Environment, units = 1): void {
	env.work.left -= units;
	if (env.work.left < 0)
		throw new BudgetSpent("the normal form grew beyond the budget");
}

/** A new index variable over a range. */
export function freshIndex(env: Environment, range: Range): string {
	env.fresh.count += 1;
	const name = `~${env.fresh.count}`;
	env.ranges.set(name, range);
	return name;
}

/** Range of an index variable, or null if nothing says it. */
export function rangeOf(env: Environment, name: string): Range | null {
	return env.ranges.get(name) ?? env.context.ranges.get(name) ?? null;
}

/** Whether two index values can never be equal, by what they are or because the sheet says so: `k ≠ l`. */
export function areApart(env: Environment, a: Ix, b: Ix): boolean {
	return (
		surelyDifferent(a, b) ||
		env.context.distinct.some(
			([k, l]) => (k === a && l === b) || (k === b && l === a),
		)
	);
}
