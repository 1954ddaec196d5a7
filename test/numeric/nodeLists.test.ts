import { describe, expect, it } from "vitest";
import { gammaNodes } from "../../src/distributions/gamma/measure.js";
import { doubleDoubles } from "../../src/numeric/doubleDouble.js";
import { dualArithmetic } from "../../src/numeric/dual.js";
import { Estimate } from "../../src/numeric/estimate.js";
import { float64 } from "../../src/numeric/float64.js";

const n = float64.fromNumber;

describe("quadratures that are kept", () => {
	it("are one for equal parameters, and others for other parameters, levels and arithmetics", () => {
		const nodes = gammaNodes(float64, n(2), n(3), 0);
		expect(gammaNodes(float64, n(2), n(3), 0)).toBe(nodes);
		expect(gammaNodes(float64, n(3), n(2), 0)).not.toBe(nodes);
		expect(gammaNodes(float64, n(2), n(3), 1)).not.toBe(nodes);
		const A = doubleDoubles.arithmetic;
		const precise = gammaNodes(A, A.fromNumber(2), A.fromNumber(3), 0);
		expect(precise).not.toBe(nodes);
	});

	it("tell a parameter that lost digits from one that did not", () => {
		const cancelled = new Estimate(2, 1e6, 0);
		const [first] = gammaNodes(float64, cancelled, n(3), 0);
		const [clean] = gammaNodes(float64, n(2), n(3), 0);
		expect(first?.weight.scale).toBeGreaterThan(clean?.weight.scale ?? 0);
	});

	it("are made anew where a parameter varies with the seed of a derivative", () => {
		const D = dualArithmetic(float64);
		const rate = D.lift(n(3));
		const moving = gammaNodes(D, D.seed(n(2)), rate, 0);
		expect(gammaNodes(D, D.seed(n(2)), rate, 0)).not.toBe(moving);
		const still = gammaNodes(D, D.lift(n(2)), rate, 0);
		expect(still[0]?.weight.slope).toBe(float64.zero);
		expect(moving.some((node) => node.weight.slope.value !== 0)).toBe(true);
	});
});
