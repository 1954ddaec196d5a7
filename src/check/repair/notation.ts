import { type Notation, subscriptsOf } from "../../algebra/assemble.js";
import type { Environment } from "../../algebra/environment.js";
import { mul } from "../../expr/build.js";
import type { Context } from "../../expr/context.js";
import type { BigSum, Dim, Expr, Sym } from "../../expr/tree.js";
import { freeIndices, mapChildren } from "../../expr/walk.js";
import { withIndex } from "./tree.js";

/**
 * How a claim writes things: vectors and matrices that it has whole, and sums over the letters that the sheet uses.
 * @param taken letters of the claim's free indices
 */
export function notationOf(
	env: Environment,
	symbols: readonly Sym[],
	taken: ReadonlySet<string>,
): Notation {
	return {
		env,
		subscripts: subscriptsOf(symbols),
		taken,
		letter: (range, used) => letterFor(range, env.context, used),
	};
}

/** A letter that the sheet has for the range, or else one that means nothing yet. */
function letterFor(
	range: Dim,
	{ ranges, symbols, sizes }: Context,
	taken: ReadonlySet<string>,
): string {
	const own = [...ranges].filter(([, r]) => r === range).map(([name]) => name);
	const initial = String(range).toLowerCase().charAt(0);
	const others = [initial, ..."dejlnrtabcfghkmopqsuvwxyz"].filter(
		(l) =>
			/^[a-z]$/.test(l) && !ranges.has(l) && !symbols.has(l) && !sizes.has(l),
	);
	return [...own, ...others].find((l) => !taken.has(l)) ?? `${initial}'`;
}

/** The tree with f_c for every Σ_k 1[c = k] f_k. */
export function withLabels(e: Expr): Expr {
	const inner = mapChildren(e, withLabels);
	return inner.kind === "sum" ? chosen(inner) : inner;
}

/** The value at a label, or the sum as it stands. */
function chosen(s: BigSum): Expr {
	if (s.body.kind === "sum" && !freeIndices(s.body).has(s.index)) return s;
	const { sums, factors } = opened(s.body);
	const own = factors.find((f) => labelAt(f, s.index));
	const label = own && labelAt(own, s.index);
	if (!label) return s;
	const rest = mul(...factors.filter((f) => f !== own));
	return sums.reduceRight<Expr>(
		(body, inner) => ({ ...inner, body }),
		withIndex(rest, s.index, label),
	);
}

/** Sums directly within each other, with the factors of the innermost body. */
function opened(e: Expr): {
	sums: readonly BigSum[];
	factors: readonly Expr[];
} {
	if (e.kind !== "sum")
		return { sums: [], factors: e.kind === "mul" ? e.factors : [e] };
	const inner = opened(e.body);
	return { sums: [e, ...inner.sums], factors: inner.factors };
}

/** The label c of 1[c = k]: Σ_k 1[c = k] f_k is f_c. */
function labelAt(e: Expr, name: string): Sym | null {
	if (e.kind !== "indicator" || e.comparison !== "=") return null;
	const { left, right } = e;
	if (right.kind !== "index" || right.name !== name) return null;
	return left.kind === "symbol" ? left : null;
}
