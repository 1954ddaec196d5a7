import type { Bound, Expr } from "../../expr/tree.js";
import { visit } from "../../expr/walk.js";
import type { Environment } from "../environment.js";
import { type Addend, addendsOf, sumOf } from "./addends.js";
import { divergences } from "./divergences.js";
import { evidenceAboveBound } from "./evidence.js";
import { jensen } from "./jensen.js";

/** What a difference is at least, by a fact about expectations. */
export interface Lower {
	readonly fact: string;
	readonly tree: Expr;
}

/** Replaces addends by what they are at least; null if the fact says nothing of them. */
export type TreeRule = (
	env: Environment,
	addends: readonly Addend[],
	laws: readonly Bound[],
) => readonly Addend[] | null;

/** The facts about expectations, which a form, where these have their closed moments, no longer shows. */
const rules: readonly { readonly fact: string; readonly rule: TreeRule }[] = [
	{ fact: "Jensen's inequality", rule: jensen },
	{ fact: "Gibbs' inequality", rule: divergences },
	{ fact: "evidence = ELBO + KL, and KL ≥ 0", rule: evidenceAboveBound },
];

/** Trees that a difference is at least. */
export function lowerTrees(
	env: Environment,
	difference: Expr,
): readonly Lower[] {
	const addends = addendsOf(difference);
	const laws = lawsIn(difference);
	return rules.flatMap(({ fact, rule }) => {
		const found = rule(env, addends, laws);
		return found ? [{ fact, tree: sumOf(found) }] : [];
	});
}

/** The laws that expectations in a tree are over, one for each variable. */
function lawsIn(e: Expr): readonly Bound[] {
	const found = new Map<string, Bound>();
	visit(e, (x) => {
		if (x.kind !== "expectation") return;
		for (const b of x.over)
			if (!b.only?.length && !b.except) found.set(b.factor.variable, b);
	});
	return [...found.values()];
}
