import { describe, expect, test } from "vitest";
import { assembled } from "../../../src/algebra/assemble.js";
import { freshIndex } from "../../../src/algebra/environment.js";
import { environment } from "../../../src/algebra/index.js";
import { entry } from "../../../src/algebra/lower.js";
import { emptyScope } from "../../../src/algebra/scope.js";
import { notationOf, withLabels } from "../../../src/check/repair/notation.js";
import {
	placesOf,
	placesOfLogarithm,
} from "../../../src/check/repair/place.js";
import {
	inOrder,
	scaled,
	withPlainIndices,
} from "../../../src/check/repair/tidy.js";
import { overlap, replaceAt } from "../../../src/check/repair/tree.js";
import {
	add,
	div,
	dot,
	exp,
	index,
	log,
	matmul,
	mul,
	neg,
	num,
	pow,
	size,
	sum,
	symbol,
	transpose,
} from "../../../src/expr/build.js";
import type { Context } from "../../../src/expr/context.js";
import { toText } from "../../../src/expr/print/text.js";
import { shapeOf } from "../../../src/expr/shape.js";
import type { Expr, Sym } from "../../../src/expr/tree.js";

const a = symbol("a");
const b = symbol("b");
const c = symbol("c");
const i = index("i");

const context: Context = {
	symbols: new Map(),
	sizes: new Set(["N", "D"]),
	ranges: new Map([["i", "N"]]),
	distinct: [],
	model: null,
	family: null,
};

describe("a product after a factor", () => {
	test.each<[Expr, Expr, string]>([
		[mul(num("1/2"), a), num(2), "a"],
		[mul(num(-1), a), num(-1), "a"],
		[a, num(-1), "-a"],
		[mul(size("D"), a), pow(size("D"), -1), "a"],
		[mul(num(3), pow(a, 2)), a, "3*a^3"],
		[div(b, mul(num(2), pow(a, 2))), num(2), "a^-2*b"],
	])("%#", (e, by, written) => {
		expect(toText(scaled(e, by))).toBe(toText(scaled(e, by)));
		expect(factorsOf(scaled(e, by))).toBe(factorsOf(parse(written)));
	});

	/** Factors in any order. */
	function factorsOf(e: Expr): string {
		const factors = e.kind === "mul" ? e.factors : [e];
		return factors.map(toText).sort().join(" · ");
	}

	function parse(written: string): Expr {
		const known: Record<string, Expr> = {
			a,
			"-a": neg(a),
			"3*a^3": mul(num(3), pow(a, 3)),
			"a^-2*b": mul(pow(a, -2), b),
		};
		return known[written] as Expr;
	}
});

test("signs go out of sums, and sizes to the front", () => {
	const inside = sum("i", "N", mul(num(-2), symbol("a", [i]), size("D")));
	expect(toText(inOrder(inside))).toBe(
		toText(neg(sum("i", "N", mul(num(2), size("D"), symbol("a", [i]))))),
	);
});

test("a copy of an index takes its plain name unless that is in use", () => {
	const at = (name: string) => symbol("a", [index(name)]);
	const copy = sum("i#3", "N", at("i#3"));
	expect(withPlainIndices(copy)).toEqual(sum("i", "N", at("i")));
	const used = sum("i#3", "N", mul(at("i#3"), at("i")));
	expect(withPlainIndices(used)).toEqual(used);
	expect(withPlainIndices(copy, new Set(["i"]))).toEqual(copy);
});

test("a replaced subtree leaves no sum within a sum", () => {
	const e = add(a, mul(num(2), b));
	expect(replaceAt(e, [1], add(b, c))).toEqual(add(a, b, c));
	expect(overlap([0, 1], [0])).toBe(true);
	expect(overlap([0, 1], [0, 2])).toBe(false);
});

