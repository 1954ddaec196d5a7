import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { stepsOf } from "./sheet.js";

const verdicts = async (...displays: readonly string[]) =>
	(await stepsOf("", ...displays)).map((s) => s.verdict);

describe("an expectation that names its variable alone", () => {
	const marginal = "p(x) = \\mathbb E_{\\theta}[p(x \\mid \\theta)]";

	test("is one under p where the sheet speaks of no q", async () => {
		const [step] = await stepsOf("", marginal);
		expect(step?.verdict).toBe("proved");
		expect(step?.note).toBe(
			"the expectation over theta was read as one under p",
		);
	});

	test("is one under q where it does", async () => {
		const under =
			"\\mathrm H[q(\\theta)] = -\\mathbb E_{\\theta}[\\log q(\\theta)]";
		expect(await verdicts(under, marginal)).toEqual(["proved", "refuted"]);
	});
});

describe("a bare q beside q_φ", () => {
	test("is q_φ where no other q is written", async () => {
		const bound =
			"\\log p(x) \\geq \\mathbb E_q[\\log p(x, z)] - \\mathbb E_q[\\log q_\\phi(z)]";
		expect(await verdicts(bound)).not.toContain("refuted");
	});

	test("is none of two", async () => {
		const mixed =
			"\\mathrm{KL}(q_\\phi(z) \\| q_\\psi(z)) = \\mathbb E_q[\\log q_\\phi(z) - \\log q_\\psi(z)]";
		expect(await verdicts(mixed)).toEqual(["refuted"]);
	});
});

test("a step that fails where w and W are two is not called wrong", async () => {
	const entropy = "\\mathrm H[q(w)] = -\\mathbb E_q[\\log q(W)]";
	const [step] = await stepsOf("", entropy);
	expect(step?.verdict).toBe("unread");
	expect(step?.reason).toMatch(/w and W one variable or two/i);
});

test("a vector beside its component asks for a model before it is called wrong", async () => {
	const bound =
		"\\mathrm{ELBO}(q) = \\mathbb E[\\log p(\\theta, x)] - \\mathbb E[\\log q(\\theta)] = \\mathbb E[\\log p(\\theta, x)] - \\mathbb E\\Big[\\sum_i \\log q(\\theta_i)\\Big]";
	expect(await verdicts(bound)).not.toContain("refuted");
});

test("where q* is taken at a value of a label, the value is asked for on the right as well", async () => {
	const text = (step: string) => `
::: model
$$ c_i \\sim \\mathrm{Cat}(1/K, \\dots, 1/K), \\quad i = 1,\\dots,N, \\qquad x_i \\mid c_i \\sim \\mathcal N(\\mu_{c_i}, 1) $$
:::

::: family
$$ q(c) = \\prod_{i=1}^N \\mathrm{Cat}(c_i \\mid \\phi_i) $$
:::

$$ ${step} $$
`;
	const front = "---\nsymbols: {mu: 'real[K]'}\n---\n";
	const verdict = async (step: string) =>
		(await checkSheet(front + text(step), "a.md")).steps.at(-1)?.verdict;
	const joint = "\\mathbb E_{-c_i}[\\log p(x, c)] + \\text{const}";
	expect(await verdict(`\\log q^*(c_i) = ${joint}`)).toBe("proved");
	expect(await verdict(`\\log q^*(c_i = k) = ${joint}`)).toBe("unread");
	const without =
		"-\\frac12 (x_i - \\mu_k)^2 + \\log\\phi_{ik} + \\text{const}";
	expect(await verdict(`\\log q^*(c_i = k) = ${without}`)).toBe("refuted");
});
