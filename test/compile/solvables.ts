import type { Solvable, Update } from "../../src/check/result.js";
import {
	add,
	apply,
	div,
	dot,
	index,
	log,
	mul,
	neg,
	num,
	pi,
	pow,
	size,
	sub,
	sum,
	symbol,
	two,
} from "../../src/expr/build.js";
import type { Context, SymbolInfo, ValueType } from "../../src/expr/context.js";
import type { Dim, Expr, Factor, Shape, Sym } from "../../src/expr/tree.js";

/** Solvable sheets written by hand, as the checker would hand them over. The formulas are worked out on paper. */

const half = num("1/2");
const vector: Shape = ["D"];
export const i = index("i");
export const k = index("k");
export const x = symbol("x", [i], vector);
export const m = (at: Expr) => symbol("m", [at], vector);
export const s = (at: Expr) => symbol("s", [at]);
export const phi = (row: Expr, column: Expr) => symbol("phi", [row, column]);
export const square = (e: Expr) => pow(e, 2);

export function info(
	name: string,
	type: ValueType,
	dims: readonly Dim[],
	role: SymbolInfo["role"],
	labels: Dim | null = null,
): SymbolInfo {
	return { name, latex: name, type, dims, labels, role, line: 1 };
}

export function contextOf(
	symbols: readonly SymbolInfo[],
	model: readonly (Factor & { readonly observed: boolean })[],
	family: readonly Factor[],
): Context {
	return {
		symbols: new Map(symbols.map((info) => [info.name, info])),
		sizes: new Set(["N", "K", "D"]),
		ranges: new Map<string, Dim>([
			["i", "N"],
			["k", "K"],
			["l", "K"],
		]),
		distinct: [],
		model: { statements: model.map((f) => ({ ...f, line: 1 })) },
		family: { factors: family.map((f) => ({ ...f, line: 1 })) },
	};
}

export function factor(
	variable: string,
	plates: readonly (readonly [string, Dim])[],
	distribution: string,
	parameters: Readonly<Record<string, Expr>>,
	shape: Shape = [],
	labels: Dim | null = null,
): Factor {
	return {
		variable,
		plates: plates.map(([index, size]) => ({ index, size })),
		distribution,
		parameters,
		shape,
		labels,
	};
}

export function update(
	target: Sym,
	value: Expr,
	power: 1 | 2 = 1,
	more: Partial<Update> = {},
): Update {
	return {
		target,
		power,
		value,
		logWeights: null,
		certified: true,
		certificate: "exact",
		...more,
	};
}

export function softmax(target: Sym, logWeights: Expr): Update {
	return update(target, num(0), 1, { value: null, logWeights });
}

const isotropic = (variance: Expr): Expr =>
	mul(variance, { kind: "identity", size: "D" });

const zeroVector: Expr = {
	kind: "tabulate",
	index: "t",
	size: "D",
	body: num(0),
};

const overNK = (body: Expr) => sum("i", "N", sum("k", "K", body));
const D = size("D");
/** −D/2 log(2π v). */
const normaliser = (v: Expr) => mul(num("-1/2"), D, log(mul(two, pi, v)));

interface MixtureOptions {
	/** log of the prior weight of component k. */
	readonly logWeight: (k: Expr) => Expr;
	/** The variance of the data within component k. */
	readonly variance: (k: Expr) => Expr;
	readonly known: readonly SymbolInfo[];
	readonly title: string;
}