describe("places", () => {
	const textAt = (places: ReturnType<typeof placesOf>) =>
		new Map(places.map((p) => [toText(p.node), p]));

	test("a summand is all that its change changes", () => {
		const right = mul(a, add(b, log(c)));
		const found = textAt(placesOf(right, new Map()));
		expect(found.get("b")?.summand.tree).toEqual(mul(a, b));
		expect(found.get("b")?.linear).toBe(true);
		expect(found.get("c")?.summand.tree).toEqual(mul(a, log(c)));
		expect(found.get("c")?.linear).toBe(false);
		expect(found.get("c")?.with(b)).toEqual(mul(a, log(b)));
	});

	test("bound indices are in scope in the body alone", () => {
		const right = add(b, sum("i", "N", symbol("a", [i])));
		const found = textAt(placesOf(right, new Map()));
		expect(found.get("a[i]")?.scope.get("i")).toBe("N");
		expect(found.get("b")?.scope.size).toBe(0);
	});

	test("through the logarithm the argument of an exponential is linear", () => {
		const found = textAt(placesOfLogarithm(mul(a, exp(add(b, c))), new Map()));
		expect(found.get("b")?.summand.tree).toEqual(b);
		expect(found.get("b")?.linear).toBe(true);
		expect(found.get("a")?.summand.tree).toEqual(log(a));
	});
});

describe("forms in the notation of the claim", () => {
	const vectors = [symbol("x", [i], ["D"]), symbol("m", [], ["D"])];
	const matrices = [symbol("S", [], ["D", "D"]), symbol("B", [], ["D", "D"])];
	const [x, m] = vectors as [Expr, Expr];
	const [S, B] = matrices as [Expr, Expr];
	const declared = (dims: string[], type = "real") =>
		({ name: "", type, dims, role: "known", labels: null }) as never;
	const known: Context = {
		...context,
		symbols: new Map([
			["x", declared(["N", "D"])],
			["m", declared(["D"])],
			["a", declared([])],
			["S", declared(["D", "D"], "posdef")],
			["B", declared(["D", "D"])],
		]),
	};
	const outer = (u: Expr, w: Expr) => matmul(u, transpose(w));

	/** A tree lowered to its form and written again. */
	function rewritten(e: Expr): string {
		const env = environment(known);
		const [row, column] = shapeOf(e).map((dim) => freshIndex(env, dim));
		const form = entry(env, e, row ?? "1", column ?? "1", emptyScope);
		const notation = notationOf(
			env,
			[...vectors, ...matrices] as Sym[],
			new Set(),
		);
		return toText(withLabels(assembled(notation, form, row, column)));
	}

	test.each<[string, Expr]>([
		["a vector", mul(a, m)],
		["a product of vectors", mul(num(3), a, dot(m, m))],
		["a product under a sum", sum("i", "N", dot(m, x))],
		["a quadratic form", matmul(matmul(transpose(m), S), m)],
		["an outer product", sum("i", "N", outer(x, x))],
		["two of them", add(outer(m, m), S)],
		["a product of matrices", matmul(transpose(B), B)],
		["an inverse", matmul({ kind: "inverse", of: S }, m)],
		["a trace", { kind: "trace", of: matmul(B, S) }],
		["the identity", mul(a, { kind: "identity", size: "D" })],
		["a determinant", log({ kind: "determinant", of: S })],
	])("%s", (_name, e) => {
		const again = rewritten(e);
		expect(formsOf(again)).toBe(formsOf(toText(e)));
	});

	/** Terms in any order. */
	function formsOf(text: string): string {
		return text.split(" + ").sort().join(" + ");
	}

	test("a sum over the values of a label is the value at the label", () => {
		const label = symbol("c", [i]);
		const k = index("k");
		const chosen: Expr = {
			kind: "indicator",
			comparison: "=",
			left: label,
			right: k,
		};
		const raised = sum("k", "K", mul(chosen, symbol("s", [k])));
		expect(toText(withLabels(raised))).toBe(toText(symbol("s", [label])));
	});
});
