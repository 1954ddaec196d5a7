import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** The optimal weights of a label are in proportion to e^{w_k}; only divided by their sum they are responsibilities. */
const model = String.raw`
::: model
$$
\begin{aligned}
\mu_k &\sim \mathcal N(0, \sigma^2), & k &= 1,\dots,K \\
z_i &\sim \mathrm{Cat}(1/K,\dots,1/K), & i &= 1,\dots,N \\
x_i \mid z_i, \mu &\sim \mathcal N(\mu_{z_i}, 1)
\end{aligned}
$$
:::

::: family
$$ q(\mu, z) = \prod_{k=1}^K \mathcal N(\mu_k \mid m_k, s_k^2) \prod_{i=1}^N \mathrm{Cat}(z_i \mid \phi_i) $$
:::
`;
const weight = (k: string) =>
	String.raw`x_i m_${k} - \frac12 (m_${k}^2 + s_${k}^2)`;
const whole = String.raw`\frac{\exp\{${weight("k")}\}}{\sum_{j=1}^K \exp\{${weight("j")}\}}`;

const cases: [string, string][] = [
	[String.raw`\phi_{ik} \propto \exp\{${weight("k")}\}`, "proved"],
	[String.raw`\log \phi_{ik} = ${weight("k")} + \text{const}`, "proved"],
	[String.raw`\phi_{ik} = ${whole}`, "proved"],
	[String.raw`\phi_{ik} = \exp\{${weight("k")}\}`, "refuted"],
	[String.raw`\log \phi_{ik} = ${weight("k")}`, "refuted"],
	[String.raw`\phi_{ik} = 2 ${whole}`, "refuted"],
];

test.each(cases)("as a step, %s is %s", async (step, verdict) => {
	const { steps } = await checkSheet(`${model}\n$$ ${step} $$\n`, "step.md");
	expect(steps[0]?.verdict).toBe(verdict);
});

test.each(cases)("as an update, %s is %s", async (update, verdict) => {
	const { updates } = await checkSheet(
		`${model}\n::: updates\n$$ ${update} $$\n:::\n`,
		"update.md",
	);
	expect(updates[0]?.verdict).toBe(verdict);
});
