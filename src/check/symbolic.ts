import { type Environment, freshIndex } from "../algebra/environment.js";
import type { Form } from "../algebra/form.js";
import { BudgetSpent, environment, NoNormalForm } from "../algebra/index.js";
import { entry } from "../algebra/lower.js";
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

/** Tries to prove a claim by its normal forms. Never throws: what has no normal form is simply not proved. */
export function proveClaim(claim: Claim): Proof {
	const env = environment(claim.context);
	try {
		const [left, right] = normalForms(env, claim.left, claim.right);
		const proved = claim.relation.prove(env, left, right, claim.free);
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

/** Both sides at one arbitrary entry. */
export function normalForms(
	env: Environment,
	left: Expr,
	right: Expr,
): readonly [Form, Form] {
	const shape = shapeOf(left);
	const row = component(env, shape[0]);
	const column = component(env, shape[1]);
	return [
		entry(env, left, row, column, emptyScope),
		entry(env, right, row, column, emptyScope),
	];
}

function component(env: Environment, dim: Dim | undefined): string {
	return dim === undefined || dim === 1 ? "1" : freshIndex(env, dim);
}
