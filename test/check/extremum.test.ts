import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** `\arg\max_θ f = g`: maximisers by school calculus, and near-misses of each. */

const head = `---
symbols: {a: positive, b: positive, t: positive, u: real, g: real, h: "real[N]", m: "real[K]", w: "real[D]", c: "real[D]", r: "simplex[K]"}
---

`;

async function verdicts(...steps: readonly string[]) {
	const text = head + steps.map((s) => `$$ ${s} $$\n`).join("\n");
	const { steps: checked } = await checkSheet(text, "extremum.md", {});
	return checked.map((s) => s.verdict);
}

const parabola = String.raw`\arg\max_u -(u - g)^2`;
const gamma = String.raw`\operatorname*{argmax}_t \left[ a \log t - b t \right]`;
const squares = String.raw`\arg\min_{m_k} \sum_{i=1}^N \sum_{k=1}^K (h_i - m_k)^2`;
const vector = String.raw`\underset{w}{\arg\max} \; c^\top w - \tfrac12 \lVert w \rVert^2`;

describe("the value of an argmax", () => {
	test.each([
		[parabola, "g", "g + 1"],
		[String.raw`\arg\min_u \{ (u - g)^2 + a \}`, "g", "-g"],
		[gamma, String.raw`\frac ab`, String.raw`\frac ba`],
		[
			squares,
			String.raw`\frac 1N \sum_{i=1}^N h_i`,
			String.raw`\sum_{i=1}^N h_i`,
		],
		[vector, "c", "2 c"],
	])("%s = %s is proved, and %s is refuted", async (argmax, right, wrong) => {
		expect(await verdicts(`${argmax} = ${right}`)).toEqual(["proved"]);
		expect(await verdicts(`${argmax} = ${wrong}`)).toEqual(["refuted"]);
	});

	test("is not where the function is least", async () => {
		expect(await verdicts(String.raw`\arg\max_u (u - g)^2 = g`)).toEqual([
			"refuted",
		]);
	});

	test("lies in the variable's domain", async () => {
		expect(await verdicts(String.raw`\arg\max_t -(t - g)^2 = g`)).toEqual([
			"refuted",
		]);
		expect(await verdicts(String.raw`\arg\max_t -(t - a)^2 = a`)).toEqual([
			"proved",
		]);
	});

	test("is stationary, even where no better point was met by chance", async () => {
		expect(
			await verdicts(String.raw`\arg\max_u -(u - g)^2 = g + 10^{-9}`),
		).toEqual(["refuted"]);
	});

	test("names what stands left of it", async () => {
		const steps = [
			String.raw`\hat u = ${parabola} = g`,
			String.raw`\hat u^2 = g^2`,
			String.raw`\hat u = g + 1`,
		];
		expect(await verdicts(...steps)).toEqual([
			"given",
			"proved",
			"proved",
			"refuted",
		]);
	});
});

test("a name does not stand for a value that the argmax has not", async () => {
	const steps = [
		String.raw`\hat u = ${parabola} = g + 1`,
		String.raw`\hat u = g + 1`,
	];
	expect(await verdicts(...steps)).toEqual(["given", "refuted", "unread"]);
});

describe("two argmax are equal", () => {
	test.each([
		[parabola, String.raw`\arg\max_u a - (u - g)^2`],
		[String.raw`\arg\max_u e^{-u^2}`, String.raw`\arg\max_u -u^2`],
		[parabola, String.raw`\arg\min_u (u - g)^2`],
	])("%s and %s", async (left, right) => {
		expect(await verdicts(`${left} = ${right}`)).toEqual(["proved"]);
	});

	test("up to a factor and a constant together", async () => {
		const right = String.raw`\arg\max_u -2 (u - g)^2 + b`;
		expect(await verdicts(`${parabola} = ${right}`)).toEqual(["agrees"]);
	});

	test.each([
		[parabola, String.raw`\arg\max_u (u - g)^2`],
		[parabola, String.raw`\arg\max_u -(u - g)^2 + b u`],
		[parabola, String.raw`\arg\max_t -(t - g)^2`],
	])("which is not said of %s and %s", async (left, right) => {
		expect(await verdicts(`${left} = ${right}`)).not.toContain("proved");
		expect(await verdicts(`${left} = ${right}`)).not.toContain("agrees");
	});
});

test.each([
	String.raw`1 + \arg\max_u -u^2 = 1`,
	String.raw`\arg\max_i h_i = 1`,
	String.raw`\arg\max_{u, g} -u^2 = g`,
	String.raw`\arg\max_u w = g`,
	String.raw`\arg\max -u^2 = 0`,
	String.raw`\arg\max_u -u^2 \propto g`,
	String.raw`\arg\max_{r_k} \sum_k a \log r_k = \frac1K`,
	String.raw`\arg\max_u -(u - g)^2 = g + u - u`,
])("%s is unread", async (step) => {
	expect(await verdicts(step)).toEqual(["unread"]);
});

describe("an argmax beside an arrow", () => {
	test.each([
		String.raw`u = g \implies u = \arg\max_u u^2`,
		String.raw`u = g \implies \arg\max_u u^2 = \arg\max_u g u`,
		String.raw`u = \arg\max_u u^2 \implies u = g`,
		String.raw`u = \arg\max_u -(u - g)^2 \iff u = g`,
	])("%s is neither proved nor refuted", async (step) => {
		const said = await verdicts(step);
		expect(said.filter((v) => v !== "unread" && v !== "given")).toEqual([]);
	});

	test("is no premise of the next display either", async () => {
		const said = await verdicts(
			String.raw`u = \arg\max_u u^2`,
			String.raw`\implies u = g`,
		);
		expect(said).toEqual(["given", "unread"]);
	});
});

test("an argmax is no update", async () => {
	const text = String.raw`::: model
$$ \mu \sim \mathcal N(0, \tau^2) $$
:::

::: family
$$ q(\mu) = \mathcal N(\mu \mid m, s^2) $$
:::

::: updates
$$ m = \arg\max_m \mathcal L, \qquad s = \arg\max_s \mathcal L $$
:::
`;
	const { updates } = await checkSheet(text, "argmax.md", {});
	expect(updates.map((u) => u.verdict)).toEqual(["unread", "unread"]);
});
