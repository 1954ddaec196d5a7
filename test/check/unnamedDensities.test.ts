import { describe, expect, test } from "vitest";
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
