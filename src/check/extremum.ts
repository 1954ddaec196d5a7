import {
	BudgetSpent,
	environment,
	lower,
	NoNormalForm,
} from "../algebra/index.js";
import { raise } from "../algebra/raise.js";
import type { ReadSide } from "../elaborate/chain.js";
import type { Extremum } from "../elaborate/extremum.js";
import { add, apply, entry, mul, neg, one, zero } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import { replaceSymbols, sameTree, some } from "../expr/walk.js";
import { relations } from "../relations/index.js";
import type { Claim, Decision } from "./claim.js";
import { follows } from "./condition.js";
import { decide } from "./decide.js";
import { mentions, rootClaim, withoutDerivatives } from "./root.js";
import { tie } from "./ties.js";

/** A side, which may be an argmax. */
type Side = Pick<ReadSide, "expr" | "extremum">;

/**
 * Decides `argmax_θ f = g`, over all of θ's domain, and `argmax_θ f = argmax_θ g`. A value is proved if f's derivative has
 * it as the only root and falls through it; refuted by a point where f is greater, by a derivative there that is not zero,
 * or by leaving the domain.
 */
export async function decideExtremum(
	left: Side,
	right: Side,
	context: Context,
	seed: string,
): Promise<Decision> {
	const [first, second] = [left.extremum, right.extremum];
	if (first && second) return sameMaximisers(first, second, context, seed);
	const extremum = (first ?? second) as Extremum;
	const value = first ? right.expr : left.expr;
	if (sameTree(value, extremum.by))
		return decision("given", "the variable stands for its best value below");
	return decideValue(extremum, value, context, seed);
}

function decision(
	verdict: Decision["verdict"],
	reason: string,
	rules: readonly string[] = [],
): Decision {
	return { verdict, reason, rules, failure: null, note: null };
}

/** What is to be made great. */
function heightOf({ objective, sense }: Extremum): Expr {
	return sense === "max" ? objective : neg(objective);
}

async function decideValue(
	extremum: Extremum,
	value: Expr,
	context: Context,
	seed: string,
): Promise<Decision> {
	const { by } = extremum;
	const type = context.symbols.get(by.name)?.type;
	const isOpen = type !== "probability" || value.kind !== "num";
	if (!["real", "positive", "probability"].includes(type ?? "") || !isOpen)
		return decision("unread", `an argmax over ${by.name} is not decided`);
	if (mentions(value, by.name))
		return decision("unread", `the value mentions ${by.name} itself`);
	const height = spelledOut(heightOf(extremum), by, context);
	const best = height && replaced(height, by, value);
	if (!height || !best)
		return decision("unread", `the value cannot be put in for ${by.name}`);
	const claim = (left: Expr, right: Expr): Claim => ({
		left,
		right,
		relation: relations.atLeast,
		free: null,
		context,
	});
	const greatest = await decide(claim(best, height), seed);
	if (greatest.verdict === "refuted")
		return { ...greatest, reason: "another point has a larger value" };
	const within =
		type === "real" ? null : await decide(claim(value, zero), seed);
	if (within?.verdict === "refuted")
		return { ...within, reason: `the value leaves the domain of ${by.name}` };
	const below =
		type === "probability" ? await decide(claim(one, value), seed) : null;
	if (below?.verdict === "refuted")
		return { ...below, reason: `the value leaves the domain of ${by.name}` };
	const slope: Expr = { kind: "derivative", body: height, by, order: 1 };
	const flat = await flatness(slope, by, value, context, seed);
	// Where it is undefined, as |θ − a| has no derivative at a, it says nothing.
	if (flat?.verdict === "refuted" && flat.failure?.left !== "undefined")
		return { ...flat, reason: "the derivative is not zero at the value" };
	if (greatest.verdict === "unread") return greatest;
	const isOnlyRoot =
		(within === null || within.verdict === "proved") &&
		(below === null || below.verdict === "proved") &&
		follows(
			{ expression: slope, by, context, line: 0 },
			{ left: by, right: value, relation: "equal", free: null },
			by.shape.length === 0 ? "maximum" : "any",
		);
	if (isOnlyRoot)
		return decision(
			"proved",
			"the only root of the derivative, which falls there",
			["solve the stationarity condition"],
		);
	const other = await tie(
		extremum,
		{ height, best, slope, value },
		context,
		seed,
	);
	return other
		? {
				...decision("refuted", "another point has the same value"),
				failure: other,
			}
		: decision("agrees", "no point with a larger value was found");
}

