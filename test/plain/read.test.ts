import { describe, expect, it } from "vitest";
import { defaultLexicon } from "../../src/latex/lexicon.js";
import { readPlain } from "../../src/plain/read.js";
import { printReading } from "../latex/print.js";

/** Readings by hand of the plain-text notation. */
const readings: readonly (readonly [source: string, reading: string])[] = [
	[
		"sum(phi[i,k]*log(phi[i,k]), k, 1, K)",
		"(sum k 1..K : (* phi_[i k] (call log phi_[i k])))",
	],
	["sum(a[i], i)", "(sum i _.._ : a_[i])"],
	["sum(a[j], j, j != i)", "(sum j _.._ (≠ j i) : a_[j])"],
	["sum(a[j], j, 1, N, j != i)", "(sum j 1..N (≠ j i) : a_[j])"],
	["prod(a[i], i, 1, N)", "(product i 1..N : a_[i])"],
	["x[i]' * m[k]", "(* (T x_[i]) m_[k])"],
	["dot(x[i], m[k])", "(* (T x_[i]) m_[k])"],
	["A^T * x", "(* (T A) x)"],
	["transpose(A) * inv(B)", "(* (T A) (^ B (+ -1)))"],
	["2 x", "(* 2 x)"],
	["a - b + c", "(+ a -b c)"],
	["a - (b - c)", "(+ a -(+ b -c))"],
	["-a + b", "(+ -a b)"],
	["a*b/c", "(/ (* a b) c)"],
	["1/(2*sigma^2)", "(/ 1 (* 2 (^ sigma 2)))"],
	["-x^2", "(+ -(^ x 2))"],
	["sqrt(2*pi)", "(^ (* 2 pi) (/ 1 2))"],
	["psi(a) + digamma(b)", "(+ (call digamma a) (call digamma b))"],
	["gamma(a) + lgamma(b)", "(+ (call Gamma a) (call lgamma b))"],
	["trace(A) + det(B)", "(+ (call tr A) (call det B))"],
	["norm(x - m)^2 + abs(c)", "(+ (^ (norm (+ x -m)) 2) (bars c))"],
	["E(x*y) + E(x, q) + Var(x)", "(+ (E (* x y)) (E @q x) (Var x))"],
	["E(x, q(mu))", "(E @(call q mu) x)"],
	["H(q) + Cov(a, b)", "(+ (H q) (Cov a b))"],
	["KL(q(z), p(z))", "(call up:KL (call q z) | (call p z))"],
	["p(x, y | z, w)", "(call p x y | z w)"],
	["int(q(z)*f(z), z)", "(int [z] (* (call q z) (call f z)))"],
	["indicator(c[i] == k)", "(ind (= c_[i] k))"],
	["diff(f, x)", "(d/d x f)"],
	["mu[c[i]] + x[n-1]", "(+ mu_[c_[i]] x_[(+ n -1)])"],
	["sigma_0^2 + x_i + theta_old", "(+ (^ sigma_[0] 2) x_[i] theta^old)"],
	["0.10000000000000000000001 * a", "(* 0.10000000000000000000001 a)"],
	["a = b = c", "a equal b equal c"],
	["a := b", "a define b"],
	["a >= b <= c", "a atLeast b atMost c"],
	["a propto b", "a proportional b"],
	["x = 2 => y = 3", "x equal 2 implies y equal 3"],
	["a = b\n  = c", "a equal b equal c"],
	["a = b\n  + c\n  = d", "a equal (+ b c) equal d"],
	["a = b\nc = d", "a equal b // c equal d"],
	["a = b\n\n= c", "a equal b // … equal c"],
	["= c", "… equal c"],
	["log(q) = a + const", "(call log q) equal (+ a const)"],
	["a = b # by linearity", "a equal b"],
	["constructor(x)", "(call constructor x)"],
];

describe("plain text", () => {
	it.each(readings)("%s", async (source, reading) => {
		expect(printReading(await readPlain(source, defaultLexicon))).toBe(reading);
	});

	it("multiplies a symbol with the bracket behind it", async () => {
		const lexicon = {
			...defaultLexicon,
			isSymbol: (name: string) => name === "a",
		};
		expect(printReading(await readPlain("a(b + c)", lexicon))).toBe(
			"(* a (+ b c))",
		);
	});

	const refusals: readonly (readonly [string, string])[] = [
		["1/2 x", "slash"],
		["a/2 b", "slash"],
		["1/2*sigma^2 x/y z", "slash"],
		["a = ", "missing"],
		["(a", "cannot be read"],
		["a)", "closes nothing"],
		["a +* b", "cannot be read"],
		["a % b", "operator"],
		["a!", "operator"],
		["a ? b : c", "not read"],
		["f(x) = y; z", "not read"],
		['"text"', "no number"],
		["true", "no number"],
		["x_ab", "subscript"],
		["sum(a, 3)", "index"],
		["sum(a, k, 1)", "bounds"],
		["KL(q)", "arguments"],
		["{a: 1}", "not read"],
		[`${"(".repeat(5000)}a${")".repeat(5000)}`, "deep"],
		["a".repeat(30_000), "long"],
	];
	for (const [source, reason] of refusals)
		it(`refuses ${source.slice(0, 30)}`, async () => {
			const { problems } = await readPlain(source, defaultLexicon);
			expect(problems).toHaveLength(1);
			expect(problems[0]?.message).toContain(reason);
			expect(problems[0]?.expected).toBeTruthy();
			expect(problems[0]?.span.end).toBeLessThanOrEqual(source.length);
		});

	it("goes on after a side that cannot be read", async () => {
		const reading = await readPlain("a = b/2 c = d = e", defaultLexicon);
		expect(printReading(reading)).toMatch(
			/^a \{broken\} \/\/ d equal e \/\/ !/,
		);
	});

	it("places sides and relations in the block", async () => {
		const source = "a = b\n  >= c + d";
		const [chain] = (await readPlain(source, defaultLexicon)).chains;
		const [, , last] = chain?.links ?? [];
		expect(source.slice(last?.span.start, last?.span.end)).toBe("c + d");
		expect(
			source.slice(last?.relation?.span.start, last?.relation?.span.end),
		).toBe(">=");
	});
});
