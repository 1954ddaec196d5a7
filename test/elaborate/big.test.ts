import { describe, expect, test } from "vitest";
import { declared, mixture, problemOf, reading } from "./reading.js";

const sheet = declared({
	a: "real[N]",
	b: "real[N]",
	u: "real[K]",
	f: "real[N,K]",
	g: "real[N,N]",
	c: "real",
});

const cases: readonly (readonly [string, string, string])[] = [
	["bounds written out", "\\sum_{i=1}^N a_i", "sum(i=1..N, a[i])"],
	["the range from the axis", "\\sum_i a_i", "sum(i=1..N, a[i])"],
	[
		"one sign for two sums",
		"\\sum_{i,k} f_{ik}",
		"sum(i=1..N, sum(k=1..K, f[i,k]))",
	],
	["an upper bound only", "\\sum_k^K u_k", "sum(k=1..K, u[k])"],
	["one left out", "\\sum_{j \\ne i} a_j", "sum(j=1..N, j!=i, a[j])"],
	[
		"one left out, with a bound",
		"\\sum_{i=1}^N \\sum_{j \\ne i} a_j",
		"sum(i=1..N, sum(j=1..N, j!=i, a[j]))",
	],
	[
		"up to another index",
		"\\sum_{i=1}^N \\sum_{j=1}^i g_{ij}",
		"sum(i=1..N, sum(j=1..i, g[i,j]))",
	],
	[
		"from another index",
		"\\sum_{j=1}^N \\sum_{i=j}^N g_{ij}",
		"sum(j=1..N, sum(i=j..N, g[i,j]))",
	],
	[
		"from behind another index",
		"\\sum_{i} \\sum_{j=i+1}^N a_i a_j",
		"sum(i=1..N, sum(j=i + 1..N, a[i]*a[j]))",
	],
	["below another index", "\\sum_{l<k} u_l", "sum(l=1..k - 1, u[l])"],
	["above another index", "\\sum_{l>k} u_l", "sum(l=k + 1..K, u[l])"],
	["all but the last", "\\sum_{i=1}^{N-1} a_i", "sum(i=1..N - 1, a[i])"],
	["a sum that names no axis", "\\sum_{k=1}^K 1", "sum(k=1..K, 1)"],
	[
		"the scope ends at a plus",
		"\\sum_{k=1}^K u_k + a_i",
		"sum(k=1..K, u[k]) + a[i]",
	],
	[
		"one name bound twice",
		"\\sum_i a_i \\sum_i b_i",
		"sum(i=1..N, a[i]*sum(i#2=1..N, b[i#2]))",
	],
	[
		"a bound name that is free elsewhere",
		"a_i \\sum_i b_i",
		"a[i]*sum(i#2=1..N, b[i#2])",
	],
	["a primed index", "\\sum_{i'} a_{i'} b_i", "sum(i'=1..N, a[i']*b[i])"],
	["a product", "\\prod_{i=1}^N (c a_i)", "prod(i=1..N, c*a[i])"],
	[
		"a product behind a product stands outside",
		"\\prod_k u_k \\prod_i a_i",
		"prod(k=1..K, u[k])*prod(i=1..N, a[i])",
	],
	[
		"nested products stay nested",
		"\\prod_i \\prod_k f_{ik}",
		"prod(i=1..N, prod(k=1..K, f[i,k]))",
	],
	["a size that the bound introduces", "\\sum_{t=1}^T c^t", "sum(t=1..T, c^t)"],
	["a number as the bound", "\\sum_{t=1}^3 t", "sum(t=1..3, t)"],
];

describe("sums and products", () => {
	test.each(cases)("%s", (_name, latex, expected) => {
		expect(reading(latex, sheet)).toBe(expected);
	});

	test("over a label", () => {
		expect(reading("\\sum_{c_i} q(c_i)", mixture)).toBe(
			"int{c[i] in 1..K}(Categorical(c[i] | phi[i]))",
		);
	});

	test("a wrong bound is read as written, so that it can be refuted", () => {
		expect(reading("\\sum_{i=1}^K a_i", sheet)).toBe("sum(i=1..K, a[i])");
	});

	const refused: readonly (readonly [string, string, RegExp])[] = [
		["no range to be found", "\\sum_t c", /range of `t`/],
		["an index on two axes", "\\sum_i a_i u_i", /index `i`/],
		["over a vector", "\\sum_{\\mu_k} q(\\mu_k)", /no label/],
		["an unreadable condition", "\\sum_{i \\in A} a_i", /./],
	];
	test.each(refused)("refused: %s", (name, latex, message) => {
		const problem = problemOf(() =>
			reading(latex, name === "over a vector" ? mixture : sheet),
		);
		expect(problem.message).toMatch(message);
	});
});

describe("conditions on two letters", () => {
	const cases: readonly (readonly [string, string, string])[] = [
		[
			"a second letter that is nothing else is summed over",
			"\\sum_{i<j} a_i a_j",
			"sum(j=1..N, sum(i=1..j - 1, a[i]*a[j]))",
		],
		[
			"different letters",
			"\\sum_{i \\ne j} a_i a_j",
			"sum(j=1..N, sum(i=1..N, i!=j, a[i]*a[j]))",
		],
		[
			"a letter that stands outside is free",
			"b_j \\sum_{i<j} a_i a_j",
			"b[j]*sum(i=1..j - 1, a[i]*a[j])",
		],
		[
			"a letter that the body does not mention is free",
			"\\sum_{i<j} a_i",
			"sum(i=1..j - 1, a[i])",
		],
		[
			"a letter that is bound around it is not bound again",
			"\\sum_j \\sum_{i<j} a_i a_j",
			"sum(j=1..N, sum(i=1..j - 1, a[i]*a[j]))",
		],
	];
	test.each(cases)("%s", (_name, latex, expected) => {
		expect(reading(latex, sheet)).toBe(expected);
	});
});
