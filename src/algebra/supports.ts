import { distributionNamed } from "../distributions/index.js";
import type { Expr, Pdf } from "../expr/tree.js";
import { sameTree, some, substituteIndices } from "../expr/walk.js";
import type { Environment } from "./environment.js";
import type { Scope } from "./scope.js";

/** Where a variable is known to lie on its support. */

/** The tree that is 1 on the support of a density and 0 elsewhere; null where the density is surely looked at on it. */
export function withinTree(
	env: Environment,
	e: Pdf,
	scope: Scope,
): Expr | null {
	const within = distributionNamed(e.distribution).within?.(e.of, e.parameters);
	return within && !isOnSupport(env, e, within, scope) ? within : null;
}

/**
 * A variable of the model that no expectation or integral binds lies where its own law puts it, as long as nothing binds or
 * varies what its support depends on either.
 */
function isOnSupport(
	env: Environment,
	{ of, distribution, parameters }: Pdf,
	within: Expr,
	scope: Scope,
): boolean {
	if (of.kind !== "symbol" || scope.bound.has(of.name)) return false;
	const statement = env.context.model?.statements.find(
		(s) => s.variable === of.name,
	);
	if (!statement || statement.distribution !== distribution) return false;
	if (statement.plates.length !== of.indices.length) return false;
	const isMoving = (name: string) =>
		scope.bound.has(name) ||
		scope.varied === name ||
		env.context.symbols.get(name)?.type === "label";
	const moves = some(
		within,
		(x) => x.kind === "symbol" && x.name !== of.name && isMoving(x.name),
	);
	const at = new Map(
		statement.plates.map((p, i) => [p.index, of.indices[i] as Expr]),
	);
	return (
		!moves &&
		Object.entries(statement.parameters).every(([name, tree]) =>
			sameTree(substituteIndices(tree, at), parameters[name] as Expr),
		)
	);
}

/** What the laws of model and family require to be positive. */
export function requiredTrees({ context }: Environment): readonly Expr[] {
	const laws = [
		...(context.model?.statements ?? []),
		...(context.family?.factors ?? []),
	];
	return laws.flatMap(
		({ distribution, parameters }) =>
			distributionNamed(distribution).requires?.(parameters) ?? [],
	);
}
