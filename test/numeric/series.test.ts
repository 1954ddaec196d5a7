import { describe, expect, test } from "vitest";
import { float64 } from "../../src/numeric/float64.js";
import { seriesOf } from "../../src/numeric/series.js";
import { Undecided } from "../../src/numeric/undecided.js";

const sum = (term: (k: number) => number): number =>
	float64.toNumber(seriesOf(float64, (k) => float64.fromNumber(term(k))));

describe("series over all counts", () => {
	test.each([
		["a geometric one", (k: number) => 0.9 ** k, 10],
		["an arithmetic-geometric one", (k: number) => k * 0.5 ** k, 2],
		["with signs", (k: number) => (-0.5) ** k, 2 / 3],
		["that ends", (k: number) => (k <= 40 ? k : 0), 820],
		["of nothing", () => 0, 0],
	])("%s", (_, term, value) => {
		expect(sum(term)).toBeCloseTo(value, 10);
	});

	test.each([
		["falls slowly", (k: number) => 1 / (k + 1) ** 2],
		["diverges", (k: number) => 1 / (k + 1)],
		["grows", (k: number) => 1.5 ** k],
		["is undefined somewhere", (k: number) => 1 / (k - 3)],
	])("one that %s decides nothing", (_, term) => {
		expect(() => sum(term)).toThrow(Undecided);
	});
});
