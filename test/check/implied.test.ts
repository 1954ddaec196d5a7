import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** What a formula leaves out because everybody knows it, each with its near-misses. */

async function verdicts(text: string): Promise<readonly string[]> {
	const { steps } = await checkSheet(text, "implied.md", {});
	return steps.map((s) => s.verdict);
}

const displays = (steps: readonly string[]) =>
	steps.map((s) => `$$ ${s} $$\n`).join("\n");

describe("the variable of a distribution that a density equals", () => {
	const model = String.raw`::: model
$$
\begin{aligned}
\mu &\sim \mathcal N(0, \tau^2) \\
t &\sim \mathrm{Gamma}(a, b) \\
x_i \mid \mu &\sim \mathcal N(\mu, \lambda^2), & i &= 1,\dots,N
\end{aligned}
$$
:::

::: derivation
`;
	const said = (...steps: readonly string[]) =>
		verdicts(`${model}${displays(steps)}\n:::\n`);

	test("is that of the density", async () => {
		expect(
			await said(
				String.raw`p(\mu) = \mathcal N(0, \tau^2) = \frac{1}{\sqrt{2 \pi \tau^2}} e^{-\mu^2 / 2\tau^2}`,
				String.raw`p(t) = \mathrm{Gamma}(a, b)`,
				String.raw`p(x_i \mid \mu) = N(\mu, \lambda^2)`,
			),
		).toEqual(["proved", "proved", "proved", "proved"]);
	});

	test("does not make a wrong density right", async () => {
		expect(
			await said(
				String.raw`p(\mu) = \mathcal N(0, \tau)`,
				String.raw`p(t) = \mathrm{Gamma}(b, a)`,
				String.raw`p(x_i \mid \mu) = N(0, \lambda^2)`,
			),
		).toEqual(["refuted", "refuted", "refuted"]);
	});

	test("is not known where the head is no density of one variable", async () => {
		expect(
			await said(
				String.raw`\log p(t) = \mathrm{Gamma}(a, b)`,
				String.raw`p(\mu, t) = \mathcal N(0, \tau^2)`,
				String.raw`p(\mu) = 2 \mathcal N(0, \tau^2)`,
			),
		).toEqual(["unread", "unread", "unread"]);
	});
});

describe("an undeclared multiplier of a constraint", () => {
	const head = `---
symbols: {n: "positive[K]", w: "simplex[K]", phi: "simplex[N,K]", f: "real[N,K]", a: positive}
---

`;
	const said = (...steps: readonly string[]) =>
		verdicts(head + displays(steps));

	test("is a real number, for each of its indices, and is known from there on", async () => {
		expect(
			await said(
				String.raw`\frac{\partial}{\partial w_k} \Big[ \sum_{k=1}^K n_k \log w_k + \lambda \Big( \sum_{k=1}^K w_k - 1 \Big) \Big] = \frac{n_k}{w_k} + \lambda = 0`,
				String.raw`\implies w_k = -\frac{n_k}{\lambda}`,
				String.raw`\frac{\partial}{\partial \phi_{ik}} \Big[ \sum_{i,k} \phi_{ik} f_{ik} + \sum_i \eta_i \Big( 1 - \sum_k \phi_{ik} \Big) \Big] = f_{ik} - \eta_i`,
			),
		).toEqual(["proved", "given", "proved", "proved"]);
	});

	test("keeps its sign", async () => {
		expect(
			await said(
				String.raw`\frac{\partial}{\partial w_k} \Big[ \sum_{k=1}^K n_k \log w_k + \lambda \Big( \sum_{k=1}^K w_k - 1 \Big) \Big] = \frac{n_k}{w_k} - \lambda`,
			),
		).toEqual(["refuted"]);
	});

	test("is none where nothing says so", async () => {
		expect(
			await said(
				String.raw`\kappa (a - 1) = \kappa a - \kappa`,
				String.raw`\kappa \Big( \sum_k w_k + 1 \Big) = 2 \kappa`,
				String.raw`\kappa \sum_k w_k - 1 = \kappa - 1`,
			),
		).toEqual(["unread", "unread", "unread"]);
	});
});

describe("a remark with formulas in it", () => {
	const head = "---\nsymbols: {a: positive, b: positive, u: real}\n---\n\n";
	const said = (...steps: readonly string[]) =>
		verdicts(head + displays(steps));

	test.each([
		String.raw`a + b = b + a \quad (\text{in } u)`,
		String.raw`a + b = b + a \qquad (\text{since } a = a)`,
		String.raw`a + b = b + a \qquad \text{(as a function of } u \text{)}`,
		String.raw`a + b = b + a \qquad \text{by definition of } u`,
		String.raw`\begin{aligned} a + b &= b + a && \text{by the rules for } a \end{aligned}`,
	])("%s is shown and not read", async (step) => {
		expect(await said(step)).toEqual(["proved"]);
	});

	test.each([
		String.raw`a + b = b + a \quad \text{plus } u`,
		String.raw`a + b = b + a \quad (\text{times } u)`,
		String.raw`a + b = b + a \qquad \text{(} u`,
		String.raw`a + b = b + a \qquad \text{if } u`,
		String.raw`a + b = b + a \qquad \text{by definition of } \phantom{u}`,
	])("%s may mean more, and is not taken for one", async (step) => {
		expect(await said(step)).toContain("unread");
	});
});

describe("the logarithms of the first whole numbers", () => {
	const said = (...steps: readonly string[]) =>
		verdicts(
			`---\nsymbols: {a: positive, h: "real[N]"}\n---\n\n${displays(steps)}`,
		);

	test("add up to that of a factorial", async () => {
		expect(
			await said(
				String.raw`\sum_{i=1}^N \log i = \log N!`,
				String.raw`\sum_{i=1}^N \sum_{k=1}^K a \log i = a K \log N!`,
				String.raw`\prod_{i=1}^N i = N!`,
			),
		).toEqual(["proved", "proved", "proved"]);
	});

	test("to that of N!, not of Γ(N), and under no other weights", async () => {
		expect(
			await said(
				String.raw`\sum_{i=1}^N \log i = \log \Gamma(N)`,
				String.raw`\sum_{i=1}^N h_i \log i = \log N! \sum_i h_i`,
				String.raw`\sum_{i=1}^N (\log i)^2 = (\log N!)^2`,
			),
		).toEqual(["refuted", "refuted", "refuted"]);
	});
});
