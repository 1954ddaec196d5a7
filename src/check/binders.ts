import type { Context } from "../expr/context.js";
import type { Bound, Expectation, Expr } from "../expr/tree.js";
import { children, mapChildren, sameTree, some } from "../expr/walk.js";

/** Drops from each expectation the variables that it does not mention: E over them changes nothing, but would capture. */
export function withNeededBindersOnly(e: Expr): Expr {
	const inner = mapChildren(e, withNeededBindersOnly);
	if (inner.kind !== "expectation") return inner;
	const mentions = (name: string) =>
		some(inner.body, (x) => x.kind === "symbol" && x.name === name);
	const over = inner.over.filter((b) => mentions(b.factor.variable));
	return over.length === 0 ? inner.body : { ...inner, over };
}

/**
 * Drops from each expectation the variables on which its body does not depend, as one would write it; one over all of the
 * family stays as it is, since `E_q` names them all.
 */
export function withOwnBinders(e: Expr, { family }: Context): Expr {
	const factors = family?.factors ?? [];
	const ofFamily = (b: Bound) =>
		!b.only &&
		!b.except &&
		factors.some((f) => f.variable === b.factor.variable);
	const tidied = (tree: Expr): Expr => {
		const inner = mapChildren(tree, tidied);
		if (inner.kind !== "expectation") return inner;
		if (inner.over.length === factors.length && inner.over.every(ofFamily))
			return inner;
		const over = neededBinders(inner);
		return over.length === 0 ? inner.body : { ...inner, over };
	};
	return tidied(e);
}

/** The variables that a body mentions outside of expectations over them, and those on which their laws depend in turn. */
function neededBinders({ over, body }: Expectation): Bound[] {
	const names = new Set(variablesIn(body));
	const needed = new Set<Bound>();
	for (;;) {
		const next = over.find(
			(b) => !needed.has(b) && names.has(b.factor.variable),
		);
		if (!next) return over.filter((b) => needed.has(b));
		needed.add(next);
		for (const parameter of Object.values(next.factor.parameters))
			for (const name of variablesIn(parameter)) names.add(name);
	}
}

function variablesIn(e: Expr): Set<string> {
	if (e.kind === "symbol") return new Set([e.name]);
	const names = new Set(children(e).flatMap((c) => [...variablesIn(c)]));
	if (e.kind === "expectation")
		for (const { factor, only } of e.over)
			if (!some(e.body, (x) => isOther(x, factor.variable, only)))
				names.delete(factor.variable);
	return names;
}

/** Whether a tree is an instance of a variable that an expectation over some instances leaves alone. */
function isOther(
	e: Expr,
	variable: string,
	only: readonly Expr[] | null,
): boolean {
	if (e.kind !== "symbol" || e.name !== variable || only === null) return false;
	return !sameTree({ ...e, indices: only }, e);
}
