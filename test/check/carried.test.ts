import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import { stepsOf } from "./sheet.js";

const symbols = "a: real[N], u: real, v: real";
const notesOf = async (...displays: string[]) =>
	(await stepsOf(symbols, ...displays)).map((s) => [s.verdict, s.note]);

// (u − v)² = u² − 2uv + v²: the sign of the first row is wrong, and the others go on from it or not.
const wrong = "(u - v)^2 = u^2 + 2 u v + v^2";
const carried = "follows from line 5, which is refuted";

test("what starts anew from a wrong result and goes on faithfully is not blamed", async () => {
	expect(await notesOf(wrong, "(u - v)^2 - v^2 = u (u + 2 v)")).toEqual([
		["refuted", null],
		["refuted", carried],
	]);
});

test("a wrong row that holds for every index may be put under a sum", async () => {
	expect(
		await notesOf(
			"(a_i - u)^2 = a_i^2 + u^2",
			"\\sum_{i=1}^N (a_i - u)^2 = \\sum_{i=1}^N a_i^2 + N u^2",
		),
	).toEqual([
		["refuted", null],
		["refuted", carried],
	]);
});

test("near-misses: a second mistake of its own, and a right result, are judged by themselves", async () => {
	expect(
		await notesOf(
			wrong,
			"(u - v)^2 - v^2 = u (u + 3 v)",
			"(u - v)^2 - v^2 = u (u - 2 v)",
		),
	).toEqual([
		["refuted", null],
		["refuted", null],
		["proved", null],
	]);
});

test("within a chain the neighbours are right and only the wrong row is refuted", async () => {
	expect(await notesOf(`${wrong} = (u + v)^2`)).toEqual([
		["refuted", null],
		["proved", null],
	]);
});

test("a wrong value is not put where a derivative is taken by its name", async () => {
	expect(
		await notesOf(
			"u = v + 1",
			"\\frac{\\partial}{\\partial u} (u^2 + v) = 2 u + 1",
		),
	).toEqual([
		["refuted", null],
		["refuted", null],
	]);
});

test("the error of a row explains what it goes into: multiples, sums and logarithms of quotients", async () => {
	const twice = "2 (u - v)^2 + u = 2 u^2 + 4 u v + 2 v^2 + u";
	const added = "\\sum_{i=1}^N (u - v)^2 = N (u^2 + 2 u v + v^2)";
	expect(await notesOf(wrong, twice, added)).toEqual([
		["refuted", null],
		["refuted", carried],
		["refuted", expect.stringContaining("which is refuted")],
	]);
});

test("a mistake of another size, or about something else, is no mistake carried on", async () => {
	expect(
		await notesOf(
			wrong,
			"2 (u - v)^2 + u = 2 u^2 + 3 u v + 2 v^2 + u",
			"\\sum_{i=1}^N a_i (u - v) = u \\sum_{i=1}^N a_i + v \\sum_{i=1}^N a_i",
		),
	).toEqual([
		["refuted", null],
		["refuted", null],
		["refuted", null],
	]);
});

const mixture = `::: model
$$
\\begin{aligned}
\\mu_k &\\sim \\mathcal N(0, \\sigma^2 I), & k &= 1,\\dots,K \\\\
c_i &\\sim \\mathrm{Cat}(1/K,\\dots,1/K), & i &= 1,\\dots,N \\\\
x_i \\mid c_i, \\mu &\\sim \\mathcal N(\\mu_{c_i}, \\lambda^2 I), & x_i &\\in \\mathbb R^D
\\end{aligned}
$$
:::

::: family
$$ q(\\mu, c) = \\prod_{k=1}^K \\mathcal N(\\mu_k \\mid m_k, s_k^2 I) \\prod_{i=1}^N \\mathrm{Cat}(c_i \\mid \\phi_i) $$
:::
`;
const solved =
	"m_k = \\frac{\\sum_{i=1}^N \\phi_{ik} x_i / \\lambda^2}{\\frac{1}{2 \\sigma^2} + \\sum_{i=1}^N \\phi_{ik} / \\lambda^2}";

test("a root of a wrong derivative is rightly concluded, and so is the update made of it", async () => {
	const { steps, updates } = await checkSheet(
		`${mixture}
$$ \\frac{\\partial \\mathcal L}{\\partial m_k} = \\frac{1}{\\lambda^2} \\sum_{i=1}^N \\phi_{ik} (x_i - m_k) - \\frac{m_k}{2 \\sigma^2} = 0 $$

$$ ${solved} $$

::: updates
$$ ${solved}, \\qquad s_k^2 = \\frac{1}{\\frac{1}{\\sigma^2} + \\frac{1}{\\lambda^2} \\sum_{i=1}^N \\phi_{ik}} $$
:::
`,
		"mixture.md",
	);
	const from = "follows from line 15, which is refuted";
	expect(steps.map((s) => [s.verdict, s.note])).toEqual([
		["refuted", null],
		["given", null],
		["proved", from],
	]);
	expect(updates[0]?.verdict).toBe("refuted");
	expect(updates[0]?.note).toContain(from);
	expect(updates[1]?.verdict).toBe("proved");
});

const slips = readFileSync(join(import.meta.dirname, "carriedOn.md"), "utf8");

test("through five rows, over displays, in sums, vectors, derivatives, expectations and updates the first wrong row alone is blamed", async () => {
	const { steps, updates } = await checkSheet(slips, "carriedOn.md", {
		hints: "where",
	});
	const refuted = [...steps, ...updates].filter((s) => s.verdict === "refuted");
	const blamed = refuted.filter(
		({ note }) => !/follows from line \d+, which is refuted/.test(note ?? ""),
	);
	const slipped = slips
		.split("\n")
		.flatMap((text, n) => (text.includes("% slip") ? [n + 1] : []));
	expect(blamed.map((s) => s.line)).toEqual(slipped);
	expect(refuted).toHaveLength(11);
}, 60_000);

test("near-misses: a second slip in a derivative, and in an expectation, of what is wrong is blamed", async () => {
	const gradient = "\\frac{\\partial}{\\partial u} (u - v)^2";
	expect(
		await notesOf(wrong, `${gradient} = 2 u + 2 v`, `${gradient} = 2 u + 3 v`),
	).toEqual([
		["refuted", null],
		["refuted", carried],
		["refuted", null],
	]);
});
