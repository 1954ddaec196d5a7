import { expect, test } from "vitest";
import { lastStep } from "./sheet.js";

const symbols =
	"m: 'real[N]', s: 'positive[N]', g: 'positive[K]', h: 'positive[K]', M: 'real[N,D]', S: 'posdef[D,D]'";

// Textbook moments; the variable is named with its subscript and declared nowhere.
test.each([
	["x_i \\sim \\mathcal N(m_i, s_i^2)", "x_i^2", "m_i^2 + s_i^2", "proved"],
	["x_i \\sim \\mathcal N(m_i, s_i^2)", "x_i^2", "m_i^2 + s_i", "refuted"],
	["x_i \\sim \\mathcal N(m_i, s_i^2)", "x_i x_j", "m_i m_j", "refuted"],
	[
		"v_k \\sim \\mathrm{Beta}(g_k, h_k)",
		"\\log v_k",
		"\\psi(g_k) - \\psi(g_k + h_k)",
		"proved",
	],
	[
		"z_n \\sim \\mathcal N(M_n, S)",
		"z_n z_n^\\top",
		"M_n M_n^\\top + S",
		"proved",
	],
	[
		"z_n \\sim \\mathcal N(M_n, S)",
		"z_n z_n^\\top",
		"M_n M_n^\\top",
		"refuted",
	],
])("E_{%s}[%s] = %s is %s", async (law, body, value, verdict) => {
	const step = await lastStep(
		symbols,
		`\\mathbb E_{${law}}[${body}] = ${value}`,
	);
	expect(step.verdict).toBe(verdict);
});

test("an upright E with a bracket is an expectation, also where a size is called E", async () => {
	const step = "\\operatorname{E}_{u \\sim \\mathcal N(a, 1)}[u^2] = a^2 + 1";
	const { verdict } = await lastStep("A: 'real[E,D]', a: real", step);
	expect(verdict).toBe("proved");
});
