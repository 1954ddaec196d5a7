import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	BudgetSpent,
	environment,
	isZero,
	lower,
	NoNormalForm,
} from "../../src/algebra/index.js";
import { raise } from "../../src/algebra/raise.js";
import {
	add,
	exp,
	index,
	log,
	mul,
	num,
	pow,
	product,
	size,
	sub,
	sum,
	symbol,
} from "../../src/expr/build.js";
import type { Context, SymbolInfo } from "../../src/expr/context.js";
import type { Expr } from "../../src/expr/tree.js";
import { evaluate, makeWorlds } from "../../src/numeric/index.js";

/** The two channels share the tree alone; where both have a value for one, the values must be equal. */

function declared(
	name: string,
	type: SymbolInfo["type"],
	dims: readonly string[],
): [string, SymbolInfo] {
	const role = "parameter";
	return [name, { name, latex: name, type, dims, labels: null, role, line: 0 }];
}

const context: Context = {
	symbols: new Map([
		declared("a", "real", ["N"]),
		declared("b", "positive", ["N"]),
		declared("g", "real", ["N", "N"]),
		declared("r", "simplex", ["N", "K"]),
		declared("u", "real", ["K"]),
		declared("c", "real", []),
		declared("p", "positive", []),
	]),
	sizes: new Set(["N", "K"]),
	ranges: new Map([
		["i", "N"],
		["j", "N"],
		["k", "K"],
		["l", "K"],
	]),
	distinct: [],
	model: null,
	family: null,
};

let binders = 0;

/** Names of the indices in scope, by range. */
interface Scope {
	readonly N: readonly string[];
	readonly K: readonly string[];
}

const free: Scope = { N: ["i", "j"], K: ["k", "l"] };

/** A random tree of a depth, drawn from a stream of numbers so that binders can nest. */
function tree(
	draw: (n: number) => number,
	depth: number,
	scope: Scope,
	positive: boolean,
): Expr {
	const pick = (names: readonly string[]) =>
		index(names[draw(names.length)] as string);
	const again = (s = scope, p = positive) => tree(draw, depth - 1, s, p);
	if (depth === 0) return leaf(draw, pick, scope, positive);
	switch (draw(positive ? 6 : 9)) {
		case 0:
			return add(again(), again());
		case 1:
			return mul(again(), again());
		case 2:
			return bound(draw, depth, scope, positive);
		case 3:
			return pow(
				again(scope, true),
				num(["-1", "1/2", "2", "-1/2"][draw(4)] as string),
			);
		case 4:
			return exp(mul(num("1/4"), again(scope, false)));
		case 5:
			return leaf(draw, pick, scope, positive);
		case 6:
			return log(again(scope, true));
		case 7:
			return sub(again(), again());
		default:
			return pow(again(), 2);
	}
}

function leaf(
	draw: (n: number) => number,
	pick: (names: readonly string[]) => Expr,
	{ N, K }: Scope,
	positive: boolean,
): Expr {
	const ofPositive = [
		() => symbol("b", [pick(N)]),
		() => symbol("p"),
		() => symbol("r", [pick(N), pick(K)]),
		() => num(1 + draw(3)),
		() => size("N"),
	];
	const ofReal = [
		() => symbol("a", [pick(N)]),
		() => symbol("c"),
		() => symbol("g", [pick(N), pick(N)]),
		() => symbol("u", [pick(K)]),
		() => num(-2 + draw(4)),
		(): Expr => ({
			kind: "indicator",
			comparison: (["=", "<", "≤", "≠"] as const)[draw(4)] as "=",
			left: pick(N),
			right: pick(N),
		}),
	];
	const choices = positive ? ofPositive : [...ofPositive, ...ofReal];
	return (choices[draw(choices.length)] as () => Expr)();
}

function bound(
	draw: (n: number) => number,
	depth: number,
	scope: Scope,
	positive: boolean,
): Expr {
	const range = draw(2) === 0 ? "N" : "K";
	binders += 1;
	const name = `n${binders}`;
	const inside = { ...scope, [range]: [...scope[range], name] };
	const body = tree(draw, depth - 1, inside, positive);
	if (positive || draw(3) > 0) {
		const leftOut = !positive && draw(4) === 0;
		const except = leftOut ? [index(scope[range][0] as string)] : [];
		return sum(name, range, body, except);
	}
	return product(name, range, body);
}

function drawing(numbers: readonly number[]): (n: number) => number {
	let at = 0;
	return (n) => {
		const value = numbers[at % numbers.length] as number;
		at += 1;
		return value % n;
	};
}

const streams = fc.array(fc.nat(997), { minLength: 12, maxLength: 40 });

/** The largest relative difference of two trees over the worlds in which both are defined. */
function gap(left: Expr, right: Expr): number {
	let widest = 0;
	for (const world of makeWorlds([left, right], context, "soundness")) {
		const [l, r] = [left, right].map((t) =>
			evaluate(t, world, context, 200_000),
		);
		if (l?.status !== "ok" || r?.status !== "ok") continue;
		const scale = Math.max(l.scale[0] as number, r.scale[0] as number, 1e-200);
		const difference = Math.abs(
			(l.values[0] as number) - (r.values[0] as number),
		);
		if (Number.isFinite(scale)) widest = Math.max(widest, difference / scale);
	}
	return widest;
}

function attempt<T>(algebra: () => T): T | null {
	try {
		return algebra();
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return null;
		throw error;
	}
}

describe("the normal form and the witness", () => {
	test("a tree and its normal form have the same value in every world", () => {
		fc.assert(
			fc.property(streams, (numbers) => {
				const e = tree(drawing(numbers), 3, free, false);
				const env = environment(context, 20_000);
				const form = attempt(() => raise(env, lower(env, e)));
				return form === null || gap(e, form) < 1e-8;
			}),
			{ numRuns: 1500, seed: 7 },
		);
	});

	test("what is shown to be zero is zero in every world", () => {
		fc.assert(
			fc.property(streams, streams, (one, other) => {
				const left = tree(drawing(one), 2, free, false);
				const right = tree(drawing(other), 2, free, false);
				const env = environment(context, 20_000);
				const zero = attempt(() => isZero(env, lower(env, sub(left, right))));
				return zero !== true || gap(left, right) < 1e-8;
			}),
			{ numRuns: 1500, seed: 11 },
		);
	});

	test("near-miss: twice a tree is not the tree", () => {
		const env = environment(context);
		const e = sum("n", "N", mul(symbol("a", [index("n")]), symbol("c")));
		expect(isZero(env, lower(env, sub(mul(num(2), e), e)))).toBe(false);
	});
});
