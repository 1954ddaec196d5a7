import { freshIndex } from "../algebra/environment.js";
import {
	BudgetSpent,
	environment,
	lower,
	NoNormalForm,
} from "../algebra/index.js";
import { entry } from "../algebra/lower.js";
import { raise, raiseVector } from "../algebra/raise.js";
import { emptyScope } from "../algebra/scope.js";
import { sub, zero } from "../expr/build.js";
import type { Context, FreeOf } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr, Sym } from "../expr/tree.js";
import { replaceSymbols, sameTree, some } from "../expr/walk.js";
import { constant } from "../relations/constant.js";
import { equal } from "../relations/equal.js";
import type { Claim } from "./claim.js";
import { atRoots } from "./numericRoot.js";
import { testify } from "./witness.js";

/** Whether the witness, too, finds a root of `expression` at s = f; true where s is no symbol. */
export async function isSeenRoot(
	expression: Expr,
	s: Expr,
	f: Expr,
	context: Context,
	seed: string,
): Promise<boolean> {
	if (s.kind !== "symbol") return true;
	const plain = withoutDerivatives(expression, context);
	if (!plain) {
		const claim = { left: s, right: f, relation: equal, free: null, context };
		const found = await atRoots(expression, s, claim, seed);
		return found?.verdict === "agrees";
	}
	if (!mentions(plain, s.name)) return true;
	const { failure } = await testify(
		rootClaim(plain, s, f, context),
		seed,
		effort,
		true,
	);
	return failure === null;
}

/** Node evaluations a side may cost: a root is looked for where the algebra has found one already. */
const effort = 40_000;

/** A number or column with its derivatives carried out, so that a value can be put in; null if that has no normal form. */
export function withoutDerivatives(e: Expr, context: Context): Expr | null {
	if (!some(e, (x) => x.kind === "derivative")) return e;
	const [size, ...more] = shapeOf(e);
	if (more.length > 0) return null;
	const env = environment(context);
	try {
		if (size === undefined) return raise(env, lower(env, e));
		const row = freshIndex(env, size);
		return raiseVector(env, entry(env, e, row, "1", emptyScope), row);
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return null;
		throw error;
	}
}

/** expression = 0 at s = f; for an entry of a simplex up to what is the same for all entries of its row. */
export function rootClaim(
	expression: Expr,
	s: Sym,
	f: Expr,
	context: Context,
): Claim {
	const last = s.indices.at(-1);
	const isSimplex = context.symbols.get(s.name)?.type === "simplex";
	const free: FreeOf | null =
		isSimplex && last?.kind === "index"
			? { kind: "index", name: last.name }
			: null;
	const left = replaced(expression, s, f);
	return {
		left,
		right: zeroLike(left),
		relation: free ? constant : equal,
		free,
		context,
	};
}

function zeroLike(e: Expr): Expr {
	return shapeOf(e).length === 0 ? zero : sub(e, e);
}

/** The tree with a value in the place of a symbol at its subscripts, and its entries in the place of those of the symbol. */
export function replaced(e: Expr, s: Sym, value: Expr): Expr {
	return replaceSymbols(e, (x) => {
		if (sameTree(x, s)) return value;
		return isEntryOf(x, s)
			? { kind: "entry", of: value, at: x.indices.slice(s.indices.length) }
			: x;
	});
}

function isEntryOf(x: Sym, s: Sym): boolean {
	const taken = s.indices.length;
	return (
		x.name === s.name &&
		s.shape.length > 0 &&
		x.indices.length === taken + s.shape.length &&
		s.indices.every((i, n) => sameTree(i, x.indices[n] as Expr))
	);
}

/** Whether a symbol of that name occurs. */
export function mentions(e: Expr, name: string): boolean {
	return some(e, (x) => x.kind === "symbol" && x.name === name);
}
