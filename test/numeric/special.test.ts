import { describe, expect, it } from "vitest";
import { decimals } from "../../src/numeric/decimals.js";
import { dualArithmetic } from "../../src/numeric/dual.js";
import { float64 } from "../../src/numeric/float64.js";
import { hermiteRule } from "../../src/numeric/hermite.js";
import { digamma, gamma, lgamma, trigamma } from "../../src/numeric/special.js";

describe("special functions", () => {
	// scipy.special: gamma, gammaln, digamma, polygamma(1, ·).
	it.each([
		[
			0.1, 9.513507698668732, 2.252712651734206, -10.423754940411076,
			101.43329915079275,
		],
		[
			0.7, 1.2980553326475581, 0.2608672465316665, -1.2200235536979347,
			2.8340491566946113,
		],
		[1, 1, 0, -0.5772156649015329, 1.6449340668482266],
		[
			2.5, 1.329340388179137, 0.2846828704729192, 0.7031566406452432,
			0.4903577561002349,
		],
		[
			10.3, 716430.6890623764, 13.482036786138359, 2.2828154464391224,
			0.1019525961709919,
		],
		[
			55, 2.308436973392414e71, 164.3201122631952, 3.9982147288427368,
			0.01834810912486842,
		],
	])("at %d agree with scipy", (x, g, lg, psi, psi1) => {
		const at = float64.fromNumber(x);
		expect(gamma(float64, at).value / g).toBeCloseTo(1, 13);
		expect(lgamma(float64, at).value).toBeCloseTo(lg, 11);
		expect(digamma(float64, at).value).toBeCloseTo(psi, 12);
		expect(trigamma(float64, at).value).toBeCloseTo(psi1, 11);
	});

	it("go below 0 where the function is defined", () => {
		const x = float64.fromNumber(-1.5);
		expect(gamma(float64, x).value).toBeCloseTo(2.363271801207355, 12);
		expect(digamma(float64, x).value).toBeCloseTo(0.7031566406452434, 12);
		expect(gamma(float64, float64.fromNumber(-2)).value).not.toBeLessThan(
			Number.POSITIVE_INFINITY,
		);
		expect(lgamma(float64, float64.fromNumber(-0.5)).value).toBeNaN();
	});

	it("have 38 digits in decimals", async () => {
		const { arithmetic: big } = await decimals(40);
		const x = big.fromNumber(0.3);
		// mpmath, 45 digits.
		const agrees = (found: { value: { toString(): string } }, want: string) =>
			expect(found.value.toString().slice(0, 39)).toBe(want.slice(0, 39));
		agrees(lgamma(big, x), "1.09579799481807552167716814237010727844514845");
		agrees(digamma(big, x), "-3.50252422220013298896449450737198159953790829");
		agrees(trigamma(big, x), "12.2453645461077304654736035330887364357177828");
	});

	it("are each other's derivatives through dual numbers", () => {
		const duals = dualArithmetic(float64);
		const x = duals.seed(float64.fromNumber(2.3));
		expect(lgamma(duals, x).slope.value).toBeCloseTo(
			digamma(float64, x.value).value,
			12,
		);
		expect(digamma(duals, x).slope.value).toBeCloseTo(
			trigamma(float64, x.value).value,
			12,
		);
	});
});

describe("Gauss–Hermite rules", () => {
	it("integrate the moments of a standard normal up to degree 2n − 1", () => {
		const moments = [1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0];
		for (const n of [4, 6, 22]) {
			const { nodes, weights } = hermiteRule(float64, n);
			moments.slice(0, 2 * n).forEach((want, power) => {
				const got = nodes.reduce(
					(sum, x, i) => sum + (weights[i]?.value ?? 0) * x.value ** power,
					0,
				);
				expect(got).toBeCloseTo(want, 10);
			});
		}
	});

	it("do so to the last of 40 digits", async () => {
		const { arithmetic: big } = await decimals(40);
		const { nodes, weights } = hermiteRule(big, 6);
		const fourth = nodes.reduce(
			(sum, x, i) =>
				big.add(
					sum,
					big.mul(
						weights[i] ?? big.zero,
						big.mul(big.mul(x, x), big.mul(x, x)),
					),
				),
			big.zero,
		);
		expect(Math.abs(fourth.value.minus(3).toNumber())).toBeLessThan(1e-37);
	});
});
