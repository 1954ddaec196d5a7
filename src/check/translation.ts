import {
	BudgetSpent,
	environment,
	isFreeOf,
	isZero,
	lower,
	NoNormalForm,
} from "../algebra/index.js";
import { minus } from "../algebra/ring.js";
import type { Context } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";

/**
 * Whether a value is the same after a translation, shown by the normal forms: what is squared in
 * Σ x² − 2 m Σ x + N m² is the difference of x and m, so that both may be taken from anywhere else.
 *
 * @param moved the value with every place that moves replaced by the place less a constant
 * @param upTo an index: then what does not depend on it may differ
 */
export function isTranslationInvariant(
	context: Context,
	value: Expr,
	moved: Expr,
	upTo: string | null,
): boolean {
	const env = environment(context);
	try {
		const difference = minus(lower(env, moved), lower(env, value));
		return upTo === null
			? isZero(env, difference)
			: isFreeOf(env, difference, { kind: "index", name: upTo });
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return false;
		throw error;
	}
}
