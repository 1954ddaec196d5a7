import { expect, it } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { algorithmMarkup } from "../../src/site/algorithm.js";
import { Typesetter } from "../../src/site/formula/typeset.js";

it("states the updates as the sheet does, without the mean of the data that the solver puts in", async () => {
	const text = String.raw`
::: model
$$
\begin{aligned}
\mu_k &\sim \mathcal N(0, \sigma^2), & k &= 1,\dots,K \\
c_i &\sim \mathrm{Cat}(1/K,\dots,1/K), & i &= 1,\dots,N \\
x_i \mid c_i, \mu &\sim \mathcal N(\mu_{c_i}, \lambda^2)
\end{aligned}
$$
:::
::: family
$$ q(\mu, c) = \prod_{k=1}^K \mathcal N(\mu_k \mid m_k, s_k^2) \prod_{i=1}^N \mathrm{Cat}(c_i \mid \phi_i) $$
:::
::: updates
$$ \phi_{i,k} \propto \exp\Big\{ \frac{x_i m_k}{\lambda^2} - \frac{m_k^2 + s_k^2}{2\lambda^2} \Big\}, \qquad
s_k^2 = \Big(\frac{1}{\sigma^2} + \frac{1}{\lambda^2} \sum_{i=1}^N \phi_{i,k}\Big)^{-1}, \qquad
m_k = \frac{s_k^2}{\lambda^2} \sum_{i=1}^N \phi_{i,k} x_i $$
:::
`;
	const { solvable } = await checkSheet(text, "mixture.md");
	if (!solvable) throw new Error("it has certified updates");
	const { text: markup } = algorithmMarkup(solvable, new Typesetter()) ?? {};
	const [weights = ""] =
		/<li><span class="katex">(?:(?!<\/li>).)*∝.*?<\/li>/s.exec(markup ?? "") ??
		[];
	// No difference but that between the two terms in the exponent.
	expect(weights.match(/<mo>−<\/mo>/g)).toHaveLength(1);
});
