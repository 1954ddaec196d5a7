import { describe, expect, it } from "vitest";
import { read, reading } from "./read.js";

/** LaTeX, the tree that is meant, and the names that are declared as symbols. */
type Case = readonly [latex: string, tree: string, symbols?: string];

function table(name: string, cases: readonly Case[]): void {
	describe(name, () => {
		for (const [latex, tree, symbols] of cases)
			it(latex, () => {
				expect(reading(latex, symbols)).toBe(tree);
			});
	});
}

table("sums, products, signs", [
	["a - b + c", "(+ a -b c)"],
	["-a b", "(+ -(* a b))"],
	["+a", "a"],
	["a - (b - c)", "(+ a -(+ b -c))"],
	["2ab", "(* 2 a b)"],
	["a \\cdot b \\times c", "(* a . b c)"],
	["x_i \\cdot m_k", "(* x_[i] . m_[k])"],
	["0.5 x", "(* 0.5 x)"],
	["12 3", "123"],
	["{a + b} c", "(+ a (* b c))"],
	["\\{a + b\\} [c - d]", "(* (+ a b) (+ c -d))"],
	["\\Big( a \\big[ b \\big] \\Big)", "(* a b)"],
	["\\left( a + b \\right) c", "(* (+ a b) c)"],
	["(a, b)", "(tuple a b)"],
	["(1/K, \\dots, 1/K)", "(tuple (/ 1 K) ... (/ 1 K))"],
	["\\{x_i\\}_{i=1}^N", "(tuple x_[i])"],
]);

table("fractions and the slash", [
	["\\frac12 \\tfrac1a \\dfrac{a}{b}", "(* (/ 1 2) (/ 1 a) (/ a b))"],
	["{a \\over b}", "(/ a b)"],
	["1/2\\sigma^2", "(/ 1 (* 2 (^ sigma 2)))"],
	["a / b c", "(/ a (* b c))"],
	["a / b \\cdot c", "(* (/ a b) . c)"],
	["a/(2b) c", "(* (/ a (* 2 b)) c)"],
	["(u - g)^2/2s^2", "(/ (^ (+ u -g) 2) (* 2 (^ s 2)))"],
	["g / s^2 + h / t^2", "(+ (/ g (^ s 2)) (/ h (^ t 2)))"],
	["a/b/c", "(/ (/ a b) c)"],
	["N/2 \\log a", "(* (/ N 2) (call up:log a))"],
	["1/2 (x - m)^2", "(* (/ 1 2) (^ (+ x -m) 2))"],
	["p(x)/q(x)", "(/ (call p x) (call q x))"],
	["\\sum_n a_n \\Big/ b", "(sum n _.._ : (/ a_[n] b))"],
	["\\binom{N}{k}", "(call up:binom N k)"],
]);

table("functions", [
	["\\log 2\\pi", "(call up:log (* 2 pi))"],
	["\\log a\\, b + c", "(+ (call up:log (* a b)) c)"],
	["\\log(a) b", "(* (call up:log a) b)"],
	["\\log \\frac ab", "(call up:log (/ a b))"],
	["\\log p(x)", "(call up:log (call p x))"],
	["\\log \\mathcal N(x)", "(call up:log (call cal:N x))"],
	["\\ln x", "(call up:log x)"],
	["\\log^2 x", "(^ (call up:log x) 2)"],
	["\\log a^2", "(call up:log (^ a 2))"],
	["\\log(2\\pi)^{D/2}", "(call up:log (^ (* 2 pi) (/ D 2)))"],
	["\\exp(x)^2", "(^ (call up:exp x) 2)"],
	[
		"\\log \\sqrt{a} \\exp\\{b\\}",
		"(call up:log (* (^ a (/ 1 2)) (call up:exp b)))",
	],
	["\\exp\\{-x\\} y", "(* (call up:exp (+ -x)) y)"],
	["\\exp\\left(a\\right)", "(call up:exp a)"],
	["exp(x)", "(call up:exp x)"],
	["e^{-x} y", "(* (call up:exp (+ -x)) y)"],
	["\\mathrm e^{x}", "(call up:exp x)"],
	["e^{x}", "(^ e x)", "e"],
	["\\sqrt{a} \\sqrt[3]{b}", "(* (^ a (/ 1 2)) (^ b (/ 1 3)))"],
	["\\psi(a) \\psi", "(* (call psi a) psi)"],
	["\\psi(a)", "(* psi a)", "psi"],
	[
		"\\ln\\Gamma(a) - \\Gamma(b)",
		"(+ (call up:log (call Gamma a)) -(call Gamma b))",
	],
	["\\operatorname{tr}(A) b", "(* (call up:tr A) b)"],
	["\\mathrm{tr} A B", "(call up:tr (* A B))"],
	["\\mathrm{Tr}(A)", "(call up:tr A)"],
	["\\det A", "(call up:det A)"],
	["\\arg\\max_x f(x)", "(call up:argmax_[x] (call f x))"],
	["\\operatorname*{argmax}_x f(x)", "(call up:argmax_[x] (call f x))"],
	["f'(x)", "(' (call f x))"],
]);

