import { describe, expect, test } from "vitest";
import { mixture, problemOf, reading, stateOf } from "./reading.js";

/** Plain texts of the mixture's parts, to write expectations by. */
const prior = (at: string) => `Normal(mu[${at}] | vec(d=1..D, 0), sigma^2*I_D)`;
const label = (at: string, k = "k") =>
	`Categorical(${at} | vec(${k}=1..K, K^(-1)))`;
const datum = (at: string, of: string) =>
	`Normal(x[${at}] | mu[${of}], lambda^2*I_D)`;
const qMu = "mu[k=1..K] ~ Normal(m[k], s[k]^2*I_D)";
const qC = "c[i=1..N] ~ Categorical(phi[i])";
const q = `${qMu}; ${qC}`;

const densities: readonly (readonly [string, string, string])[] = [
	["one of many", "p(\\mu_k)", prior("k")],
	["all of them", "p(\\mu)", `prod(k=1..K, ${prior("k")})`],
	["a label", "p(c_i)", label("c[i]")],
	["the value of a label", "p(c_i = l)", label("l")],
	["given its parents", "p(x_i \\mid c_i, \\mu)", datum("i", "c[i]")],
	[
		"given a value of its parent",
		"p(x_i \\mid c_i = l, \\mu)",
		datum("i", "l"),
	],
	[
		"all given all",
		"p(x \\mid c, \\mu)",
		`prod(i=1..N, ${datum("i", "c[i]")})`,
	],
	[
		"a joint of one",
		"p(x_i, c_i \\mid \\mu)",
		`${label("c[i]")}*${datum("i", "c[i]")}`,
	],
	["bold letters", "p(\\mathbf c)", `prod(i=1..N, ${label("c[i]")})`],
	[
		"a parameter behind the bar says nothing new",
		"p(\\mu_k \\mid \\sigma)",
		prior("k"),
	],
	[
		"the evidence of one given μ",
		"p(x_i \\mid \\mu)",
		`int{c[i] in 1..K}(${label("c[i]")}*${datum("i", "c[i]")})`,
	],
	[
		"a posterior of one label",
		"p(c_i \\mid x_i, \\mu)",
		`${label("c[i]")}*${datum("i", "c[i]")}*int{c[i] in 1..K}(${label("c[i]")}*${datum("i", "c[i]")})^(-1)`,
	],
	["a factor of q", "q(\\mu_k)", "Normal(mu[k] | m[k], s[k]^2*I_D)"],
	[
		"a factor with its parameters named",
		"q(\\mu_k; m_k, s_k^2)",
		"Normal(mu[k] | m[k], s[k]^2*I_D)",
	],
	["a value under q", "q(c_i = k)", "Categorical(k | phi[i])"],
	[
		"the whole of q",
		"q(\\mu, c)",
		"prod(k=1..K, Normal(mu[k] | m[k], s[k]^2*I_D))*prod(i=1..N, Categorical(c[i] | phi[i]))",
	],
	[
		"a named density",
		"\\mathcal N(x_i; \\mu_k, \\lambda^2 I)",
		datum("i", "k"),
	],
	[
		"an integral over one",
		"\\int q(\\mu_k) d\\mu_k",
		"int{mu[k] in R^D}(Normal(mu[k] | m[k], s[k]^2*I_D))",
	],
];

