import type { Context } from "../expr/context.js";
import type { Environment } from "./environment.js";
import { functionTable } from "./functions/index.js";
import { lower } from "./lower.js";
import { requiredTrees } from "./supports.js";

export { BudgetSpent, NoNormalForm } from "./environment.js";
export type { Form } from "./form.js";
export { isZero } from "./zero.js";

/** Work units (products of atoms made) that one step may cost; the same on every machine. */
export const defaultBudget = 120_000;

/** A fresh environment to normalise in. */
export function environment(
	context: Context,
	budget = defaultBudget,
): Environment {
	const bare: Environment = {
		context,
		functions: functionTable,
		simplex: true,
		positive: new Set(),
		rules: new Set(),
		work: { left: budget },
		fresh: { count: 0 },
		ranges: new Map(),
	};
	const positive = requiredPositive(bare);
	return positive.size === 0 ? bare : { ...bare, positive };
}

function requiredPositive(env: Environment): ReadonlySet<string> {
	return new Set(requiredTrees(env).map((tree) => lower(env, tree).key));
}

export { isFreeOf } from "./dependence.js";
export { lower };