table("names", [
	["\\mu \\varphi \\phi \\Sigma", "(* mu varphi phi Sigma)"],
	["μ φ", "(* mu varphi)"],
	["\\mathcal L", "cal:L"],
	["\\mathbb R^D", "(^ bb:R D)"],
	[
		"\\mathbf x {\\bf y} \\boldsymbol\\mu \\bm z",
		"(* bold:x bold:y bold:mu bold:z)",
	],
	["\\hat\\mu_k \\tilde{x} \\bar x", "(* hat:mu_[k] tilde:x bar:x)"],
	["\\mathrm{ELBO}", "up:ELBO"],
	["ELBO", "up:ELBO"],
	["\\infty", "infty"],
	["\\phi_{ik} \\phi_{i,k}", "(* phi_[i k] phi_[i k])"],
	["x_{n-1}", "x_[(+ n -1)]"],
	["x_{i,n+1}", "x_[i (+ n 1)]"],
	["\\mu_{c_i}", "mu_[c_[i]]"],
	["\\sigma_0^2", "(^ sigma_[0] 2)"],
	["s_k^2", "(^ s_[k] 2)"],
	["x_{1:N}", "x_[(: 1 N)]"],
	[
		"\\mu_{-k} z_{\\setminus j} z_{\\neg j}",
		"(* mu_[(+ -k)] z_[(+ -j)] z_[(+ -j)])",
	],
	[
		"\\sigma_{\\text{old}} m_{new} L_{\\mathrm{VB}}",
		"(* sigma^old m^new L^VB)",
	],
	["(\\mu_k)_d [A]_{ij}", "(* mu_[k d] A_[i j])"],
	["q^* q^\\star \\phi_{ik}^{*}", "(* q^* q^* phi_[i k]^*)"],
	[
		"\\theta^{(t)} \\theta^{(t+1)} \\theta^{(0)}",
		"(* theta^(t) theta^(t+1) theta^(0))",
	],
	["\\theta^{\\text{old}} \\theta^{new}", "(* theta^old theta^new)"],
	["x^{(i)} x^{(1)} x^{(N)}", "(* x_[i] x_[1] x_[N])"],
	["x^{(a+b)}", "(^ x (+ a b))"],
	["x' y'' z^{\\prime}", "(* (' x) ('' y) (' z))"],
	["\\sum_{k'} a_{k'}", "(sum ′:k _.._ : a_[(' k)])"],
	["\\mathbf 1_D", "bold:1_[D]"],
]);

table("powers and transposes", [
	["a^{-1}", "(^ a (+ -1))"],
	["\\pi_k^{z_{nk}}", "(^ pi_[k] z_[n k])"],
	[
		"A^\\top A^{\\mathsf T} A^\\intercal A^{\\mathrm T}",
		"(* (T A) (T A) (T A) (T A))",
	],
	["A^T", "(T A)"],
	["A^T", "(^ A T)", "T"],
	["A^{-T}", "(T (^ A (+ -1)))"],
	["x_i^T x_i", "(* (T x_[i]) x_[i])"],
	["m^{*T} \\mu^{(t)\\top}", "(* (T m^*) (T mu^(t)))"],
	["(x - m)^\\top (x - m)", "(* (T (+ x -m)) (+ x -m))"],
	["{x_i}^2", "(^ x_[i] 2)"],
	["\\frac12^2", "(^ (/ 1 2) 2)"],
]);