describe("densities mean what model and family say", () => {
	test.each(densities)("%s", (_name, latex, expected) => {
		expect(reading(latex, mixture)).toBe(expected);
	});

	test("the evidence is the joint, integrated over μ and summed over c", () => {
		expect(reading("p(x)", mixture)).toBe(
			`int{mu[k=1..K] in R^D}(int{c[i=1..N] in 1..K}(prod(k=1..K, ${prior("k")})*prod(i=1..N, ${label("c[i]")})*prod(i=1..N, ${datum("i", "c[i]")})))`,
		);
	});

	test("the optimal factor", () => {
		const rest = `E{mu[!=k] ~ Normal(m[k], s[k]^2*I_D); ${qC}}[log(${prior("k")}) + sum(i=1..N, log(${datum("i", "c[i]")}))]`;
		expect(reading("q^*(\\mu_k)", mixture)).toBe(
			`exp(${rest})*int{mu[k] in R^D}(exp(${rest}))^(-1)`,
		);
	});

	test("the optimal factor at a value", () => {
		const rest = (at: string) =>
			`E{${qMu}; c[!=i] ~ Categorical(phi[i])}[log(${label(at)}) + log(${datum("i", at)})]`;
		expect(reading("q^*(c_i = l)", mixture)).toBe(
			`exp(${rest("l")})*int{c[i] in 1..K}(exp(${rest("c[i]")}))^(-1)`,
		);
	});
});

const expectations: readonly (readonly [string, string, string])[] = [
	["under all of q", "\\mathbb E_q[\\mu_k]", `E{${q}}[mu[k]]`],
	["without a law", "\\mathbb E[\\mu_k]", `E{${q}}[mu[k]]`],
	["in angle brackets", "\\langle \\mu_k \\rangle", `E{${q}}[mu[k]]`],
	["under one factor", "\\mathbb E_{q(\\mu)}[\\mu_k]", `E{${qMu}}[mu[k]]`],
	[
		"under one of a factor",
		"\\mathbb E_{q(\\mu_k)}[\\mu_k]",
		"E{mu[k] ~ Normal(m[k], s[k]^2*I_D)}[mu[k]]",
	],
	[
		"with its variable",
		"\\mathbb E_{\\mu \\sim q}[\\mu_k]",
		`E{${qMu}}[mu[k]]`,
	],
	[
		"all but one variable",
		"\\mathbb E_{-\\mu_k}[\\mu_k]",
		`E{mu[!=k] ~ Normal(m[k], s[k]^2*I_D); ${qC}}[mu[k]]`,
	],
	[
		"all but an index",
		"\\mathbb E_{-k}[\\mu_k]",
		`E{mu[!=k] ~ Normal(m[k], s[k]^2*I_D); ${qC}}[mu[k]]`,
	],
	[
		"all but one, at q",
		"\\mathbb E_{q_{-k}}[\\mu_k]",
		`E{mu[!=k] ~ Normal(m[k], s[k]^2*I_D); ${qC}}[mu[k]]`,
	],
	[
		"all but a whole variable",
		"\\mathbb E_{-\\mu}[c_{ik}]",
		`E{${qC}}[[c[i] = k]]`,
	],
	["a one-hot label", "\\mathbb E_q[c_i]", `E{${q}}[vec(k=1..K, [c[i] = k])]`],
	["a chosen mean", "\\mathbb E_q[c_i^\\top \\mu]", `E{${q}}[mu[c[i]]]`],
	[
		"chosen the other way round",
		"\\mathbb E_q[\\mu^\\top c_i]",
		`E{${q}}[mu[c[i]]]`,
	],
	["two labels alike", "\\mathbb E_q[c_i^\\top c_j]", `E{${q}}[[c[i] = c[j]]]`],
	[
		"under a named law",
		"\\mathbb E_{u \\sim \\mathcal N(0, \\sigma^2)}[u^2]",
		"E{u ~ Normal(0, sigma^2)}[u^2]",
	],
	[
		"under a named law over its variable",
		"\\mathbb E_{\\mathcal N(u; 0, \\sigma^2)}[u^2]",
		"E{u ~ Normal(0, sigma^2)}[u^2]",
	],
	[
		"under a law of a variable of the model",
		"\\mathbb E_{\\mu_k \\sim \\mathcal N(m_k, \\sigma^2 I)}[\\mu_k]",
		"E{mu[k] ~ Normal(m[k], sigma^2*I_D)}[mu[k]]",
	],
	[
		"under a law of a label",
		"\\mathbb E_{z \\sim \\mathrm{Cat}(\\phi_i)}[z_k]",
		"E{z ~ Categorical(phi[i])}[[z = k]]",
	],
	[
		"a variance",
		"\\operatorname{Var}_q[\\mu_{kd}]",
		`E{${q}}[mu[k,d]^2] - E{${q}}[mu[k,d]]^2`,
	],
	[
		"a covariance",
		"\\operatorname{Cov}_q[\\mu_k]",
		`E{${q}}[mu[k] @ mu[k]'] - (E{${q}}[mu[k]] @ E{${q}}[mu[k]]')`,
	],
	[
		"an entropy",
		"H[q(c_i)]",
		"-E{c[i] ~ Categorical(phi[i])}[log(Categorical(c[i] | phi[i]))]",
	],
	[
		"a divergence",
		"\\mathrm{KL}(q(\\mu_k) \\,\\|\\, p(\\mu_k))",
		`E{mu[k] ~ Normal(m[k], s[k]^2*I_D)}[log(Normal(mu[k] | m[k], s[k]^2*I_D))] - E{mu[k] ~ Normal(m[k], s[k]^2*I_D)}[log(${prior("k")})]`,
	],
	[
		"a divergence of named laws",
		"\\mathrm{KL}(\\mathcal N(0, 1) \\| \\mathcal N(0, \\sigma^2))",
		"E{u ~ Normal(0, 1)}[log(Normal(u | 0, 1))] - E{u ~ Normal(0, 1)}[log(Normal(u | 0, sigma^2))]",
	],
];

