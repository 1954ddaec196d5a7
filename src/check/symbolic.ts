import { isNonnegative } from "../algebra/bounds/index.js";
import { lowerTrees } from "../algebra/bounds/trees.js";
import { type Environment, freshIndex } from "../algebra/environment.js";
import type { Form } from "../algebra/form.js";
import { BudgetSpent, environment, NoNormalForm } from "../algebra/index.js";
import { entry, lower } from "../algebra/lower.js";
import { emptyScope } from "../algebra/scope.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr } from "../expr/tree.js";
import type { Claim } from "./claim.js";

/** What the symbolic channel found: a proof with the facts it used, or why there is none. */
export interface Proof {
	readonly proved: boolean;
	readonly rules: readonly string[];
	readonly obstacle: string | null;
}

/**
 * Tries to prove a claim by its normal forms. Never throws: what has no normal form is simply not proved.
 * @param budget of work units
 */
export function proveClaim(claim: Claim, budget?: number): Proof {
	const env = environment(claim.context, budget);
	try {
		const { free } = claim;
		const varied = free?.kind === "variable" ? free.symbol.name : null;
		const [left, right] = normalForms(env, claim.left, claim.right, varied);
		const proved =
			isBoundByExpectations(env, claim) ||
			claim.relation.prove(env, left, right, free);
		return {
			proved,
			rules: [...env.rules],
			obstacle: proved ? null : "the normal forms differ",
		};
	} catch (error) {
		const expected =
			error instanceof NoNormalForm ||
			error instanceof BudgetSpent ||
			error instanceof RangeError;
		const message = error instanceof Error ? error.message : String(error);
		return {
			proved: false,
			rules: [...env.rules],
			obstacle: expected ? message : `internal: ${message}`,
		};
	}
}

/** Whether a difference is shown not to be negative by what is known of expectations before they are worked out. */
function isBoundByExpectations(env: Environment, claim: Claim): boolean {
	const difference = claim.relation.difference?.(claim.left, claim.right);
	if (claim.relation.isStrict) return false;
	if (!difference || shapeOf(difference).length > 0) return false;
	return lowerTrees(env, difference).some(({ fact, tree }) => {
		if (!isNonnegative(env, lower(env, tree))) return false;
		env.rules.add(fact);
		return true;
	});
}

/** Both sides at one arbitrary entry. */
export function normalForms(
	env: Environment,
	left: Expr,
	right: Expr,
	varied: string | null = null,
): readonly [Form, Form] {
	const scope = { ...emptyScope, varied };
	const shape = shapeOf(left);
	const row = component(env, shape[0]);
	const column = component(env, shape[1]);
	return [
		entry(env, left, row, column, scope),
		entry(env, right, row, column, scope),
	];
}

function component(env: Environment, dim: Dim | undefined): string {
	return dim === undefined || dim === 1 ? "1" : freshIndex(env, dim);
}