table("bars and norms", [
	["|A|", "(bars A)"],
	["\\left| A \\right|", "(bars A)"],
	["\\lvert a\\rvert b", "(* (bars a) b)"],
	["\\log|\\Sigma|", "(call up:log (bars Sigma))"],
	["|A|^{-1/2}", "(^ (bars A) (+ -(/ 1 2)))"],
	["a|x| b|y|", "(* a (bars x) b (bars y))"],
	["|A||B|", "(* (bars A) (bars B))"],
	["\\lVert x\\rVert^2", "(^ (norm x) 2)"],
	["\\|x - y\\|^2", "(^ (norm (+ x -y)) 2)"],
	["||x||^2", "(^ (norm x) 2)"],
	["\\Big\\lVert x \\Big\\rVert", "(norm x)"],
	["\\|x\\|_2^2", "(^ (norm x) 2)"],
	["E[|x|] + p(y | |z|)", "(+ (E (bars x)) (call p y | (bars z)))"],
]);

table("densities and calls", [
	["p(x \\mid z)", "(call p x | z)"],
	["p(x|z) p(x\\vert z)", "(* (call p x | z) (call p x | z))"],
	["p\\left(x \\,\\middle|\\, z, \\theta\\right)", "(call p x | z theta)"],
	["p(x;\\theta)", "(call p x ; theta)"],
	["p(x, z \\mid y; \\theta)", "(call p x z | y ; theta)"],
	["p(x = D)", "(call p (= x D))"],
	["p(c_i = k \\mid x_i)", "(call p (= c_[i] k) | x_[i])"],
	["q_\\phi(z)", "(call q_[phi] z)"],
	["q^*(\\mu_k)", "(call q^* mu_[k])"],
	["q_j^*(z_j)", "(call q_[j]^* z_[j])"],
	["p(x)", "(* p x)", "p"],
	["p_i (a + b)", "(* p_[i] (+ a b))", "p"],
	["\\mathcal N(x;\\mu,\\Sigma)", "(call cal:N x ; mu Sigma)"],
	["\\mathcal N(x \\mid \\mu, \\Sigma)^{z}", "(^ (call cal:N x | mu Sigma) z)"],
	["N(x | \\mu, s)", "(call N x | mu s)", "N"],
	["N(a + b)", "(* N (+ a b))", "N"],
	["\\text{Normal}(0, 1)", "(call up:Normal 0 1)"],
	["\\mathrm{Cat}(\\pi)", "(call up:Cat pi)"],
	["\\operatorname{Dir}(\\pi \\mid \\alpha)", "(call up:Dir pi | alpha)"],
	["\\mathcal L(q)", "(call cal:L q)"],
	["B(a, b)", "(call B a b)"],
	["\\lambda(x - y)", "(* lambda (+ x -y))"],
	["p(x_1, \\dots, x_N)", "(call p x_[1] ... x_[N])"],
]);

table("divergences", [
	["\\mathrm{KL}(q \\| p)", "(call up:KL q | p)"],
	["D_{KL}(q||p)", "(call up:KL q | p)"],
	["D_{\\mathrm{KL}}\\big(q\\,\\big\\|\\,p\\big)", "(call up:KL q | p)"],
	["\\text{KL}\\left(q \\parallel p\\right)", "(call up:KL q | p)"],
	[
		"\\operatorname{KL}\\!\\left(q\\,\\middle\\|\\,p\\right)",
		"(call up:KL q | p)",
	],
	["KL(q, p)", "(call up:KL q | p)"],
	["KL[q \\Vert p]", "(call up:KL q | p)"],
	["\\mathbb{KL}(q \\mid p)", "(call up:KL q | p)"],
	["D(q \\| p)", "(call up:KL q | p)"],
	["\\mathrm{KL}(q(z) \\| p(z|x))", "(call up:KL (call q z) | (call p z | x))"],
]);