describe("expectations mean what the family says", () => {
	test.each(expectations)("%s", (_name, latex, expected) => {
		expect(reading(latex, mixture).replace(/u#\d+/g, "u")).toBe(expected);
	});

	test("the lower bound has a term for each factor of p and of q", () => {
		const term = (body: string) => `E{${q}}[${body}]`;
		const bound = [
			term(`sum(k=1..K, log(${prior("k")}))`),
			` + ${term(`sum(i=1..N, log(${label("c[i]")}))`)}`,
			` + ${term(`sum(i=1..N, log(${datum("i", "c[i]")}))`)}`,
			` - ${term("sum(k=1..K, log(Normal(mu[k] | m[k], s[k]^2*I_D)))")}`,
			` - ${term("sum(i=1..N, log(Categorical(c[i] | phi[i])))")}`,
		].join("");
		for (const written of [
			"\\mathcal L",
			"\\mathcal L(q)",
			"\\text{ELBO}(q)",
			"\\mathcal{L}(m, s, \\phi)",
		])
			expect(reading(written, mixture)).toBe(bound);
	});
});

const refused: readonly (readonly [string, string, RegExp])[] = [
	["p of nothing", "p(\\cdot)", /./],
	[
		"a decoration that means nothing",
		"q_2(\\mu_k)",
		/not one of model or family/,
	],
	[
		"a divergence over different variables",
		"\\mathrm{KL}(q(\\mu) \\| p(c))",
		/different variables/,
	],
	[
		"an index that numbers two variables",
		"\\mathbb E_{-j}[\\mu_k]",
		/which variable/,
	],
	["the optimal factor of several", "q^*(\\mu, c)", /several variables/],
	[
		"a distribution as a number",
		"\\mathcal N(0, 1)",
		/distribution and no number/,
	],
	["a bound of something else", "\\mathcal L(x^2)", /no part of q/],
	["a value for all at once", "p(c = k)", /all of a variable at once/],
];

describe("what densities cannot mean is refused", () => {
	test.each(refused)("%s", (_name, latex, message) => {
		expect(problemOf(() => reading(latex, mixture)).message).toMatch(message);
	});

	test("q without a family", () => {
		const sheet = { model: mixture.model ?? "" };
		expect(problemOf(() => reading("q(\\mu_k)", sheet)).message).toMatch(
			/no family/,
		);
		expect(stateOf(sheet).context.family).toBeNull();
	});
});
