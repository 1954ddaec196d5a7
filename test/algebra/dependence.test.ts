import { describe, expect, test } from "vitest";
import { environment, isFreeOf, lower } from "../../src/algebra/index.js";
import {
	div,
	exp,
	index,
	mul,
	sub,
	sum,
	symbol,
} from "../../src/expr/build.js";
import type { Context, FreeOf } from "../../src/expr/context.js";
import type { Expr, Sym, Table } from "../../src/expr/tree.js";
import { contextOf, info } from "../numeric/mixture.js";

const context: Context = contextOf(
	[
		info("x", "unnamed"),
		info("z", "unnamed"),
		info("u", "real"),
		info("a", "real", ["K"]),
		info("c", "label", [], "K"),
	],
	{ k: "K", l: "K" },
);
const [x, z, u, c] = ["x", "z", "u", "c"].map((n) => symbol(n)) as [
	Sym,
	Sym,
	Sym,
	Sym,
];
const [k, l] = [index("k"), index("l")];

function isFree(e: Expr, free: FreeOf): boolean {
	const env = environment(context);
	return isFreeOf(env, lower(env, e), free);
}
const of = (s: Sym): FreeOf => ({ kind: "variable", symbol: s });
const density = (...names: Sym[]): Table => ({
	kind: "table",
	name: "p",
	role: "density",
	of: names,
	given: [],
	parameters: [],
});

describe("freedom of an unnamed variable", () => {
	// p(x, z) / p(z) is p(x | z): it mentions z, and changes with it.
	test("p(x) is free of z and not of x", () => {
		expect(isFree(density(x), of(z))).toBe(true);
		expect(isFree(density(x), of(x))).toBe(false);
	});
	test("a ratio of two joints is not free of what both mention", () => {
		expect(isFree(div(density(x, z), density(z)), of(z))).toBe(false);
		expect(isFree(div(density(x, z), density(x, z)), of(z))).toBe(true);
	});
});

describe("freedom of a symbol, a label and an index", () => {
	test("u cancels or it does not", () => {
		expect(isFree(sub(mul(u, u), mul(u, u)), of(u))).toBe(true);
		expect(isFree(mul(u, u), of(u))).toBe(false);
	});
	// Σ_k 1[c = k] = 1 whatever c is; a_c is not.
	test("Σ_k c_k is free of the label c, Σ_k c_k a_k is not", () => {
		const hot: Expr = { kind: "indicator", comparison: "=", left: c, right: k };
		expect(isFree(sum("k", "K", hot), of(c))).toBe(true);
		expect(isFree(sum("k", "K", mul(hot, symbol("a", [k]))), of(c))).toBe(
			false,
		);
	});
	test("the normaliser of a softmax is free of k, its numerator is not", () => {
		const total = sum("l", "K", exp(symbol("a", [l])));
		expect(isFree(total, { kind: "index", name: "k" })).toBe(true);
		expect(
			isFree(div(exp(symbol("a", [k])), total), { kind: "index", name: "k" }),
		).toBe(false);
	});
});
