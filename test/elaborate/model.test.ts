import { describe, expect, test } from "vitest";
import type { State } from "../../src/elaborate/index.js";
import { readFamily, readModel } from "../../src/elaborate/index.js";
import { toText } from "../../src/expr/print/text.js";
import type { Factor } from "../../src/expr/tree.js";
import {
	chainsOf,
	mixture,
	problemOf,
	type Sheet,
	stateOf,
} from "./reading.js";

function symbols(state: State): Record<string, string> {
	return Object.fromEntries(
		[...state.context.symbols.values()].map((s) => {
			const labels = s.labels === null ? "" : ` of ${s.labels}`;
			return [s.name, `${s.role} ${s.type}${labels} [${s.dims.join(",")}]`];
		}),
	);
}

function factor(f: Factor): string {
	const plates = f.plates.map((p) => `${p.index}=1..${p.size}`).join(",");
	return `${f.variable}[${plates}] ~ ${f.distribution}(${Object.values(f.parameters).map(toText).join(", ")})`;
}

function model(latex: string, symbols: Record<string, string> = {}): State {
	return stateOf({ symbols, model: latex });
}

describe("a model", () => {
	const state = stateOf(mixture);

	test("shapes, labels, types and roles of the mixture", () => {
		expect(symbols(state)).toEqual({
			mu: "latent real [K,D]",
			c: "latent label of K [N]",
			x: "datum real [N,D]",
			sigma: "parameter positive [] ".trim(),
			lambda: "parameter positive [] ".trim(),
			m: "variational real [K,D]",
			s: "variational positive [K]",
			phi: "variational simplex [N,K]",
		});
		expect([...state.context.sizes].sort()).toEqual(["D", "K", "N"]);
		expect(Object.fromEntries(state.context.ranges)).toEqual({
			k: "K",
			i: "N",
		});
	});

	test("statements", () => {
		expect(state.context.model?.statements.map(factor)).toEqual([
			"mu[k=1..K] ~ Normal(vec(d=1..D, 0), sigma^2*I_D)",
			expect.stringMatching(
				/^c\[i=1\.\.N\] ~ Categorical\(vec\(k.*=1\.\.K, K\^\(-1\)\)\)$/,
			),
			"x[i=1..N] ~ Normal(mu[c[i]], lambda^2*I_D)",
		]);
		expect(state.context.model?.statements.map((s) => s.observed)).toEqual([
			false,
			false,
			true,
		]);
	});

	test("c^⊤ μ is μ_c, and other spellings of the same model", () => {
		const other = stateOf({
			model: String.raw`\begin{aligned}
				\mu_k &\sim \text{Normal}(0, \sigma^2 I), && k = 1,\ldots,K, \\
				c_i &\sim \mathrm{Categorical}(1/K, \ldots, 1/K), && i = 1,\ldots,N, \\
				x_i \mid c_i, \mu &\sim \mathcal N(c_i^\top \mu, \lambda^2 I), && x_i \in \mathbb R^D.
			\end{aligned}`,
			family: String.raw`q(\mu, c) = \prod_{k=1}^K \mathcal N(\mu_k; m_k, s_k^2 I) \prod_{i=1}^N \mathrm{Categorical}(c_i; \phi_i)`,
		});
		expect(symbols(other)).toEqual(symbols(state));
		expect(other.context.model?.statements.map(factor)[2]).toBe(
			"x[i=1..N] ~ Normal(mu[c[i]], lambda^2*I_D)",
		);
	});

	test("known weights and a variance for each component", () => {
		const state = model(String.raw`\begin{aligned}
			\mu_k &\sim \mathcal N(0, \sigma^2 I), & k &= 1,\dots,K \\
			c_i &\sim \mathrm{Cat}(\pi), & i &= 1,\dots,N \\
			x_i &\sim \mathcal N(\mu_{c_i}, \lambda_{c_i}^2 I), & x_i &\in \mathbb R^D
		\end{aligned}`);
		expect(symbols(state)).toMatchObject({
			pi: "parameter simplex [K]",
			lambda: "parameter positive [K]",
			c: "latent label of K [N]",
		});
	});

	test("weights listed one by one", () => {
		const state = model(
			String.raw`c_i \sim \mathrm{Cat}(\pi_1, \dots, \pi_K), \quad i = 1,\dots,N`,
		);
		expect(symbols(state)).toMatchObject({ pi: "parameter simplex [K]" });
		expect(state.context.model?.statements.map(factor)).toEqual([
			"c[i=1..N] ~ Categorical(pi)",
		]);
	});

	test("numbers where nothing hints at vectors", () => {
		const state = model(String.raw`\begin{aligned}
			\mu &\sim \mathcal N(\mu_0, \tau^2) \\
			x_i &\sim \mathcal N(\mu, \beta^{-1}), & i &= 1,\dots,N
		\end{aligned}`);
		expect(symbols(state)).toEqual({
			mu: "latent real []",
			x: "datum real [N]",
			mu_0: "parameter real []",
			tau: "parameter positive []",
			beta: "parameter positive []",
		});
	});

	test("a precision matrix, and a vector mean declared by nothing else", () => {
		const state = model(String.raw`\begin{aligned}
			\mu &\sim \mathcal N(m_0, \Lambda^{-1}), & \mu &\in \mathbb R^D \\
			x_i &\sim \mathcal N(\mu, \Sigma), & i &= 1,\dots,N
		\end{aligned}`);
		expect(symbols(state)).toMatchObject({
			x: "datum real [N,D]",
			m_0: "parameter real [D]",
			Lambda: "parameter posdef [D,D]",
			Sigma: "parameter posdef [D,D]",
		});
	});

	test("a shape from a declared symbol", () => {
		const state = model(
			String.raw`\begin{aligned}
			w &\sim \mathcal N(0, \alpha^{-1} I) \\
			y_n &\sim \mathcal N(w^\top x_n, \beta^{-1}), & n &= 1,\dots,N
		\end{aligned}`,
			{ x: "real[N,D]" },
		);
		expect(symbols(state)).toMatchObject({
			w: "latent real [D]",
			y: "datum real [N]",
		});
	});

	test("weights with a Dirichlet prior, beside vectors of another size", () => {
		const state = stateOf({
			model: String.raw`\begin{aligned}
				\pi &\sim \mathrm{Dir}(\alpha_0, \dots, \alpha_0) \\
				z_n \mid \pi &\sim \mathrm{Cat}(\pi), & n &= 1,\dots,N \\
				\mu_k &\sim \mathcal N(0, \sigma^2 I), & k &= 1,\dots,K \\
				x_n \mid z_n, \mu &\sim \mathcal N(\mu_{z_n}, \lambda^2 I)
			\end{aligned}`,
			family: String.raw`\begin{aligned}
				q(\pi) &= \mathrm{Dir}(\pi \mid \alpha) \\
				q(z_n) &= \mathrm{Cat}(z_n \mid r_n) \\
				q(\mu_k) &= \mathcal N(\mu_k \mid m_k, s_k^2 I)
			\end{aligned}`,
		});
		expect(symbols(state)).toEqual({
			pi: "latent simplex [K]",
			z: "latent label of K [N]",
			mu: "latent real [K,D]",
			x: "datum real [N,D]",
			alpha_0: "parameter positive []",
			sigma: "parameter positive []",
			lambda: "parameter positive []",
			alpha: "variational positive [K]",
			r: "variational simplex [N,K]",
			m: "variational real [K,D]",
			s: "variational positive [K]",
		});
	});

	test("the N of a_N belongs to the name", () => {
		const state = stateOf({
			model: String.raw`\begin{aligned}
				\tau &\sim \mathrm{Gamma}(a_0, b_0) \\
				x_i &\sim \mathcal N(0, \tau^{-1}), & i &= 1,\dots,N
			\end{aligned}`,
			family: String.raw`q(\tau) = \mathrm{Gamma}(\tau \mid a_N, b_N)`,
		});
		expect(symbols(state)).toEqual({
			tau: "latent positive []",
			x: "datum real [N]",
			a_0: "parameter positive []",
			b_0: "parameter positive []",
			a_N: "variational positive []",
			b_N: "variational positive []",
		});
	});

	test("a design matrix", () => {
		const state = model(
			String.raw`y \sim \mathcal N(X w, \beta^{-1} I), \quad w \sim \mathcal N(0, \alpha^{-1} I)`,
			{ X: "real[N,M]" },
		);
		expect(symbols(state)).toMatchObject({
			w: "latent real [M]",
			y: "datum real [N]",
		});
	});

	test("a label's value as the condition", () => {
		const state = model(
			String.raw`\begin{aligned}
				z_n &\sim \mathrm{Cat}(\pi), & n &= 1,\dots,N \\
				x_n \mid z_n = k &\sim \mathcal N(\mu_k, \Sigma_k), & \pi &\in \Delta^{K-1}
			\end{aligned}`,
		);
		expect(symbols(state)).toEqual({
			z: "latent label of K [N]",
			x: "datum real [N,D]",
			pi: "parameter simplex [K]",
			mu: "parameter real [K,D]",
			Sigma: "parameter posdef [K,D,D]",
		});
		expect(state.context.model?.statements.map(factor)[1]).toBe(
			"x[n=1..N] ~ Normal(mu[z[n]], Sigma[z[n]])",
		);
	});

	test("a list of variables", () => {
		const state = model(String.raw`x_1, \dots, x_N \sim \mathcal N(\mu, S)`, {
			S: "posdef[D,D]",
		});
		expect(symbols(state)).toMatchObject({
			x: "datum real [N,D]",
			mu: "parameter real [D]",
		});
	});

	test("densities in place of statements", () => {
		const state = model(
			String.raw`p(\mu) = \prod_{k=1}^K \mathcal N(\mu_k \mid 0, \sigma^2 I), \quad p(c) = \prod_{i=1}^N \mathrm{Cat}(c_i \mid \pi), \quad p(x \mid c, \mu) = \prod_{i=1}^N \mathcal N(x_i \mid \mu_{c_i}, \lambda^2 I)`,
		);
		expect(symbols(state)).toMatchObject({
			mu: "latent real [K,D]",
			c: "latent label of K [N]",
			x: "datum real [N,D]",
		});
	});

	test("statements out of order are put in order", () => {
		const state = model(String.raw`\begin{aligned}
			x_i &\sim \mathcal N(\mu, 1), & i &= 1,\dots,N \\
			\mu &\sim \mathcal N(0, 1)
		\end{aligned}`);
		expect(state.context.model?.statements.map((s) => s.variable)).toEqual([
			"mu",
			"x",
		]);
	});

	test("a bare letter for a variance is noted", () => {
		const state = model(
			String.raw`x_i \sim \mathcal N(0, \sigma), \quad i = 1,\dots,N`,
		);
		expect(state.notes.map((n) => n.text)).toEqual([
			"`\\sigma` was read as a variance",
		]);
	});

	const refused: readonly (readonly [string, string, RegExp])[] = [
		[
			"a range that is not stated",
			String.raw`x_i \sim \mathcal N(0, 1)`,
			/range of `i`/,
		],
		[
			"labels that cannot be counted",
			String.raw`c_i \sim \mathrm{Cat}(\pi), \quad i = 1,\dots,N`,
			/how many values/,
		],
		[
			"a covariance that is a number, of a vector",
			String.raw`x_i \sim \mathcal N(0, \sigma^2), \quad i = 1,\dots,N, \quad x_i \in \mathbb R^D`,
			/shape mismatch: the covariance is a number/,
		],
		[
			"an unknown distribution",
			String.raw`x \sim \mathrm{Foo}(1)`,
			/no distribution/,
		],
		[
			"a variable stated twice",
			String.raw`\begin{aligned} x &\sim \mathcal N(0, 1) \\ x &\sim \mathcal N(1, 1) \end{aligned}`,
			/stated twice/,
		],
		[
			"a circle",
			String.raw`\begin{aligned} x &\sim \mathcal N(y, 1) \\ y &\sim \mathcal N(x, 1) \end{aligned}`,
			/depends on itself/,
		],
		[
			"an index that the variable does not have",
			String.raw`\begin{aligned} x &\sim \mathcal N(a_j, 1) \end{aligned}`,
			/`j`|range/,
		],
		[
			"a missing parameter",
			String.raw`x \sim \mathcal N(0)`,
			/mean and a variance/,
		],
	];
	test.each(refused)("refused: %s", (_name, latex, message) => {
		expect(problemOf(() => model(latex)).message).toMatch(message);
	});

	test("twice is refused", () => {
		const chains = chainsOf(mixture.model ?? "", state);
		expect(problemOf(() => readModel(chains, state)).message).toBe(
			"the model is stated twice",
		);
	});
});

