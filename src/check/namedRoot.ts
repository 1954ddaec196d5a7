import { apply, neg, num, pow } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import { freeIndices, sameTree, some } from "../expr/walk.js";
import { equal } from "../relations/equal.js";
import type { Claim, Decision } from "./claim.js";
import { decide } from "./decide.js";
import { rootClaim, withoutDerivatives } from "./root.js";

/**
 * A conclusion `s = f`, or one that comes to that, against `expression = 0`: f must be a root, and −f no other one. At most `agrees`, for that there is
 * no third root is not shown; null if the conclusion is of another form or nothing can be said.
 */
export async function namedRoot(
	expression: Expr,
	{ left, right, relation, context }: Claim,
	seed: string,
): Promise<Decision | null> {
	const named = valueNamed(left, right, context);
	if (relation !== equal || !named || isCircular(named)) return null;
	const { s, f } = named;
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

/**
 * Whether the right side of s = f reads s again, by itself or among all of its kind, as in μ_k = Σ_n γ_nk x_n / Σ_n γ_nk: that is
 * an equation, and no value. A sum over all but one reads the others.
 */
function isCircular({ s, f }: { readonly s: Sym; readonly f: Expr }): boolean {
	const free = freeIndices(f);
	const leavesOut = some(f, (x) => x.kind === "sum" && x.except.length > 0);
	return some(f, (x) => {
		if (x.kind !== "symbol" || x.name !== s.name) return false;
		const isBound = x.indices.some(
			(i) => i.kind === "index" && !free.has(i.name),
		);
		return (
			sameTree(x, s) ||
			x.indices.length < s.indices.length ||
			(isBound && !leavesOut)
		);
	});
}

/** The symbol that an equation names a value for: of s = f, and of s^p = f and log s = f for a positive s. */
function valueNamed(
	left: Expr,
	right: Expr,
	context: Context,
): { s: Sym; f: Expr } | null {
	const { symbols } = context;
	if (left.kind === "symbol") return { s: left, f: right };
	if (!positiveSymbolIn(left, symbols)) return null;
	if (left.kind === "pow" && left.exponent.kind === "num") {
		const root = pow(right, num(left.exponent.value.inverse()));
		return valueNamed(left.base, root, context);
	}
	return left.kind === "apply" && left.fn === "log"
		? valueNamed(left.argument, apply("exp", right), context)
		: null;
}

/** The symbol under powers and a logarithm, if it is declared positive, so that these can be undone. */
function positiveSymbolIn(e: Expr, symbols: Context["symbols"]): Sym | null {
	if (e.kind === "symbol")
		return symbols.get(e.name)?.type === "positive" ? e : null;
	if (e.kind === "pow" && e.exponent.kind === "num")
		return e.exponent.value.n === 0n ? null : positiveSymbolIn(e.base, symbols);
	return e.kind === "apply" && e.fn === "log"
		? positiveSymbolIn(e.argument, symbols)
		: null;
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
