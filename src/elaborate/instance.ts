import { symbol } from "../expr/build.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import { sameTree } from "../expr/walk.js";

/** Some of the random variables of one factor: one (`μ_k`), all (`μ`), a row (`x_n` of the `x_{nd}`), or all but one (`μ_{−k}`). */
export interface Instance {
	readonly variable: string;
	/** The subscripts of the one that is meant, the first of them for a row; null for all of them. */
	readonly at: readonly Expr[] | null;
	/** With `at` null: the one that is left out. */
	readonly except: readonly Expr[] | null;
	/** `c_i = k`: the value that it takes. */
	readonly value: Expr | null;
}

export function all(variable: string): Instance {
	return { variable, at: null, except: null, value: null };
}

/** Whether two lists of subscripts are written alike. */
export function sameIndices(a: readonly Expr[], b: readonly Expr[]): boolean {
	return a.length === b.length && a.every((e, i) => sameTree(e, b[i] as Expr));
}

/** Whether the subscripts begin like others. */
export function beginsWith(at: readonly Expr[], others: readonly Expr[]) {
	return sameIndices(at.slice(0, others.length), others);
}

/** Whether an instance is a row of several: fewer subscripts than the factor has plates. */
export function isRow(factor: Factor, { at }: Instance): boolean {
	return at !== null && at.length < factor.plates.length;
}

/** Whether the instances include everything that `wanted` stands for. */
export function covers(
	instances: readonly Instance[],
	wanted: Instance,
): boolean {
	return instances.some((have) => {
		if (have.variable !== wanted.variable) return false;
		if (have.at) return wanted.at !== null && beginsWith(wanted.at, have.at);
		if (!have.except) return true;
		if (wanted.at) return false;
		return wanted.except !== null && sameIndices(have.except, wanted.except);
	});
}

/** The symbol of one instance of a factor's variable, or of all together. */
export function symbolOf(factor: Factor, at: readonly Expr[] | null): Sym {
	const shape = at
		? factor.shape
		: [...factor.plates.map((p) => p.size), ...factor.shape];
	return symbol(factor.variable, at ?? [], shape);
}