describe("a family", () => {
	test("without a model", () => {
		const state = stateOf({
			symbols: { m: "real[D]", S: "posdef[D,D]" },
			family: String.raw`q(w) = \mathcal N(w \mid m, S)`,
		});
		expect(symbols(state)).toEqual({
			m: "variational real [D]",
			S: "variational posdef [D,D]",
			w: "latent real [D]",
		});
	});

	const given: Sheet = { model: mixture.model ?? "" };
	const family = (latex: string): State => stateOf({ ...given, family: latex });

	test("factors line by line, and statements", () => {
		const lines = family(String.raw`\begin{aligned}
			q(\mu, c) &= \prod_k q(\mu_k) \prod_i q(c_i) \\
			q(\mu_k) &= \mathcal N(\mu_k \mid m_k, s_k^2 I) \\
			c_i &\sim \mathrm{Cat}(\phi_i)
		\end{aligned}`);
		expect(lines.context.family?.factors.map(factor)).toEqual([
			"mu[k=1..K] ~ Normal(m[k], s[k]^2*I_D)",
			"c[i=1..N] ~ Categorical(phi[i])",
		]);
	});

	test("q(c_i = k) = φ_ik is a Categorical", () => {
		const lines = family(String.raw`\begin{aligned}
			q(\mu_k) &= \mathcal N(m_k, S_k) \\ q(c_i = k) &= \phi_{ik}
		\end{aligned}`);
		expect(lines.context.family?.factors.map(factor)).toEqual([
			"mu[k=1..K] ~ Normal(m[k], S[k])",
			"c[i=1..N] ~ Categorical(phi[i])",
		]);
		expect(symbols(lines)).toMatchObject({ S: "variational posdef [K,D,D]" });
	});

	test("what q does not mention is observed", () => {
		const partial = family(String.raw`q(\mu_k) = \mathcal N(m_k, s_k^2 I)`);
		expect(partial.context.model?.statements.map((s) => s.observed)).toEqual([
			false,
			true,
			true,
		]);
	});

	const refused: readonly (readonly [string, string, RegExp])[] = [
		[
			"a variable that the model does not have",
			String.raw`q(\theta) = \mathcal N(\theta \mid m, s^2)`,
			/no variable `\\theta`/,
		],
		[
			"a Normal for a label",
			String.raw`q(c_i) = \mathcal N(m_i, s_i^2)`,
			/Normal does not fit/,
		],
		[
			"other subscripts",
			String.raw`q(\mu) = \mathcal N(\mu \mid m, s^2 I)`,
			/other subscripts/,
		],
		[
			"no distribution for a variable",
			String.raw`\begin{aligned} q(\mu, c) &= q(\mu) q(c) \\ q(\mu_k) &= \mathcal N(m_k, s_k^2 I) \end{aligned}`,
			/no distribution for `c`/,
		],
		[
			"no distribution at all",
			String.raw`q(\mu, c) = q(\mu) q(c)`,
			/no distribution for `mu`/,
		],
	];
	test.each(refused)("refused: %s", (_name, latex, message) => {
		expect(problemOf(() => family(latex)).message).toMatch(message);
	});

	test("twice is refused", () => {
		const state = stateOf(mixture);
		const chains = chainsOf(mixture.family ?? "", state);
		expect(problemOf(() => readFamily(chains, state)).message).toBe(
			"the family is stated twice",
		);
	});
});