table("expectations", [
	["\\mathbb E[x]", "(E x)"],
	["\\mathbb{E}_q\\left[x\\right]", "(E @q x)"],
	[
		"\\mathbf E_q\\{x\\} + \\operatorname{E}(x) + \\mathrm E[x]",
		"(+ (E @q x) (E x) (E x))",
	],
	["E[x] + E_q[x] + E_{q(z)}(x)", "(+ (E x) (E @q x) (E @(call q z) x))"],
	["E[x]", "(* E x)", "E"],
	["\\mathbb E_{-j}[x]", "(E @(+ -j) x)"],
	["\\mathbb E_{\\setminus j}[x]", "(E @(+ -j) x)"],
	["\\mathbb E_{i \\ne j}[x]", "(E @(≠ i j) x)"],
	["\\mathbb E_{q_{-k}}[x]", "(E @q_[(+ -k)] x)"],
	["\\mathbb E_{-\\mu_k}[x]", "(E @(+ -mu_[k]) x)"],
	["\\mathbb E_{q(\\mu) q(c)}[x]", "(E @(* (call q mu) (call q c)) x)"],
	["\\mathbb E_{\\mu, c}[x]", "(E @(tuple mu c) x)"],
	["\\mathbb E_{z \\sim q(z \\mid x)}[z]", "(E @(~ z (call q z | x)) z)"],
	["\\mathbb E_{\\mathcal N(m, s)}[x]", "(E @(call cal:N m s) x)"],
	["\\mathop{\\mathbb E}_q [x]", "(E @q x)"],
	["\\underset{q}{\\mathbb E}[x]", "(E @q x)"],
	["\\mathbb E_q \\log p(x) + y", "(+ (E @q (call up:log (call p x))) y)"],
	["\\mathbb E[x \\mid y]", "(E x | y)"],
	["\\mathbb E[x]^2", "(^ (E x) 2)"],
	["\\langle x \\rangle \\langle y \\rangle_q", "(* (E x) (E @q y))"],
	["\\left\\langle x \\right\\rangle_{q(z)}", "(E @(call q z) x)"],
	[
		"\\operatorname{Var}[x] + \\mathbb V_q[x] + \\mathrm{Cov}(a, b)",
		"(+ (Var x) (Var @q x) (Cov a b))",
	],
	["H[q] + \\mathbb H(q) + \\mathrm H[q]", "(+ (H q) (H q) (H q))"],
	["H x", "(* H x)"],
]);

table("indicators", [
	["\\mathbb 1[c_i = k]", "(ind (= c_[i] k))"],
	["\\mathbf 1\\{k \\ne l\\}", "(ind (≠ k l))"],
	["\\mathbb I(i < j)", "(ind (< i j))"],
	["1[a = b]", "(ind (= a b))"],
	["[a = b] x", "(* (ind (= a b)) x)"],
	["\\mathbb 1_{c_i = k}", "(ind (= c_[i] k))"],
	["\\mathbb 1_{\\{c_i = k\\}}", "(ind (= c_[i] k))"],
	["\\delta_{kl}", "delta_[k l]"],
]);

