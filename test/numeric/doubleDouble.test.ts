import Fraction from "fraction.js";
import { describe, expect, it } from "vitest";
import {
	type DoubleDouble,
	doubleDoubles,
} from "../../src/numeric/doubleDouble.js";
import { digamma, lgamma } from "../../src/numeric/special.js";

const { numbers: N, arithmetic: A } = doubleDoubles;
const x = N.fromNumber(0.3);
const y = N.fromNumber(-7.25);

/** How far a result is from a decimal, relative to it. */
function misses(found: DoubleDouble, want: string): number {
	const apart = N.sub(found, N.fromFraction(new Fraction(want)));
	return Math.abs(apart.hi / Number(want));
}

describe("double-doubles", () => {
	// mpmath at 50 digits.
	it.each([
		["0.3 · −7.25", N.mul(x, y), "-2.17500000000000000000000000000000"],
		["0.3 / −7.25", N.div(x, y), "-0.041379310344827586206896551724138"],
		["ln 0.3", N.ln(x), "-1.2039728043259359926227462177618"],
		["exp −7.25", N.exp(y), "0.00071017438884254906358460037057754"],
		["exp 0.3", N.exp(x), "1.349858807576003103983744313328"],
		["√0.3", N.pow(x, N.fromNumber(0.5)), "0.5477225575051661134569697828008"],
		["0.3^−7", N.pow(x, N.fromNumber(-7)), "4572.4737082761774119798811156836"],
		["0.3^0.3", N.pow(x, x), "0.6968453019359489301421350256925"],
		[
			"ln Γ(0.3)",
			lgamma(A, A.fromNumber(0.3)).value,
			"1.0957979948180755216771681423701",
		],
		[
			"ψ(0.3)",
			digamma(A, A.fromNumber(0.3)).value,
			"-3.5025242222001329889644945073720",
		],
	] as const)("%s", (_, found, want) => {
		expect(misses(found, want)).toBeLessThan(2e-30);
	});

	it("take a number for the decimal that it prints as", () => {
		const third = N.mul(N.fromNumber(0.1), N.fromNumber(3));
		expect(Math.abs(N.sub(third, x).hi)).toBeLessThan(1e-32);
		expect(N.fromNumber(1e22)).toEqual({ hi: 1e22, lo: 0 });
		const small = N.mul(N.fromNumber(2.5e-7), N.fromNumber(4e6));
		expect(Math.abs(N.sub(small, N.fromNumber(1)).hi)).toBeLessThan(1e-31);
	});

	it("keep what doubles lose when terms cancel", () => {
		const one = N.fromNumber(1);
		const tiny = N.fromNumber(1e-25);
		expect(N.sub(N.add(one, tiny), one).hi).toBeCloseTo(1e-25, 31);
		expect(N.ln(N.add(one, tiny)).hi / 1e-25).toBeCloseTo(1, 5);
	});

	it("are not finite where there is no value, and beyond their range", () => {
		for (const found of [
			N.ln(y),
			N.ln(N.fromNumber(0)),
			N.div(x, N.fromNumber(0)),
			N.pow(y, N.fromNumber(0.5)),
			N.exp(N.fromNumber(1000)),
			N.pow(N.fromNumber(1e200), N.fromNumber(2)),
		])
			expect(N.isFinite(found)).toBe(false);
	});

	it("count what underflow loses as an error", () => {
		const factor = A.exp(A.fromNumber(-800));
		expect(factor.error).toBeGreaterThan(0);
		expect(A.div(factor, factor).error).not.toBeLessThan(1);
	});
});
