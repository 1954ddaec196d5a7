import { expect, test } from "vitest";
import { explainStep } from "../../src/check/explain.js";
import { explainReport } from "../../src/report/explain.js";

const same = (text: string) => text;
const plain = {
	bold: same,
	dim: same,
	green: same,
	yellow: same,
	red: same,
	cyan: same,
} as unknown as Parameters<typeof explainReport>[1];

async function explained(symbols: string, step: string): Promise<string> {
	const text = `---\nsymbols: {${symbols}}\n---\n\n$$ ${step} $$\n`;
	return explainReport(await explainStep(text, "notes.md", 5), plain);
}

test("an equation shows both readings, both normal forms and their difference", async () => {
	const text = await explained("u: real, v: real", "(u - v)^2 = u^2 + v^2");
	expect(text).toMatch(/left − right {2}\(?-2\)?\*u\*v/);
	expect(text).toContain("reason: the sides differ");
	expect(text).toMatch(/repair: .*\(cross term lost/);
});

test("∝ shows what the logarithms differ by, and the world beside that tells the ratios apart", async () => {
	const text = await explained(
		"g: positive[K], t: positive",
		"g_k^2 \\propto t g_k \\quad \\text{(w.r.t. } k \\text{)}",
	);
	expect(text).toContain("reason: the ratio of the sides depends on k");
	expect(text).toContain("log left − log right  log(g[k]) - log(t)");
	expect(text).toMatch(/fails: .* with k = \d instead [\d.]+ and [\d.]+/);
});

test("what follows from a condition shows no worlds in which the sides differ, and a constant is no part of the relation", async () => {
	const sheet = [
		"---\nsymbols: {u: real, v: positive, g: real}\n---",
		"$$ \\frac{\\partial}{\\partial u} \\left(g u - v u^2\\right) = g - 2 v u = 0 $$",
		"$$ u = \\frac{g}{2 v} $$",
		"$$ (u - g)^2 = u^2 - 2 u g + \\text{const}_u $$",
	].join("\n\n");
	const at = async (line: number) =>
		explainReport(await explainStep(sheet, "notes.md", line), plain);
	const root = await at(7);
	expect(root).toContain("reason: follows from the condition of line 5");
	expect(root).toContain("normal forms and worlds: not shown");
	expect(root).not.toMatch(/fails|left − right/);
	expect(await at(9)).toContain("(u - g)^2 = u^2 - 2 u g + \\text{const}_u");
});