function mixtureWith(options: MixtureOptions): Solvable {
	const { logWeight, variance } = options;
	const sigma2 = square(symbol("sigma"));
	/** E‖x_i − μ_k‖² = x_iᵀx_i − 2 x_iᵀm_k + m_kᵀm_k + D s_k². */
	const expectedDistance = add(
		dot(x, x),
		mul(num(-2), dot(x, m(k))),
		dot(m(k), m(k)),
		mul(D, square(s(k))),
	);
	const logLikelihood = sub(
		normaliser(variance(k)),
		mul(half, div(expectedDistance, variance(k))),
	);
	const known = options.known;
	return {
		title: options.title,
		path: "test/mixture.md",
		hash: "0".repeat(64),
		context: contextOf(
			[
				info("mu", "real", ["K", "D"], "latent"),
				info("c", "label", ["N"], "latent", "K"),
				info("x", "real", ["N", "D"], "datum"),
				info("sigma", "positive", [], "parameter"),
				...known,
				info("m", "real", ["K", "D"], "variational"),
				info("s", "positive", ["K"], "variational"),
				info("phi", "simplex", ["N", "K"], "variational"),
			],
			[
				{
					...factor(
						"mu",
						[["k", "K"]],
						"Normal",
						{ mean: zeroVector, covariance: isotropic(sigma2) },
						vector,
					),
					observed: false,
				},
				{
					...factor("c", [["i", "N"]], "Categorical", {}, [], "K"),
					observed: false,
				},
				{
					...factor(
						"x",
						[["i", "N"]],
						"Normal",
						{
							mean: symbol("mu", [symbol("c", [i])], vector),
							covariance: isotropic(variance(symbol("c", [i]))),
						},
						vector,
					),
					observed: true,
				},
			],
			[
				factor(
					"mu",
					[["k", "K"]],
					"Normal",
					{ mean: m(k), covariance: isotropic(square(s(k))) },
					vector,
				),
				factor(
					"c",
					[["i", "N"]],
					"Categorical",
					{ probabilities: symbol("phi", [i], ["K"]) },
					[],
					"K",
				),
			],
		),
		updates: [
			softmax(
				phi(i, k),
				add(
					logWeight(k),
					mul(num("-1/2"), D, log(variance(k))),
					div(dot(x, m(k)), variance(k)),
					neg(
						mul(
							half,
							div(
								add(dot(x, x), dot(m(k), m(k)), mul(D, square(s(k)))),
								variance(k),
							),
						),
					),
				),
			),
			update(
				m(k),
				mul(
					square(s(k)),
					sum("i", "N", mul(phi(i, k), pow(variance(k), -1), x)),
				),
			),
			update(
				s(k),
				pow(
					add(pow(sigma2, -1), sum("i", "N", div(phi(i, k), variance(k)))),
					-1,
				),
				2,
			),
		],
		elboTerms: [
			{
				name: "E[log p(mu)]",
				value: sum(
					"k",
					"K",
					sub(
						normaliser(sigma2),
						mul(half, div(add(dot(m(k), m(k)), mul(D, square(s(k)))), sigma2)),
					),
				),
			},
			{ name: "E[log p(c)]", value: overNK(mul(phi(i, k), logWeight(k))) },
			{
				name: "E[log p(x | c, mu)]",
				value: overNK(mul(phi(i, k), logLikelihood)),
			},
			{
				name: "-E[log q(mu)]",
				value: sum(
					"k",
					"K",
					mul(half, D, add(log(mul(two, pi, square(s(k)))), num(1))),
				),
			},
			{
				name: "-E[log q(c)]",
				value: neg(overNK(mul(phi(i, k), log(phi(i, k))))),
			},
		],
	};
}

/** Bishop's mixture with equal weights: μ_k ~ N(0, σ² I), c_i ~ Cat(1/K, …), x_i ~ N(μ_{c_i}, λ² I). */
export function mixture(): Solvable {
	return mixtureWith({
		title: "Mixture of Gaussians",
		logWeight: () => log(pow(size("K"), -1)),
		variance: () => square(symbol("lambda")),
		known: [info("lambda", "positive", [], "parameter")],
	});
}

/** The same with unequal known weights π_k and a variance λ_k² of each component. */
export function weightedMixture(): Solvable {
	return mixtureWith({
		title: "Mixture with known weights",
		logWeight: (at) => log(symbol("pi", [at])),
		variance: (at) => square(symbol("lambda", [at])),
		known: [
			info("pi", "simplex", ["K"], "parameter"),
			info("lambda", "positive", ["K"], "parameter"),
		],
	});
}

