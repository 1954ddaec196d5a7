import { describe, expect, test } from "vitest";
import { declared, problemOf, reading } from "./reading.js";

const sheet = declared({
	a: "real[N]",
	b: "real[N]",
	u: "real[K]",
	f: "real[N,K]",
	g: "real[N,N]",
	c: "real",
	s: "positive",
	x: "real[N,D]",
	m: "real[D]",
	w: "real[D]",
	A: "posdef[D,D]",
	B: "real[D,E]",
	S: "posdef[K,D,D]",
	pi: "simplex[K]",
	sigma_0: "positive",
	mu_hat: "real",
});

const cases: readonly (readonly [string, string, string])[] = [
	["a decimal is exact", "0.5 c", "(1/2)*c"],
	["a fraction of numbers is one number", "\\frac12 c", "(1/2)*c"],
	["difference", "c - s", "c - s"],
	["a size is a number", "N c", "N*c"],
	["a free index is a number", "k u_k", "k*u[k]"],
	["subscripts in either spelling", "f_{ik} + f_{i,k}", "f[i,k] + f[i,k]"],
	["an entry of a vector", "x_{id}", "x[i,d]"],
	["an entry by a label in brackets", "x_{i}^{(d)}", "x[i,d]"],
	["the last entry", "a_N - a_{N-1}", "a[N] - a[N - 1]"],
	["a number as a subscript", "a_1 + a_2", "a[1] + a[2]"],
	["a sum with dots", "a_1 + \\dots + a_N", "sum(k=1..N, a[k])"],
	["a name with a number", "\\sigma_0^2", "sigma_0^2"],
	["an accent", "\\hat\\mu", "mu_hat"],
	["bold is plain", "\\mathbf{x}_i", "x[i]"],
	["inner product", "x_i^\\top m", "x[i]' @ m"],
	["outer product", "m x_i^T", "m @ x[i]'"],
	["quadratic form", "w^\\top A w", "w' @ A @ w"],
	[
		"numbers scale a matrix product from anywhere",
		"x_i^T 2 m c",
		"2*(x[i]' @ m)*c",
	],
	["two numbers from four vectors", "x_i^T m w^T m", "(x[i]' @ m)*(w' @ m)"],
	["a prime transposes a vector", "m' w", "m' @ w"],
	["a centred dot of vectors", "m \\cdot w", "m' @ w"],
	["a centred dot of numbers", "c \\cdot s", "c*s"],
	["a rectangular matrix", "m^\\top B", "m' @ B"],
	["an inverse", "A^{-1} m", "inv(A) @ m"],
	["the inverse of one of many", "S_k^{-1} m", "inv(S[k]) @ m"],
	["an inverse of a number is a power", "s^{-1}", "s^(-1)"],
	["a squared norm", "\\lVert x_i - m \\rVert^2", "(x[i] - m)' @ (x[i] - m)"],
	["a norm", "\\|m\\|", "(m' @ m)^(1/2)"],
	["bars around a number", "|c|", "abs(c)"],
	["bars around a matrix", "|A|", "det(A)"],
	["determinant", "\\det A", "det(A)"],
	["the size of I from its neighbour", "A + c I", "A + c*I_D"],
	["the size of I from the only vectors' size", "|s I|", "det(s*I_D)"],
	["the size of I written", "\\operatorname{tr}(I_K)", "tr(I_K)"],
	["I between vectors", "w^\\top I m", "w' @ I_D @ m"],
	["a zero vector beside a vector", "m + 0", "m + vec(d=1..D, 0)"],
	["ones beside a vector", "\\mathbf 1^\\top m", "vec(d=1..D, 1)' @ m"],
	["a trace", "\\operatorname{tr}(A m m^\\top)", "tr(A @ m @ m')"],
	["a diagonal matrix", "\\operatorname{diag}(m) w", "diag(m) @ w"],
	["the constant π beside weights π_k", "2\\pi \\pi_k", "2*pi*pi[k]"],
	["a vector π beside a transpose", "\\pi^\\top u", "pi' @ u"],
	["Euler's number", "e + e^{c}", "exp(1) + exp(c)"],
	["a square root", "\\sqrt{s}", "s^(1/2)"],
	["log Gamma is a function of its own", "\\log\\Gamma(s)", "lgamma(s)"],
	["digamma", "\\psi(s)", "digamma(s)"],
	["a logarithm to base two", "\\log_2 s", "log(s)*log(2)^(-1)"],
	["Beta function", "\\mathrm{B}(s, c)", "gamma(s)*gamma(c)*gamma(s + c)^(-1)"],
	["Kronecker's delta", "\\delta_{kl} u_k", "[k = l]*u[k]"],
	["an entry of a matrix by digits", "A_{12}", "A[1,2]"],
	["an indicator", "\\mathbb 1[k \\ne l]", "[k ≠ l]"],
];

