import { describe, expect, it } from "vitest";
import { check } from "../../src/index.js";
import { describeGraph } from "../../src/site/graph/describe.js";
import { drawGraph } from "../../src/site/graph/draw.js";
import { layOutGraph, radius } from "../../src/site/graph/geometry.js";
import { graphOf, type ModelGraph } from "../../src/site/graph/model.js";
import { drawnName } from "../../src/site/graph/name.js";

/** The graph of a model whose statements are given as rows. */
async function graph(rows: string, symbols = ""): Promise<ModelGraph> {
	const text = `---\ntitle: A\nsymbols: {${symbols}}\n---\n\n::: model\n$$\n\\begin{aligned}\n${rows}\n\\end{aligned}\n$$\n:::\n`;
	const { context, messages } = await check(text, "a.md");
	const found = graphOf(context);
	if (found === null) throw new Error(JSON.stringify(messages));
	return found;
}

const names = ({ nodes }: ModelGraph) => nodes.map((node) => node.name);
const edges = ({ nodes, edges }: ModelGraph) =>
	edges.map(([from, to]) => `${nodes[from]?.name} ${nodes[to]?.name}`).sort();
const platesOf = ({ nodes }: ModelGraph, name: string) =>
	nodes.find((node) => node.name === name)?.plates;

const mixture = () =>
	graph(String.raw`
\mu_k &\sim \mathcal N(0, \sigma^2 I), & k &= 1,\dots,K \\
c_i &\sim \mathrm{Cat}(1/K,\dots,1/K), & i &= 1,\dots,N \\
x_i \mid c_i, \mu &\sim \mathcal N(\mu_{c_i}, \lambda^2 I), & x_i &\in \mathbb R^D`);

/** Topic models: words in documents, topics apart, a plate in a plate. */
const topics = () =>
	graph(String.raw`
\beta_k &\sim \mathrm{Dir}(\eta,\dots,\eta), & k &= 1,\dots,K, \quad \beta_k \in \mathbb R^V \\
\theta_d &\sim \mathrm{Dir}(\alpha,\dots,\alpha), & d &= 1,\dots,D, \quad \theta_d \in \mathbb R^K \\
z_{dn} \mid \theta &\sim \mathrm{Cat}(\theta_d), & n &= 1,\dots,N \\
w_{dn} \mid z, \beta &\sim \mathrm{Cat}(\beta_{z_{dn}})`);

/** Answers to tasks: the plates of people and of tasks cross. */
const crossed = () =>
	graph(String.raw`
a_i &\sim \mathcal N(0, \sigma^2), & i &= 1,\dots,N \\
b_j &\sim \mathcal N(0, \tau^2), & j &= 1,\dots,M \\
x_{ij} \mid a, b &\sim \mathcal N(a_i + b_j, \lambda^2)`);

describe("graphOf", () => {
	it("finds variables, known parameters and what depends on what", async () => {
		const found = await mixture();
		expect(names(found)).toEqual(["mu", "c", "x", "sigma", "lambda"]);
		expect(found.nodes.map((node) => node.kind)).toEqual([
			"latent",
			"latent",
			"observed",
			"fixed",
			"fixed",
		]);
		expect(edges(found)).toEqual(["c x", "lambda x", "mu x", "sigma mu"]);
		expect(platesOf(found, "mu")).toEqual(["K"]);
		expect(platesOf(found, "x")).toEqual(["N"]);
		expect(platesOf(found, "sigma")).toEqual([]);
	});

	it("puts a variable into each of its plates", async () => {
		const found = await crossed();
		expect(platesOf(found, "x")).toEqual(["N", "M"]);
		expect(edges(found)).toContain("a x");
	});
});

describe("layOutGraph", () => {
	it.each([
		["a mixture", mixture],
		["topics", topics],
		["crossed plates", crossed],
	])("frames what belongs to a plate and nothing else: %s", async (_, make) => {
		const found = await make();
		const geometry = layOutGraph(found);
		for (const [p, plate] of geometry.plates.entries())
			for (const [n, { x, y }] of geometry.centres.entries()) {
				const belongs = found.nodes[n]?.plates.includes(
					found.plates[p]?.key ?? "",
				);
				const inside =
					plate.x < x - radius &&
					x + radius < plate.x + plate.width &&
					plate.y < y - radius &&
					y + radius < plate.y + plate.height;
				const outside =
					x + radius < plate.x ||
					plate.x + plate.width < x - radius ||
					y + radius < plate.y ||
					plate.y + plate.height < y - radius;
				expect(belongs ? inside : outside).toBe(true);
			}
	});

	it("keeps nodes apart and all of it in the picture", async () => {
		const { centres, plates, width, height } = layOutGraph(await topics());
		for (const [n, a] of centres.entries())
			for (const b of centres.slice(n + 1))
				expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * radius);
		for (const plate of plates) {
			expect(plate.x).toBeGreaterThanOrEqual(0);
			expect(plate.x + plate.width).toBeLessThanOrEqual(width);
			expect(plate.y + plate.height).toBeLessThanOrEqual(height);
		}
	});

	it("is the same each time", async () => {
		expect(layOutGraph(await topics())).toEqual(layOutGraph(await topics()));
	});
});

describe("drawGraph", () => {
	it("has a name and a description for those who cannot see it", async () => {
		const found = await mixture();
		const { text } = drawGraph(found, "page-graph");
		expect(text).toContain(
			'aria-labelledby="page-graph-title page-graph-text"',
		);
		expect(describeGraph(found)).toContain(
			"x i, observed, for each i from 1 to N, depends on μ k, c i and λ.",
		);
		expect(text.match(/<circle class="node/g)).toHaveLength(3);
		expect(text.match(/<circle class="dot/g)).toHaveLength(2);
		expect(text.match(/<rect class="plate/g)).toHaveLength(2);
	});
});

describe("drawnName", () => {
	it.each([
		["\\mu", "k", "μ", "k"],
		["m_{0}", "", "m", "0"],
		["\\alpha_{0}", "i", "α", "0,i"],
		["\\boldsymbol{\\theta}", "d", "θ", "d"],
		["\\hat{m}", "", "m\u0302", ""],
		["<b>", "", "<b>", ""],
	])("draws %s with indices %s", (latex, indices, base, subscript) => {
		expect(drawnName(latex, indices)).toMatchObject({ base, subscript });
	});
});