table("sums and products over indices", [
	["\\sum_{i=1}^N a_i", "(sum i 1..N : a_[i])"],
	["\\sum_i a_i", "(sum i _.._ : a_[i])"],
	["\\sum_k^K a_k", "(sum k _..K : a_[k])"],
	["\\sum\\limits_{i=1}^{N} a_i", "(sum i 1..N : a_[i])"],
	["\\sum_{i,k} a_{ik}", "(sum i _.._ : (sum k _.._ : a_[i k]))"],
	["\\sum_{ik} a_{ik}", "(sum i _.._ : (sum k _.._ : a_[i k]))"],
	["\\sum_{i,j=1}^N a_{ij}", "(sum i 1..N : (sum j 1..N : a_[i j]))"],
	["\\sum_{i,k}^{N,K} a_{ik}", "(sum i _..N : (sum k _..K : a_[i k]))"],
	["\\sum_{j \\ne i} a_j", "(sum j _.._ (≠ j i) : a_[j])"],
	["\\sum_{l<k} a_l", "(sum l _.._ (< l k) : a_[l])"],
	["\\sum_{j=i+1}^N a_j", "(sum j (+ i 1)..N : a_[j])"],
	["\\sum_{i \\in \\{1,\\dots,N\\}} a_i", "(sum i 1..N : a_[i])"],
	["\\sum_{i = 1, \\dots, N} a_i", "(sum i 1..N : a_[i])"],
	["\\sum_{1 \\le i \\le N} a_i", "(sum i 1..N : a_[i])"],
	[
		"\\sum_{1 \\le i < j \\le N} a_{ij}",
		"(sum i 1..N : (sum j 1..N (< i j) : a_[i j]))",
	],
	[
		"\\sum_{\\substack{j=1 \\\\ j \\ne i}}^N a_j",
		"(sum j 1..N (≠ j i) : a_[j])",
	],
	["\\sum_z q(z)", "(sum z _.._ : (call q z))"],
	["\\sum_{c_i} q(c_i)", "(sum c_[i] _.._ : (call q c_[i]))"],
	["\\prod_i a b_i + c", "(+ (product i _.._ : (* a b_[i])) c)"],
	["\\sum_i -a_i", "(sum i _.._ : (+ -a_[i]))"],
	[
		"a \\sum_i b_i \\sum_k c_k",
		"(* a (sum i _.._ : (* b_[i] (sum k _.._ : c_[k]))))",
	],
	["\\log \\sum_i a_i", "(call up:log (sum i _.._ : a_[i]))"],
	["\\sum_i a_i + b_i + c", "(+ (sum i _.._ : (+ a_[i] b_[i])) c)"],
	[
		"\\sum_i \\sum_k a_{ik} + b_i",
		"(sum i _.._ : (+ (sum k _.._ : a_[i k]) b_[i]))",
	],
	[
		"\\sum_i a_i + \\sum_i b_i",
		"(+ (sum i _.._ : a_[i]) (sum i _.._ : b_[i]))",
	],
	[
		"\\sum_i a_i + (\\sum_i b_i) c",
		"(+ (sum i _.._ : a_[i]) (* (sum i _.._ : b_[i]) c))",
	],
	["b_i = \\sum_i a_i + b_i", "b_[i] equal (+ (sum i _.._ : a_[i]) b_[i])"],
]);

table("integrals", [
	[
		"\\int q(z) \\log p(x) \\,dz",
		"(int [z] (* (call q z) (call up:log (call p x))))",
	],
	["\\int dz\\, f(z) + g", "(+ (int [z] (call f z)) g)"],
	["\\int a + b \\, dx + c", "(+ (int [x] (+ a b)) c)"],
	["\\int f \\,\\mathrm d z", "(int [z] f)"],
	["\\int f \\,d\\mu\\,dc", "(int [mu c] f)"],
	["\\int\\int f \\,dx\\,dy", "(int [y] (int [x] f))"],
	["\\iint f \\,dx\\,dy", "(int [y] (int [x] f))"],
	[
		"\\int p(x) \\int q(z) f \\,dz \\,dx",
		"(int [x] (* (call p x) (int [z] (* (call q z) f))))",
	],
	["\\int f dz_0 \\dots dz_{n-1}", "(int [z_[0] ... z_[(+ n -1)]] f)"],
	["\\int_{-\\infty}^{\\infty} f dx", "(int [x] (+ -infty)..infty f)"],
	["\\int p(x) + y", "(+ (int [] (call p x)) y)"],
	["\\int f dx - \\int g dx", "(+ (int [x] f) -(int [x] g))"],
	["\\int q(\\mathbf z)\\, d\\mathbf z", "(int [bold:z] (call q bold:z))"],
]);