describe("arithmetic, shapes and names", () => {
	test.each(cases)("%s", (_name, latex, expected) => {
		expect(reading(latex, sheet)).toBe(expected);
	});
});

test("the Beta function of a vector", () => {
	expect(reading("B(u)", declared({ u: "positive[K]" }))).toBe(
		"prod(k=1..K, gamma(u[k]))*gamma(sum(k=1..K, u[k]))^(-1)",
	);
});

test("a T above a vector transposes, whatever else T is", () => {
	const other = declared({ T: "real", w: "real[D]", c: "real" });
	expect(reading("w^T w + c^T", other)).toBe("w' @ w + c^T");
});

const refused: readonly (readonly [string, string, RegExp, RegExp])[] = [
	[
		"a number added to a vector",
		"x_i + 1",
		/shape mismatch: a vector in ℝ\^D and a number/,
		/c I/,
	],
	["vectors of different sizes", "m + u", /shape mismatch/, /one shape/],
	["two columns side by side", "m w", /shape mismatch/, /transpose/],
	[
		"inner sizes that differ",
		"B m",
		/shape mismatch: a D × E matrix times a vector in ℝ\^D/,
		/inner sizes/,
	],
	["division by a vector", "c / m", /division by a vector/, /a number below/],
	["the square of a vector", "m^2", /power of a vector/, /lVert/],
	[
		"the logarithm of a vector",
		"\\log m",
		/shape mismatch: `log` of a vector/,
		/number/,
	],
	[
		"the trace of a vector",
		"\\operatorname{tr}(m)",
		/`tr` of a vector/,
		/square/,
	],
	["a number plus a matrix", "A + c", /shape mismatch/, /c I/],
	["too many subscripts", "a_{ij}", /`a` has 2 subscripts/, /\[N\]/],
	["too few subscripts for three axes", "S", /no subscript/, /\[K\]/],
	["an index on two axes", "a_i u_i", /index `i` runs over 1 … N/, /1 … K/],
	["a size that is another axis's", "a_K", /`K` runs over/, /1 … N/],
	[
		"an undeclared symbol",
		"\\eta c",
		/`\\eta` has no declared type/,
		/symbols: \{eta: real\}/,
	],
	[
		"an undeclared array",
		"a_i \\eta_i",
		/`\\eta` has no declared type/,
		/symbols: \{eta: real\[N\]\}/,
	],
	[
		"a symbol as a subscript",
		"a_c",
		/is a symbol and no index/,
		/index letter/,
	],
	[
		"a subscript below one",
		"\\sum_i f_{i0}",
		/subscript 0 is out of range/,
		/1 … K/,
	],
	["an unknown function", "\\operatorname{foo}(c)", /no known function/, /log/],
	["dots without a pattern", "a_1 + \\dots + b_N", /dots/, /Σ/],
	[
		"an entry and an inverse",
		"A^{-1}_{de}",
		/entry of an inverse/,
		/1\/A_\{de\}/,
	],
	[
		"an I whose size nothing tells",
		"\\operatorname{tr}(I)",
		/size of `I`/,
		/I_D/,
	],
];

describe("what does not fit together is refused, with what would", () => {
	test.each(refused)("%s", (name, latex, message, expected) => {
		const onlySizes = name.startsWith("an I whose")
			? declared({ c: "real", g: "real[N,K]" })
			: sheet;
		const problem = problemOf(() => reading(latex, onlySizes));
		expect(problem.message).toMatch(message);
		expect(problem.expected).toMatch(expected);
		expect(problem.span).not.toBeNull();
	});
});
