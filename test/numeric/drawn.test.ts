import { describe, expect, test } from "vitest";
import { lastStep } from "../check/sheet.js";

const symbols = "a: real, g: real, h: real, p: probability";
const verdict = async (step: string) => (await lastStep(symbols, step)).verdict;

/** s ∼ Ber(p), u ∼ N(g, 1), v ∼ N(h, 1). */
const mean = (body: string) =>
	String.raw`\mathbb E_{s \sim \mathrm{Bernoulli}(p)}[\mathbb E_{u \sim \mathcal N(g, 1)}[\mathbb E_{v \sim \mathcal N(h, 1)}[${body}]]]`;

describe("a variable behind a factor that is 0 is not looked at", () => {
	test.each([
		`${mean("e^{s u + (1 - s) v}")} = p e^{g + 1/2} + (1 - p) e^{h + 1/2}`,
		String.raw`\left.\frac{\partial}{\partial g} ${mean("(s - 1) u + s v")}\right|_{g = h} = p - 1`,
	])("%s", async (step) => {
		expect(["proved", "agrees"]).toContain(await verdict(step));
	});

	test.each([
		`${mean("e^{s u + (1 - s) v}")} = p e^{h + 1/2} + (1 - p) e^{g + 1/2}`,
		String.raw`\left.\frac{\partial}{\partial g} ${mean("(s - 1) u + s v")}\right|_{g = h} = p`,
	])("near-miss: %s", async (step) => {
		expect(await verdict(step)).toBe("refuted");
	});

	test("unless the derivative of that factor is asked for", async () => {
		const slope = String.raw`\left.\frac{\partial}{\partial a} ${mean("(s - a) u")}\right|_{a = 1}`;
		const steps = [`${slope} = -g`, `${slope} = -(1 - p) g`];
		expect(await Promise.all(steps.map(verdict))).toEqual([
			"proved",
			"refuted",
		]);
	});
});