table("derivatives", [
	["\\frac{\\partial f}{\\partial x}", "(d/d x f)"],
	[
		"\\frac{\\partial}{\\partial \\phi_{ik}} \\sum_k \\phi_{ik} a + b",
		"(+ (d/d phi_[i k] (sum k _.._ : (* phi_[i k] a))) b)",
	],
	["\\frac{\\partial^2 f}{\\partial x^2}", "(d2/d x f)"],
	["\\frac{\\partial^2 f}{\\partial x \\partial y}", "(d/d x (d/d y f))"],
	["\\frac{\\partial \\mathcal L}{\\partial s_k^2}", "(d/d (^ s_[k] 2) cal:L)"],
	["\\frac{\\partial^2 f}{\\partial (s^2)^2}", "(d2/d (^ s 2) f)"],
	["\\frac{d}{dx} x^2", "(d/d x (^ x 2))"],
	["\\frac{\\mathrm d f}{\\mathrm d x}", "(d/d x f)"],
	["\\frac{d}{dx}", "(/ d (* d x))", "d"],
	["\\nabla_{m_k} f", "(d/d m_[k] f)"],
	["\\partial_x f", "(d/d x f)"],
	["\\partial f / \\partial x", "(d/d x f)"],
]);

table("constants", [
	["a + \\text{const}", "(+ a const)"],
	["a + const.", "(+ a const)"],
	["a + \\mathrm{const}", "(+ a const)"],
	["a + \\text{constant}", "(+ a const)"],
	["a + C", "(+ a const)"],
	["a + C_1 + b", "(+ a const b)"],
	["a + C", "(+ a C)", "C"],
	["a + C b", "(+ a (* C b))"],
	["a + \\text{const}_{\\mu_k}", "(+ a (const mu_[k]))"],
	["a + \\mathrm{const.\\ w.r.t.}\\ \\mu_k", "(+ a (const mu_[k]))"],
	["a + \\text{const w.r.t. $w$}", "(+ a (const w))"],
	["a + \\text{terms independent of } w", "(+ a (const w))"],
	["\\text{const}", "const"],
]);

table("ornaments", [
	["\\underbrace{a b}_{\\text{first}} + c", "(+ (* a b) c)"],
	["\\overbrace{a}^{n} + c", "(+ a c)"],
	["\\boxed{a = b}", "a equal b"],
	["{\\color{red} a} + \\textcolor{blue}{b}", "(+ a b)"],
	["\\displaystyle a {\\scriptstyle b}", "(* a b)"],
	["\\mathstrut a \\! b \\, c~d", "(* a b c d)"],
	["a % b", "a"],
	[
		"\\newcommand{\\E}{\\mathbb E} \\newcommand{\\n}[1]{\\lVert #1\\rVert} \\E[\\n{x}^2]",
		"(E (^ (norm x) 2))",
	],
	["\\def\\half{\\frac12} \\half x", "(* (/ 1 2) x)"],
	["\\DeclareMathOperator{\\KL}{KL} \\KL(q \\| p)", "(call up:KL q | p)"],
	["\\newcommand{\\R}{\\mathbb R} \\R^D", "(^ bb:R D)"],
	["\\mbox{KL}(q \\| p)", "(call up:KL q | p)"],
	["p\\_\\mu + \\sum\\_i a\\_i", "(+ p_[mu] (sum i _.._ : a_[i]))"],
	["p\\_1(x \\| z)", "(call p_[1] x | z)"],
]);

describe("notes", () => {
	it.each([
		["1/2\\sigma^2", "2\\sigma^2"],
		["\\log(a)^b", "log(a^b)"],
		["p\\_1", "Markdown escapes"],
	])("%s", (latex, words) => {
		const [note, ...more] = read(latex).notes;
		expect(more).toEqual([]);
		expect(note?.text).toContain(words);
	});

	it("says nothing where no convention mattered", () => {
		expect(read("\\sum_i a_i b + \\frac{1}{2\\sigma^2} + a/b").notes).toEqual(
			[],
		);
	});
});
