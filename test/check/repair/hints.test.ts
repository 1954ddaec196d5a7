import { expect, test } from "vitest";
import { checkSheet } from "../../../src/check/check.js";
import type { CheckedSheet } from "../../../src/check/result.js";
import { preamble } from "./cases.js";

const wrong = `${preamble}
$$ \\mathbb E_q[\\mu_k^\\top \\mu_k] = m_k^\\top m_k + s_k^2 $$

$$ (u - v)^2 = u^2 + v^2 $$

::: updates
$$ m_k = \\frac{\\sum_{i=1}^N \\phi_{ik} x_i}{\\lambda^2 + \\sum_{i=1}^N \\phi_{ik}} $$
:::
`;

/** All that a report may show of steps and updates, except what the student wrote. */
function shown({ steps, updates }: CheckedSheet): string {
	return JSON.stringify([
		steps.map(({ left, right, ...rest }) => rest),
		updates,
	]);
}

const sheetAt = (hints: "where" | "kind" | "repair") =>
	checkSheet(wrong, "wrong.md", { hints });

test("`where` says which rows are wrong and nothing of what is", async () => {
	const sheet = await sheetAt("where");
	expect(sheet.steps.map((s) => s.verdict)).toEqual(["refuted", "refuted"]);
	expect([...sheet.steps, ...sheet.updates].map((s) => s.repair)).toEqual(
		[...sheet.steps, ...sheet.updates].map(() => null),
	);
	expect(shown(sheet)).not.toMatch(
		/variance term|cross term|mᵀm|D s|holds for|inverse|∝/,
	);
	expect(sheet.steps.map((s) => s.note)).toEqual([null, null]);
});

test("`kind` names the slip, but gives no formula", async () => {
	const sheet = await sheetAt("kind");
	expect(sheet.steps.map((s) => s.note)).toEqual([
		"holds for D = 1 alone; the variance term is counted once",
		"cross term lost",
	]);
	expect([...sheet.steps, ...sheet.updates].every((s) => !s.repair)).toBe(true);
	expect(shown(sheet)).not.toMatch(/mᵀm|D s|2ab/);
});

test("`repair` gives the whole", async () => {
	const { steps } = await sheetAt("repair");
	expect(steps[0]?.repair?.latex).toContain("D s_{k}^{2}");
	expect(steps[0]?.repair?.kind).toContain("E[μᵀμ] = mᵀm + D s²");
	expect(steps[0]?.note).toBe("holds for D = 1 alone");
});
