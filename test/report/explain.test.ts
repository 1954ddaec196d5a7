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
