import { dot, index, isNumber, mul, symbol } from "../../expr/build.js";
import type { Context } from "../../expr/context.js";
import type { BigProduct, BigSum, Dim, Expr, Sym } from "../../expr/tree.js";
import {
	freeIndices,
	mapChildren,
	substituteIndices,
} from "../../expr/walk.js";

import { withIndex } from "./tree.js";

/**
 * A tree that was raised from a normal form, in the notation of the claim: Σ_d x_id m_kd as x_iᵀ m_k where the claim has
 * vectors, and sums over the letters that the sheet uses. Entries at the arbitrary row `row` become whole vectors.
 */
export function inNotation(
	raised: Expr,
	row: string,
	vectors: readonly Sym[],
	context: Context,
	taken: ReadonlySet<string>,
): Expr {
	const shapes = new Map(
		vectors
			.filter((v) => v.shape.length === 1)
			.map((v) => [v.name, v.shape[0] as Dim]),
	);
	return withLetters(
		wholeVectors(withDots(raised, shapes), row, shapes),
		context,
		taken,
	);
}

type Shapes = ReadonlyMap<string, Dim>;

function withDots(e: Expr, shapes: Shapes): Expr {
	if (e.kind !== "sum")
		return mapChildren(e, (child) => withDots(child, shapes));
	const { sums, factors } = opened(e);
	const inside = factors.map((f) => withDots(f, shapes));
	return sums.reduceRight<Expr>(
		(body, s) => summed(s, body, shapes),
		mul(...inside),
	);
}

/** Σ over one index: a product of vectors, the value at a label, or the sum as it stands. */
function summed(s: BigSum, body: Expr, shapes: Shapes): Expr {
	const factors = body.kind === "mul" ? body.factors : [body];
	const own = factors.filter((f) => freeIndices(f).has(s.index));
	const product = dotOver(own, s.index, shapes);
	if (product) return mul(...factors.filter((f) => !own.includes(f)), product);
	const chosen = own.find((f) => labelAt(f, s.index));
	const label = chosen && labelAt(chosen, s.index);
	if (!label) return { ...s, body };
	const others = factors.filter((f) => f !== chosen);
	return withIndex(mul(...others), s.index, label);
}

/** The label c of 1[c = k]: Σ_k 1[c = k] f_k is f_c. */
function labelAt(e: Expr, name: string): Sym | null {
	if (e.kind !== "indicator" || e.comparison !== "=") return null;
	const { left, right } = e;
	if (right.kind !== "index" || right.name !== name) return null;
	return left.kind === "symbol" ? left : null;
}

/** Sums directly within each other, with the factors of the innermost body. */
function opened(e: BigSum): {
	sums: readonly BigSum[];
	factors: readonly Expr[];
} {
	if (e.body.kind === "sum") {
		const inner = opened(e.body);
		return { sums: [e, ...inner.sums], factors: inner.factors };
	}
	return {
		sums: [e],
		factors: e.body.kind === "mul" ? e.body.factors : [e.body],
	};
}

/** v_d w_d, or v_d², summed over d: vᵀw. */
function dotOver(
	factors: readonly Expr[],
	name: string,
	shapes: Shapes,
): Expr | null {
	const [a, b] = factors.length === 1 ? squared(factors[0] as Expr) : factors;
	if (!a || !b || factors.length > 2) return null;
	const left = vectorOf(a, name, shapes);
	const right = vectorOf(b, name, shapes);
	return left && right && dot(left, right);
}

function squared(e: Expr): readonly Expr[] {
	return e.kind === "pow" && isNumber(e.exponent, 2) ? [e.base, e.base] : [];
}

/** The vector whose entry at the index this is. */
function vectorOf(e: Expr, name: string, shapes: Shapes): Sym | null {
	if (e.kind !== "symbol" || e.shape.length > 0) return null;
	const dim = shapes.get(e.name);
	const last = e.indices.at(-1);
	if (dim === undefined || last?.kind !== "index" || last.name !== name)
		return null;
	return symbol(e.name, e.indices.slice(0, -1), [dim]);
}

function wholeVectors(e: Expr, row: string, shapes: Shapes): Expr {
	return (
		vectorOf(e, row, shapes) ??
		mapChildren(e, (child) => wholeVectors(child, row, shapes))
	);
}

/** Bound indices by the letters that the sheet has for their range. */
function withLetters(
	e: Expr,
	context: Context,
	taken: ReadonlySet<string>,
): Expr {
	if (e.kind !== "sum" && e.kind !== "product")
		return mapChildren(e, (child) => withLetters(child, context, taken));
	const letter = letterFor(e, context, taken);
	const body =
		letter === e.index
			? e.body
			: substituteIndices(e.body, new Map([[e.index, index(letter)]]));
	const inside = new Set([...taken, letter]);
	return { ...e, index: letter, body: withLetters(body, context, inside) };
}

/** A letter that the sheet has for the range, or else one that means nothing yet. */
function letterFor(
	{ index: name, range }: BigSum | BigProduct,
	context: Context,
	taken: ReadonlySet<string>,
): string {
	const { ranges, symbols, sizes } = context;
	const own = [...ranges].filter(([, r]) => r === range).map(([n]) => n);
	const known = (l: string) => ranges.has(l) || symbols.has(l) || sizes.has(l);
	const others = [name, ..."dejlnrt"].filter((l) => /^[a-z]$/.test(l));
	const free = [...own, ...others.filter((l) => !known(l))];
	return free.find((l) => !taken.has(l)) ?? name;
}
