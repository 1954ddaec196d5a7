import { describe, expect, test } from "vitest";
import { add, index, log, mul, num, symbol } from "../../src/expr/build.js";
import type { Expr } from "../../src/expr/tree.js";
import { evaluateByTerms } from "../../src/numeric/index.js";
import { context, worldOf } from "./mixture.js";

const world = worldOf(
	{ N: 2, K: 2, D: 1 },
	{ s: [0.5, 4], lambda: 3, sigma: 2 },
	{ k: 2 },
);
const s = symbol("s", [index("k")]);
const lambda = symbol("lambda");
const sumOf = (...terms: readonly Expr[]) =>
	evaluateByTerms(add(...terms), world, context);

describe("a sum is evaluated term by term", () => {
	test("its value, and the size of all that was added up", () => {
		const { values, scale, status } = sumOf(
			mul(num(2), s),
			mul(num(-1), lambda),
			num(0.25),
		);
		expect(status).toBe("ok");
		expect(values[0]).toBeCloseTo(2 * 4 - 3 + 0.25, 14);
		expect(scale[0]).toBeCloseTo(8 + 3 + 0.25, 14);
	});

	test("a sum that shares terms with another one has a value of its own", () => {
		const shared = mul(lambda, lambda);
		expect(sumOf(shared, s, num(1)).values[0]).toBeCloseTo(14, 14);
		expect(sumOf(shared, s, num(-1)).values[0]).toBeCloseTo(12, 14);
	});

	test("one undefined term makes it undefined", () => {
		const { status } = sumOf(s, lambda, log(mul(num(-1), lambda)));
		expect(status).toBe("undefined");
	});
});
