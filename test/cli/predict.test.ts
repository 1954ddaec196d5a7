import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

/** Two known clumps: with σ → 0 around m = ∓1 nothing is left to learn but who belongs where. */
const sheet = `
::: model
$$
\\begin{aligned}
\\mu_k &\\sim \\mathcal N(0, \\sigma^2), & k &= 1,\\dots,K \\\\
c_i &\\sim \\mathrm{Cat}(1/K,\\dots,1/K), & i &= 1,\\dots,N \\\\
x_i \\mid c_i, \\mu &\\sim \\mathcal N(\\mu_{c_i}, \\lambda^2)
\\end{aligned}
$$
:::

::: family
$$ q(\\mu, c) = \\prod_{k=1}^K \\mathcal N(\\mu_k \\mid m_k, s_k^2) \\prod_{i=1}^N \\mathrm{Cat}(c_i \\mid \\phi_i) $$
:::

::: updates
$$ \\phi_{ik} \\propto \\exp\\Big\\{\\frac{1}{\\lambda^2}\\Big(x_i m_k - \\frac{m_k^2 + s_k^2}{2}\\Big)\\Big\\} $$
$$ s_k^2 = \\Big(\\frac{1}{\\sigma^2} + \\frac{1}{\\lambda^2} \\sum_{i=1}^N \\phi_{ik}\\Big)^{-1}, \\qquad m_k = \\frac{s_k^2}{\\lambda^2} \\sum_{i=1}^N \\phi_{ik} x_i $$
:::
`;

const data = "w,name\n-1,a\n-1.5,b\n-0.5,c\n1,d\n1.5,e\n0.5,f\n";
const fit = [
	..."fit two.md --data old.csv --columns w --out result.json".split(" "),
	..."--set K=2 --set sigma=10 --set lambda=0.5".split(" "),
];
const predict = [
	..."predict two.md --result result.json --data new.csv".split(" "),
];

function fitted(more: readonly string[] = []): string {
	const folder = folderWith({ "two.md": sheet, "old.csv": data });
	expect(tightbound(folder, [...fit, ...more]).code).toBe(0);
	return folder;
}

function read(folder: string, name: string) {
	return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

/** φ by its formula, for the component with the lower mean. */
function share(x: number, m: number[], s: number[]): number {
	const weight = (k: number) =>
		Math.exp(
			(x * (m[k] as number) -
				((m[k] as number) ** 2 + (s[k] as number) ** 2) / 2) /
				0.5 ** 2,
		);
	return weight(0) / (weight(0) + weight(1));
}

describe("predict", () => {
	it("gives the local parameters of new rows, as CSV and as JSON", () => {
		const folder = fitted();
		const { m, s } = read(folder, "result.json").parameters;
		const rows = [-2, -0.1, 0.3];
		const piped = tightbound(
			folder,
			[...predict.slice(0, -1), "-"],
			{},
			`w\n${rows.join("\n")}\n`,
		);
		expect(piped.err).toBe("");
		const [header, ...lines] = piped.out.trim().split("\n");
		expect(header).toBe("phi[1],phi[2]");
		expect(lines).toHaveLength(3);
		lines.forEach((line, n) => {
			const [first, second] = line.split(",").map(Number) as [number, number];
			expect(first).toBeCloseTo(share(rows[n] as number, m, s), 12);
			expect(first + second).toBeCloseTo(1, 14);
		});
		const out = ["--data", "old.csv", "--out", "new.json"];
		expect(tightbound(folder, [...predict, ...out]).out).toBe(
			"wrote new.json\n",
		);
		expect(read(folder, "new.json").phi).toHaveLength(6);
	});

	it("brings new data to the scale of the fit", () => {
		const folder = fitted(["--standardize"]);
		const { settings, parameters } = read(folder, "result.json");
		// −1, −1.5, −0.5, 1, 1.5, 0.5: their squares add up to 7.
		const deviation = Math.sqrt(7 / 6);
		expect(settings.standardized.w.mean).toBeCloseTo(0, 14);
		expect(settings.standardized.w.deviation).toBeCloseTo(deviation, 14);
		const { out } = tightbound(
			folder,
			[...predict.slice(0, -1), "-"],
			{},
			"w\n0.4\n",
		);
		const first = Number(out.split("\n")[1]?.split(",")[0]);
		const { m, s } = parameters;
		expect(first).toBeCloseTo(share(0.4 / deviation, m, s), 12);
	});

	it("refuses the result of another sheet", () => {
		const folder = folderWith({
			"two.md": sheet,
			"new.csv": "w\n1\n",
			"result.json":
				'{"hash":"0","parameters":{},"known":{},"settings":{"inputs":{}}}',
		});
		const { code, err, out } = tightbound(folder, predict);
		expect([code, out]).toEqual([2, ""]);
		expect(err).toBe(
			"two.md:1:1: result.json is the result of another text of the sheet; expected the sheet as it was fitted, or a new fit\n",
		);
	});
});

describe("data for a fit", () => {
	it("may come from standard input, compressed", () => {
		const folder = folderWith({ "two.md": sheet });
		const args = fit.map((arg) => (arg === "old.csv" ? "-" : arg));
		const { code, out } = tightbound(folder, args, {}, gzipSync(data));
		expect([code, out.split(":")[0]]).toEqual([0, "6 rows"]);
		expect(read(folder, "result.json").settings.inputs).toEqual({ x: ["w"] });
	});

	it("starts from a result, which is where it ends then", () => {
		const folder = fitted();
		const before = read(folder, "result.json");
		const args = [...fit, "--init", "result.json"];
		const again = args.map((a, n) =>
			args[n - 1] === "--out" ? "again.json" : a,
		);
		expect(tightbound(folder, again).code).toBe(0);
		const { parameters, sweeps } = read(folder, "again.json");
		expect(sweeps).toBeLessThanOrEqual(2);
		expect(parameters.m[0]).toBeCloseTo(before.parameters.m[0], 6);
	});
});