/** x_i ~ N(μ, λ² I), μ ~ N(0, σ² I), q(μ) = N(m, s² I). */
export function normalMean(): Solvable {
	const sigma2 = square(symbol("sigma"));
	const lambda2 = square(symbol("lambda"));
	const mean = symbol("m", [], vector);
	const s2 = square(symbol("s"));
	const secondMoment = add(dot(mean, mean), mul(D, s2));
	return {
		title: "Normal mean",
		path: "test/normal-mean.md",
		hash: "1".repeat(64),
		context: contextOf(
			[
				info("mu", "real", ["D"], "latent"),
				info("x", "real", ["N", "D"], "datum"),
				info("sigma", "positive", [], "parameter"),
				info("lambda", "positive", [], "parameter"),
				info("m", "real", ["D"], "variational"),
				info("s", "positive", [], "variational"),
			],
			[
				{
					...factor(
						"mu",
						[],
						"Normal",
						{ mean: zeroVector, covariance: isotropic(sigma2) },
						vector,
					),
					observed: false,
				},
				{
					...factor(
						"x",
						[["i", "N"]],
						"Normal",
						{ mean: symbol("mu", [], vector), covariance: isotropic(lambda2) },
						vector,
					),
					observed: true,
				},
			],
			[factor("mu", [], "Normal", { mean, covariance: isotropic(s2) }, vector)],
		),
		updates: [
			update(mean, mul(div(s2, lambda2), sum("i", "N", x))),
			update(
				symbol("s"),
				pow(add(pow(sigma2, -1), div(size("N"), lambda2)), -1),
				2,
			),
		],
		elboTerms: [
			{
				name: "E[log p(mu)]",
				value: sub(normaliser(sigma2), mul(half, div(secondMoment, sigma2))),
			},
			{
				name: "E[log p(x | mu)]",
				value: sum(
					"i",
					"N",
					sub(
						normaliser(lambda2),
						mul(
							half,
							div(
								add(dot(x, x), mul(num(-2), dot(x, mean)), secondMoment),
								lambda2,
							),
						),
					),
				),
			},
			{
				name: "-E[log q(mu)]",
				value: mul(half, D, add(log(mul(two, pi, s2)), num(1))),
			},
		],
	};
}

/**
 * A Poisson mixture: r_k ~ Gamma(α, β), c_i ~ Cat(1/K, …), x_i ~ Poisson(r_{c_i}), q(r_k) = Gamma(a_k, b_k). Its updates need
 * digamma, its bound lgamma, and no parameter is a place among the data.
 */
export function poissonMixture(): Solvable {
	const [alpha, beta] = [symbol("alpha"), symbol("beta")];
	const count = symbol("x", [i]);
	const a = symbol("a", [k]);
	const b = symbol("b", [k]);
	const meanLog = sub(apply("digamma", a), log(b));
	const mean = div(a, b);
	const logWeight = add(mul(count, meanLog), neg(mean));
	return {
		title: "Poisson mixture",
		path: "test/poisson.md",
		hash: "2".repeat(64),
		context: contextOf(
			[
				info("r", "positive", ["K"], "latent"),
				info("c", "label", ["N"], "latent", "K"),
				info("x", "count", ["N"], "datum"),
				info("alpha", "positive", [], "parameter"),
				info("beta", "positive", [], "parameter"),
				info("a", "positive", ["K"], "variational"),
				info("b", "positive", ["K"], "variational"),
				info("phi", "simplex", ["N", "K"], "variational"),
			],
			[
				{
					...factor("r", [["k", "K"]], "Gamma", { shape: alpha, rate: beta }),
					observed: false,
				},
				{
					...factor("c", [["i", "N"]], "Categorical", {}, [], "K"),
					observed: false,
				},
				{
					...factor("x", [["i", "N"]], "Poisson", {
						rate: symbol("r", [symbol("c", [i])]),
					}),
					observed: true,
				},
			],
			[
				factor("r", [["k", "K"]], "Gamma", { shape: a, rate: b }),
				factor(
					"c",
					[["i", "N"]],
					"Categorical",
					{ probabilities: symbol("phi", [i], ["K"]) },
					[],
					"K",
				),
			],
		),
		updates: [
			softmax(phi(i, k), logWeight),
			update(a, add(alpha, sum("i", "N", mul(phi(i, k), count)))),
			update(b, add(beta, sum("i", "N", phi(i, k)))),
		],
		elboTerms: [
			{
				name: "E[log p(r)]",
				value: sum(
					"k",
					"K",
					add(
						mul(alpha, log(beta)),
						neg(apply("lgamma", alpha)),
						mul(sub(alpha, num(1)), meanLog),
						neg(mul(beta, mean)),
					),
				),
			},
			{
				name: "E[log p(c)]",
				value: overNK(mul(phi(i, k), log(pow(size("K"), -1)))),
			},
			{
				name: "E[log p(x | c, r)]",
				value: overNK(
					mul(
						phi(i, k),
						add(
							mul(count, meanLog),
							neg(mean),
							neg(apply("lgamma", add(count, num(1)))),
						),
					),
				),
			},
			{
				name: "-E[log q(r)]",
				value: sum(
					"k",
					"K",
					add(
						a,
						neg(log(b)),
						apply("lgamma", a),
						mul(sub(num(1), a), apply("digamma", a)),
					),
				),
			},
			{
				name: "-E[log q(c)]",
				value: neg(overNK(mul(phi(i, k), log(phi(i, k))))),
			},
		],
	};
}

