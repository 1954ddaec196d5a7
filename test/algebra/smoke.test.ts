import { expect, test } from "vitest";
import { environment, isZero, lower } from "../../src/algebra/index.js";
import {
	add,
	div,
	dot,
	exp,
	index,
	log,
	mul,
	neg,
	num,
	pi,
	pow,
	product,
	size,
	sub,
	sum,
	symbol,
} from "../../src/expr/build.js";
import type { Context, SymbolInfo } from "../../src/expr/context.js";
import type { Bound, Expr, Sym } from "../../src/expr/tree.js";

const i = index("i"),
	j = index("j"),
	k = index("k"),
	l = index("l");
const info = (
	name: string,
	type: SymbolInfo["type"],
	dims: (string | number)[],
	labels: string | null = null,
): [string, SymbolInfo] => [
	name,
	{ name, latex: name, type, dims, labels, role: "parameter", line: 0 },
];
const context: Context = {
	symbols: new Map([
		info("a", "real", ["N"]),
		info("b", "real", ["N"]),
		info("g", "real", ["N", "N"]),
		info("phi", "simplex", ["N", "K"]),
		info("x", "real", ["N", "D"]),
		info("m", "real", ["K", "D"]),
		info("mu", "real", ["K", "D"]),
		info("s", "positive", ["K"]),
		info("sigma", "positive", []),
		info("lambda", "positive", []),
		info("r", "positive", ["N"]),
		info("c", "label", ["N"], "K"),
		info("A", "posdef", ["D", "D"]),
		info("w", "real", ["D"]),
		info("v", "real", ["D"]),
		info("u", "real", []),
		info("t", "positive", []),
	]),
	sizes: new Set(["N", "K", "D"]),
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
const a = (e: Expr) => symbol("a", [e]);
const b = (e: Expr) => symbol("b", [e]);
const x = (e: Expr) => symbol("x", [e], ["D"]),
	m = (e: Expr) => symbol("m", [e], ["D"]),
	mu = (e: Expr) => symbol("mu", [e], ["D"]),
	s = (e: Expr) => symbol("s", [e]),
	phi = (e: Expr, f: Expr) => symbol("phi", [e, f]);
const zero = (l: Expr, r: Expr) => {
	const env = environment(context);
	const f = lower(env, sub(l, r));
	const z = isZero(env, f);
	return z ? true : f.key;
};
test("sums", () => {
	expect(
		zero(
			pow(sum("i", "N", a(i)), 2),
			add(
				sum("i", "N", pow(a(i), 2)),
				sum("i", "N", sum("j", "N", mul(a(i), a(j)), [i])),
			),
		),
	).toBe(true);
	expect(
		zero(
			mul(sum("i", "N", a(i)), sum("i", "N", b(i))),
			sum("i", "N", mul(a(i), b(i))),
		),
	).not.toBe(true);
	const upper: Expr = {
		kind: "sum",
		index: "j",
		range: "N",
		lower: add(i, num(1)),
		upper: size("N"),
		except: [],
		body: mul(a(i), a(j)),
	};
	expect(
		zero(
			pow(sum("i", "N", a(i)), 2),
			add(sum("i", "N", pow(a(i), 2)), mul(num(2), sum("i", "N", upper))),
		),
	).toBe(true);
	expect(
		zero(sum("k", "K", sum("l", "K", mul(phi(i, k), phi(i, l)))), num(1)),
	).toBe(true);
	expect(
		zero(
			product("i", "N", mul(symbol("u"), a(i))),
			mul(pow(symbol("u"), size("N")), product("i", "N", a(i))),
		),
	).toBe(true);
});
test("fractions", () => {
	const R = sum("i", "N", symbol("r", [i]));
	const s2 = pow(symbol("sigma"), 2),
		l2 = pow(symbol("lambda"), 2);
	expect(
		zero(
			pow(add(div(num(1), s2), mul(div(num(1), l2), R)), -1),
			div(mul(s2, l2), add(l2, mul(s2, R))),
		),
	).toBe(true);
	expect(
		zero(
			pow(add(div(num(1), s2), mul(div(num(1), l2), R)), -1),
			div(mul(s2, l2), add(s2, mul(l2, R))),
		),
	).not.toBe(true);
	expect(
		zero(
			sum("i", "N", div(symbol("r", [i]), sum("j", "N", symbol("r", [j])))),
			num(1),
		),
	).toBe(true);
	expect(
		zero(
			log(pow(mul(num(2), pi, l2), num("1/2"))),
			add(mul(num("1/2"), log(mul(num(2), pi))), log(symbol("lambda"))),
		),
	).toBe(true);
});
const sq = (e: Expr) => dot(e, e);
const q: Bound[] = [
	{
		factor: {
			variable: "mu",
			plates: [{ index: "k", size: "K" }],
			distribution: "Normal",
			parameters: {
				mean: m(k),
				covariance: mul(pow(s(k), 2), { kind: "identity" as const, size: "D" }),
			},
			shape: ["D"],
			labels: null,
		},
		only: null,
		except: null,
	},
	{
		factor: {
			variable: "c",
			plates: [{ index: "i", size: "N" }],
			distribution: "Categorical",
			parameters: { probabilities: symbol("phi", [i], ["K"]) },
			shape: [],
			labels: "K",
		},
		only: null,
		except: null,
	},
];
const E = (body: Expr): Expr => ({ kind: "expectation", over: q, body });
const ci = symbol("c", [i]);
const pdfx: Expr = {
	kind: "pdf",
	distribution: "Normal",
	of: x(i),
	parameters: {
		mean: symbol("mu", [ci], ["D"]),
		covariance: mul(pow(symbol("lambda"), 2), { kind: "identity", size: "D" }),
	},
};
test("expectations", () => {
	expect(zero(E(sq(mu(k))), add(sq(m(k)), mul(size("D"), pow(s(k), 2))))).toBe(
		true,
	);
	expect(zero(E(sq(mu(k))), add(sq(m(k)), pow(s(k), 2)))).not.toBe(true);
	expect(
		zero(
			E(dot(mu(k), mu(l))),
			add(
				dot(m(k), m(l)),
				mul(
					{ kind: "indicator", comparison: "=", left: k, right: l },
					size("D"),
					pow(s(k), 2),
				),
			),
		),
	).toBe(true);
	const l2 = pow(symbol("lambda"), 2);
	const closed = sum(
		"i",
		"N",
		sum(
			"k",
			"K",
			mul(
				phi(i, k),
				sub(
					mul(num("-1/2"), size("D"), log(mul(num(2), pi, l2))),
					div(
						add(sq(sub(x(i), m(k))), mul(size("D"), pow(s(k), 2))),
						mul(num(2), l2),
					),
				),
			),
		),
	);
	expect(zero(E(log(product("i", "N", pdfx))), closed)).toBe(true);
	expect(
		zero(
			{
				kind: "derivative",
				body: E(log(product("i", "N", pdfx))),
				by: phi(i, k) as Sym,
				order: 1,
			},
			sub(
				mul(num("-1/2"), size("D"), log(mul(num(2), pi, l2))),
				div(
					add(sq(sub(x(i), m(k))), mul(size("D"), pow(s(k), 2))),
					mul(num(2), l2),
				),
			),
		),
	).toBe(true);
	expect(
		zero(
			{
				kind: "derivative",
				body: neg(sum("i", "N", sum("k", "K", mul(phi(i, k), log(phi(i, k)))))),
				by: phi(i, k) as Sym,
				order: 1,
			},
			sub(neg(log(phi(i, k))), num(1)),
		),
	).toBe(true);
});
test("softmax", () => {
	const u = (kk: Expr) => sub(mul(a(i), s(kk)), pow(a(i), 2));
	const u2 = (kk: Expr) => mul(a(i), s(kk));
	expect(
		zero(
			div(exp(u(k)), sum("l", "K", exp(u(l)))),
			div(exp(u2(k)), sum("l", "K", exp(u2(l)))),
		),
	).toBe(true);
});
test("matrices", () => {
	const A = symbol("A", [], ["D", "D"]),
		w = symbol("w", [], ["D"]),
		v = symbol("v", [], ["D"]);
	const Ai: Expr = { kind: "inverse", of: A };
	const mm = (l: Expr, r: Expr): Expr => ({
		kind: "matmul",
		left: l,
		right: r,
	});
	const T = (e: Expr): Expr => ({ kind: "transpose", of: e });
	const quad = (e: Expr, M: Expr) => mm(T(e), mm(M, e));
	const left = add(mul(num("-1/2"), quad(w, A)), dot(v, w));
	expect(
		zero(
			left,
			add(
				mul(num("-1/2"), quad(sub(w, mm(Ai, v)), A)),
				mul(num("1/2"), quad(v, Ai)),
			),
		),
	).toBe(true);
	expect(
		zero(
			left,
			add(
				mul(num("-1/2"), quad(sub(w, mm(A, v)), A)),
				mul(num("1/2"), quad(v, A)),
			),
		),
	).not.toBe(true);
	const gi: Expr = {
		kind: "integral",
		variable: "w",
		plates: [],
		only: null,
		except: null,
		domain: { kind: "real", shape: ["D"] },
		body: exp(left),
	};
	expect(
		zero(
			gi,
			mul(
				pow(mul(num(2), pi), mul(num("1/2"), size("D"))),
				pow({ kind: "determinant", of: A }, num("-1/2")),
				exp(mul(num("1/2"), quad(v, Ai))),
			),
		),
	).toBe(true);
});
