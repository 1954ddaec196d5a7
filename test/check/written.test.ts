import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

const head = "---\nsymbols: {a: positive, b: positive, x: real[N]}\n---\n\n";

/** The right sides that are shown, and the pieces of the source that repairs say that they replace. */
async function rightSides(steps: readonly string[]) {
	const text = `${head}${steps.map((s) => `$$ ${s} $$`).join("\n\n")}\n`;
	const sheet = await checkSheet(text, "written.md");
	const lines = text.split("\n");
	return sheet.steps.map(({ right, repair }) => {
		const region = repair?.region;
		const line = lines[(region?.line ?? 1) - 1] as string;
		return [
			right,
			region && line.slice(region.column - 1, region.endColumn - 1),
		];
	});
}

test("a side begins behind its relation, whether a space stands between or not", async () => {
	const right = [
		String.raw`\ln b-1`,
		String.raw`-\frac{a}{b}`,
		String.raw`2\sum_ix_i`,
	];
	const written = [
		String.raw`\frac ab-1\le\ln b-1`,
		String.raw`\frac ab\geq-\frac{a}{b}`,
		String.raw`\sum_ix_i=2\sum_ix_i`,
	];
	const found = await rightSides(written);
	expect(found.map(([side]) => side)).toEqual(right);
	for (const [side, region] of found)
		expect([undefined, side]).toContain(region);
});

test("nor is the subscript of a relation part of it", async () => {
	const found = await rightSides([
		String.raw`a^2b\propto_a\frac{a}{2}`,
		String.raw`a^2b\propto_aa`,
	]);
	expect(found).toEqual([
		[String.raw`\frac{a}{2}`, String.raw`\frac{a}{2}`],
		["a", "a"],
	]);
});
