import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fitSheet } from "../../src/solve/index.js";
import { principalComponents } from "../../src/solve/plot/principal.js";
import { mixture, normalMean, poissonMixture } from "../compile/solvables.js";

async function csv(text: string): Promise<string> {
	const path = join(await mkdtemp(join(tmpdir(), "plot-")), "data.csv");
	await writeFile(path, text);
	return path;
}

describe("principal components", () => {
	it("are the directions of most variance, with its parts", () => {
		// 5 u + 2 v + w along three orthogonal directions, whose coordinates are uncorrelated: variances 25 : 4 : 1.
		const [u, v, w] = [
			[2 / 3, 2 / 3, 1 / 3],
			[-2 / 3, 1 / 3, 2 / 3],
			[1 / 3, -2 / 3, 2 / 3],
		] as const;
		const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
			[1, 2, 4].map((bit) => (n & bit ? 1 : -1)),
		) as [number, number, number][];
		const points = corners.flatMap(([a, b, c]) =>
			[0, 1, 2].map(
				(d) =>
					100 +
					5 * a * (u[d] as number) +
					2 * b * (v[d] as number) +
					c * (w[d] as number),
			),
		);
		const { xs, ys, shares } = principalComponents(points, 3);
		corners.forEach(([a, b], n) => {
			expect(xs[n]).toBeCloseTo(5 * a, 9);
			// The largest entry of a direction is positive, which is −v's here or v's: they are equal in size.
			expect(Math.abs(ys[n] ?? 0)).toBeCloseTo(Math.abs(2 * b), 9);
		});
		expect(shares[0]).toBeCloseTo(25 / 30, 12);
		expect(shares[1]).toBeCloseTo(4 / 30, 12);
	});

	it.each([
		["one point", [1, 2, 3]],
		["points that coincide", [1, 2, 3, 1, 2, 3, 1, 2, 3]],
		["points on a line", [1, 1, 1, 2, 2, 2, 3, 3, 3]],
	])("of %s are finite", (_, points) => {
		const { xs, ys, shares } = principalComponents(points, 3);
		expect([...xs, ...ys, ...shares].every(Number.isFinite)).toBe(true);
	});
});

describe("the plot of a fit", () => {
	it("of more than two columns shows their plane of most variance", async () => {
		const rows = ["u,v,w", "0,0,0", "1,1,1", "10,10,0", "11,11,1", "0,1,0"];
		const fit = await fitSheet(mixture(), {
			data: await csv(`${rows.join("\n")}\n`),
			set: { K: 2, sigma: 10, lambda: 1 },
		});
		expect(fit.plotSvg).toMatch(/first principal component \(9\d % of the/);
		expect(fit.plotSvg).toContain("3 columns projected");
		expect(fit.plotSvg).not.toMatch(/NaN|undefined|Infinity/);
	});

	it("of counts has a bar for each number, divided among the components", async () => {
		const fit = await fitSheet(poissonMixture(), {
			data: await csv("n\n0\n1\n1\n9\n9\n9\n"),
			set: { K: 2, alpha: 1, beta: 1 },
		});
		// Ten numbers from 0 to 9, two components each; page and two frames; a mark for each component.
		expect(fit.plotSvg.match(/<rect /g)).toHaveLength(10 * 2 + 3);
		expect(fit.plotSvg.match(/class="spread"/g)).toHaveLength(2);
		expect(fit.plotSvg).not.toMatch(/NaN|undefined|Infinity/);
	});

	it("of a column that does not vary, and of a single point", async () => {
		for (const text of ["u\n3\n3\n3\n", "u\n3\n", "u,v,w\n1,2,3\n"]) {
			const fit = await fitSheet(normalMean(), {
				data: await csv(text),
				set: { sigma: 1, lambda: 1 },
			});
			expect(fit.plotSvg).not.toMatch(/NaN|undefined|Infinity/);
		}
	});

	it("says that the columns are standardized", async () => {
		const fit = await fitSheet(normalMean(), {
			data: await csv("u\n1\n2\n3\n"),
			standardize: true,
			set: { sigma: 1, lambda: 1 },
		});
		expect(fit.plotSvg).toContain("u, standardized");
	});
});
