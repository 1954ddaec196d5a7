import type { FreeOf } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import { constant } from "../relations/constant.js";
import type { Claim, Decision } from "./claim.js";
import { decide } from "./decide.js";

/**
 * Trap 2: ∂𝓛/∂φ_ik is stated up to a number that is the same for all k when Σ_k φ_ik = 1 has been used before
 * differentiating. Such a step agrees, with a note; null where it is no such step or the difference depends on k.
 */
export async function simplexNormal(
	claim: Claim,
	seed: string,
): Promise<Decision | null> {
	const by =
		simplexDerivative(claim.left, claim) ??
		simplexDerivative(claim.right, claim);
	const last = by?.indices.at(-1);
	if (last?.kind !== "index") return null;
	const free: FreeOf = { kind: "index", name: last.name };
	const decision = await decide({ ...claim, relation: constant, free }, seed);
	if (decision.verdict !== "proved" && decision.verdict !== "agrees")
		return null;
	return {
		verdict: "agrees",
		reason: `the sides differ by a number that is the same for all ${last.name}`,
		rules: [],
		failure: null,
		note: "up to the simplex normal",
	};
}

/** The simplex entry that an expectation is differentiated by, if the tree holds such a derivative. */
function simplexDerivative(e: Expr, claim: Claim): Sym | null {
	let found: Sym | null = null;
	some(e, (node) => {
		if (
			node.kind !== "derivative" ||
			claim.context.symbols.get(node.by.name)?.type !== "simplex"
		)
			return false;
		if (some(node.body, (inner) => inner.kind === "expectation"))
			found = node.by;
		return found !== null;
	});
	return found;
}
