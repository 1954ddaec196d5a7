import { neg } from "../expr/build.js";
import type { Expr, Sym } from "../expr/tree.js";
import { sameTree, some } from "../expr/walk.js";
import { equal } from "../relations/equal.js";
import type { Claim, Decision } from "./claim.js";
import { decide } from "./decide.js";
import { rootClaim, withoutDerivatives } from "./root.js";

/**
 * A conclusion `s = f` against `expression = 0`: f must be a root, and −f no other one. At most `agrees`, for that there is
 * no third root is not shown; null if the conclusion is of another form or nothing can be said.
 */
export async function namedRoot(
	expression: Expr,
	{ left: s, right: f, relation, context }: Claim,
	seed: string,
): Promise<Decision | null> {
	if (relation !== equal || s.kind !== "symbol") return null;
	const plain = withoutDerivatives(expression, context);
	if (!plain || !some(plain, (x) => sameTree(x, s))) return null;
	const root = await decide(rootClaim(plain, s, f, context), seed);
	if (root.verdict === "refuted")
		return { ...root, reason: "the value is no root of the premise" };
	const type = context.symbols.get(s.name)?.type;
	// A row of a simplex is a root up to its multiplier: whether it adds up to 1 is another question.
	if (type === "simplex") return null;
	const mirrored = rootClaim(plain, s, neg(f), context);
	const other = type === "real" ? await decide(mirrored, seed) : null;
	if (other?.verdict === "proved") return twoRoots(s, f, context, seed);
	if (root.verdict === "unread") return null;
	return {
		...root,
		verdict: "agrees",
		reason:
			"the value is a root of the premise; that it is the only one was not shown",
		note: null,
	};
}

/** s = f fails where s is the other root, −f; null where the two coincide. */
async function twoRoots(
	s: Sym,
	f: Expr,
	context: Claim["context"],
	seed: string,
): Promise<Decision | null> {
	const claim = {
		left: neg(f),
		right: f,
		relation: equal,
		free: null,
		context,
	};
	const decision = await decide(claim, seed);
	if (decision.verdict !== "refuted") return null;
	const note = `the premise holds for −f as well; there ${s.name} is the left side`;
	return { ...decision, reason: "the premise has another root", note };
}
