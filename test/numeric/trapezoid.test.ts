import { describe, expect, it } from "vitest";
import { betaNodes } from "../../src/distributions/beta/measure.js";
import { float64 } from "../../src/numeric/float64.js";
import { Undecided } from "../../src/numeric/undecided.js";

const nodes = (a: number, b: number) =>
	betaNodes(float64, float64.fromNumber(a), float64.fromNumber(b), 0);

describe("quadrature of a Beta", () => {
	it("is refused for a shape so small that the points would fill the memory", () => {
		expect(() => nodes(1e-12, 1)).toThrow(Undecided);
	});

	it.each([0.1, 0.5, 40])("adds up to 1 for a shape of %d", (shape) => {
		const weights = nodes(shape, 1.5).map((n) => float64.toNumber(n.weight));
		expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
	});
});
