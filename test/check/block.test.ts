import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** A Normal–Gamma model whose family keeps q(μ | τ). */
function sheet(updates: string): string {
	return `
::: model
$$
\\begin{aligned}
\\tau &\\sim \\mathrm{Gamma}(a_0, b_0) \\\\
\\mu \\mid \\tau &\\sim \\mathcal N(m_0, (k_0 \\tau)^{-1}) \\\\
x_i \\mid \\mu, \\tau &\\sim \\mathcal N(\\mu, \\tau^{-1}), & i &= 1,\\dots,N
\\end{aligned}
$$
:::

::: family
$$ q(\\mu, \\tau) = \\mathcal N(\\mu \\mid m, (k \\tau)^{-1})\\, \\mathrm{Gamma}(\\tau \\mid a, b) $$
:::

::: updates
${updates}
:::
`;
}

const ofMean =
	"$$ k = k_0 + N, \\qquad m = \\frac{k_0 m_0 + \\sum_{i=1}^N x_i}{k} $$";
const rate =
	"b = b_0 + \\frac12 \\Big(\\sum_{i=1}^N x_i^2 + k_0 m_0^2 - k m^2\\Big)";

async function verdicts(updates: string) {
	const { updates: found } = await checkSheet(
		sheet(updates),
		"normal-gamma.md",
	);
	return Object.fromEntries(found.map((u) => [u.target, u.verdict]));
}

// The conjugate posterior of a Normal–Gamma model: Bernardo and Smith (1994), section 5.2.
test("factors of q that depend on each other are certified together", async () => {
	const found = await verdicts(
		`${ofMean}\n$$ a = a_0 + \\frac N2, \\qquad ${rate} $$`,
	);
	expect(found).toEqual({ k: "proved", m: "proved", a: "proved", b: "proved" });
});

test("the half more that belongs to a mean field is refuted, and the conditional factor is not blamed", async () => {
	const found = await verdicts(
		`${ofMean}\n$$ a = a_0 + \\frac{N + 1}{2}, \\qquad ${rate} $$`,
	);
	expect(found).toMatchObject({ k: "proved", m: "proved", a: "refuted" });
});
