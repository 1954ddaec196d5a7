import {
	dot,
	index,
	log,
	mul,
	num,
	pow,
	sub,
	sum,
	symbol,
} from "../../src/expr/build.js";
import type { Context, SymbolInfo } from "../../src/expr/context.js";
import type {
	Bound,
	Dim,
	Expectation,
	Expr,
	Factor,
} from "../../src/expr/tree.js";
import type { World, WorldValue } from "../../src/numeric/index.js";

/** A mixture of Gaussians with its mean-field family, as the elaborator would give them. */

export const [i, j, k, l] = ["i", "j", "k", "l"].map(index) as [
	Expr,
	Expr,
	Expr,
	Expr,
];
export const x = (at: Expr = i) => symbol("x", [at], ["D"]);
export const m = (at: Expr = k) => symbol("m", [at], ["D"]);
export const s = (at: Expr = k) => symbol("s", [at]);
export const phi = (at: Expr = i, label: Expr = k) =>
	symbol("phi", [at, label]);
export const mu = (at: Expr = k) => symbol("mu", [at], ["D"]);
export const c = (at: Expr = i) => symbol("c", [at]);
export const lambda = symbol("lambda");
export const sigma = symbol("sigma");
export const identity: Expr = { kind: "identity", size: "D" };

export function info(
	name: string,
	type: SymbolInfo["type"],
	dims: readonly Dim[] = [],
	labels: Dim | null = null,
): SymbolInfo {
	return { name, latex: name, type, dims, labels, role: "parameter", line: 0 };
}

export function contextOf(
	symbols: readonly SymbolInfo[],
	ranges: Readonly<Record<string, Dim>> = {},
): Context {
	return {
		symbols: new Map(symbols.map((sym) => [sym.name, sym])),
		sizes: new Set(["N", "K", "D"]),
		ranges: new Map(Object.entries(ranges)),
		distinct: [],
		model: null,
		family: null,
	};
}

export const context = contextOf(
	[
		info("x", "real", ["N", "D"]),
		info("m", "real", ["K", "D"]),
		info("s", "positive", ["K"]),
		info("phi", "simplex", ["N", "K"]),
		info("mu", "real", ["K", "D"]),
		info("c", "label", ["N"], "K"),
		info("lambda", "positive"),
		info("sigma", "positive"),
	],
	{ i: "N", j: "N", k: "K", l: "K" },
);

export const qMu: Factor = {
	variable: "mu",
	plates: [{ index: "k", size: "K" }],
	distribution: "Normal",
	parameters: { mean: m(), covariance: mul(pow(s(), 2), identity) },
	shape: ["D"],
	labels: null,
};

export const qC: Factor = {
	variable: "c",
	plates: [{ index: "i", size: "N" }],
	distribution: "Categorical",
	parameters: { probabilities: symbol("phi", [i], ["K"]) },
	shape: [],
	labels: "K",
};

export function bind(factor: Factor): Bound {
	return { factor, only: null, except: null };
}

export function expect(
	body: Expr,
	over: readonly Bound[] = [bind(qMu), bind(qC)],
): Expectation {
	return { kind: "expectation", over, body };
}

export function normalPdf(of: Expr, mean: Expr, covariance: Expr): Expr {
	return {
		kind: "pdf",
		distribution: "Normal",
		of,
		parameters: { mean, covariance },
	};
}

/** 1[c_i = k]. */
export function assigned(at: Expr = i, label: Expr = k): Expr {
	return { kind: "indicator", comparison: "=", left: c(at), right: label };
}

/** Σ_i Σ_k c_ik log N(x_i; μ_k, λ² I). */
export const logLikelihood = sum(
	"i",
	"N",
	sum(
		"k",
		"K",
		mul(assigned(), log(normalPdf(x(), mu(), mul(pow(lambda, 2), identity)))),
	),
);

export const squaredDistance = (a: Expr, b: Expr) => dot(sub(a, b), sub(a, b));
export const half = num("1/2");

/** A world by hand; unnamed laws are left out. */
export function worldOf(
	sizes: Readonly<Record<string, number>>,
	values: Readonly<Record<string, WorldValue>>,
	indices: Readonly<Record<string, number>> = {},
): World {
	return {
		sizes: new Map(Object.entries(sizes)),
		indices: new Map(Object.entries(indices)),
		values: new Map(Object.entries(values)),
		tables: new Map(),
		domains: new Map(),
		aliases: new Map(),
		functions: { seed: "", positive: true },
	};
}