/**
 * Bayesian regression with a factor for each weight: y_i ~ N(Σ_j X_ij w_j, λ²), w_j ~ N(0, σ²), q(w_j) = N(m_j, s_j²). The
 * update of m_k reads the other m_l, so they are renewed one after the other.
 */
export function regression(): Solvable {
	const sigma2 = square(symbol("sigma"));
	const lambda2 = square(symbol("lambda"));
	const l = index("l");
	const X = (column: Expr) => symbol("X", [i, column]);
	const y = symbol("y", [i]);
	const mean = (at: Expr) => symbol("m", [at]);
	const rest = sum("l", "K", mul(X(l), mean(l)), [k]);
	const fitted = sum("l", "K", mul(X(l), mean(l)));
	const variance = sum("l", "K", mul(square(X(l)), square(s(l))));
	return {
		title: "Regression",
		path: "test/regression.md",
		hash: "3".repeat(64),
		context: contextOf(
			[
				info("w", "real", ["K"], "latent"),
				info("y", "real", ["N"], "datum"),
				info("X", "real", ["N", "K"], "parameter"),
				info("sigma", "positive", [], "parameter"),
				info("lambda", "positive", [], "parameter"),
				info("m", "real", ["K"], "variational"),
				info("s", "positive", ["K"], "variational"),
			],
			[
				{
					...factor("w", [["k", "K"]], "Normal", {
						mean: num(0),
						covariance: sigma2,
					}),
					observed: false,
				},
				{
					...factor("y", [["i", "N"]], "Normal", {
						mean: sum("l", "K", mul(X(l), symbol("w", [l]))),
						covariance: lambda2,
					}),
					observed: true,
				},
			],
			[
				factor("w", [["k", "K"]], "Normal", {
					mean: mean(k),
					covariance: square(s(k)),
				}),
			],
		),
		updates: [
			update(
				mean(k),
				mul(div(square(s(k)), lambda2), sum("i", "N", mul(X(k), sub(y, rest)))),
			),
			update(
				s(k),
				pow(
					add(pow(sigma2, -1), div(sum("i", "N", square(X(k))), lambda2)),
					-1,
				),
				2,
			),
		],
		elboTerms: [
			{
				name: "E[log p(w)]",
				value: sum(
					"k",
					"K",
					sub(
						mul(num("-1/2"), log(mul(two, pi, sigma2))),
						mul(half, div(add(square(mean(k)), square(s(k))), sigma2)),
					),
				),
			},
			{
				name: "E[log p(y | w)]",
				value: sum(
					"i",
					"N",
					sub(
						mul(num("-1/2"), log(mul(two, pi, lambda2))),
						mul(half, div(add(square(sub(y, fitted)), variance), lambda2)),
					),
				),
			},
			{
				name: "-E[log q(w)]",
				value: sum(
					"k",
					"K",
					mul(half, add(log(mul(two, pi, square(s(k)))), num(1))),
				),
			},
		],
	};
}