/** The derivative at the value, against 0; null where that has no tree. */
async function flatness(
	slope: Expr,
	by: Sym,
	value: Expr,
	context: Context,
	seed: string,
): Promise<Decision | null> {
	const plain =
		by.shape.length === 0 ? withoutDerivatives(slope, context) : null;
	const at = plain && replaced(plain, by, value);
	return at
		? decide({ ...rootClaim(zero, by, zero, context), left: at }, seed)
		: null;
}

/** A tree without binders that could catch what is put in for the variable; null if it has none. */
function spelledOut(height: Expr, by: Sym, context: Context): Expr | null {
	const env = environment(context);
	try {
		return raise(env, lower(env, height));
	} catch (error) {
		if (!(error instanceof NoNormalForm || error instanceof BudgetSpent))
			throw error;
		const catches = some(height, (e) => bindsVariable(e, by.name));
		return by.indices.length === 0 && !catches ? height : null;
	}
}

function bindsVariable(e: Expr, name: string): boolean {
	if (e.kind === "expectation")
		return e.over.some((b) => b.factor.variable === name);
	return e.kind === "integral" && e.variable === name;
}

/** The tree with a value for the variable; where its subscripts only may coincide, by cases. Null for a slice of it. */
function replaced(e: Expr, by: Sym, value: Expr): Expr | null {
	const { indices } = by;
	let isSliced = false;
	const result = replaceSymbols(e, (s) => {
		if (s.name !== by.name) return s;
		if (s.indices.length < indices.length) isSliced = true;
		const rest = s.indices.slice(indices.length);
		const there = rest.length > 0 ? entry(value, ...rest) : value;
		const differing = indices.flatMap((at, i) => {
			const own = s.indices[i];
			return own && !sameTree(own, at) ? [{ own, at }] : [];
		});
		if (differing.length === 0) return there;
		const meets = mul(
			...differing.map(
				({ own, at }): Expr => ({
					kind: "indicator",
					comparison: "=",
					left: own,
					right: at,
				}),
			),
		);
		return add(mul(meets, there), mul(add(one, neg(meets)), s));
	});
	return isSliced ? null : result;
}

/** Two functions have one maximiser if they differ by a constant, by a positive factor, or by a logarithm. */
async function sameMaximisers(
	first: Extremum,
	second: Extremum,
	context: Context,
	seed: string,
): Promise<Decision> {
	if (!sameTree(first.by, second.by))
		return decision("unread", "two argmax over different variables");
	const [f, g] = [heightOf(first), heightOf(second)];
	const free = { kind: "variable", symbol: first.by } as const;
	const { constant, proportional } = relations;
	const log = (e: Expr) => apply("log", e);
	const slopes = [f, g].map(
		(body): Expr => ({ kind: "derivative", body, by: first.by, order: 1 }),
	) as [Expr, Expr];
	const affine = {
		left: slopes[0],
		right: slopes[1],
		relation: proportional,
		why: "their derivatives differ by a positive factor",
	};
	const ways = [
		{ left: f, right: g, relation: constant, why: "they differ by a constant" },
		{
			left: f,
			right: g,
			relation: proportional,
			why: "they differ by a factor",
		},
		{
			left: log(f),
			right: g,
			relation: constant,
			why: "one is the logarithm of the other",
		},
		{
			left: f,
			right: log(g),
			relation: constant,
			why: "one is the logarithm of the other",
		},
		...(first.by.shape.length === 0 ? [affine] : []),
	];
	let seen: Decision | null = null;
	for (const { why, ...sides } of ways) {
		const found = await decide({ ...sides, free, context }, seed);
		if (found.verdict === "proved")
			return decision("proved", why, [
				...found.rules,
				"increasing functions keep their maximiser",
			]);
		if (found.verdict === "agrees") seen ??= decision("agrees", why);
	}
	return (
		seen ??
		decision(
			"unread",
			"neither a constant, a positive factor nor a logarithm between the two was found",
		)
	);
}
