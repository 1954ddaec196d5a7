import { expect, test } from "vitest";
import { rootNear } from "../../src/numeric/leastSquares.js";

test("√2 is the root of x² − 2 near 1, and −√2 the one near −1", () => {
	const f = ([x = 0]: readonly number[]) => [x * x - 2];
	expect(rootNear(f, [1], [1e-11])?.[0]).toBeCloseTo(Math.SQRT2, 10);
	expect(rootNear(f, [-1], [1e-11])?.[0]).toBeCloseTo(-Math.SQRT2, 10);
});

test("a double root at 0 is met exactly, one at √2 in eight digits", () => {
	expect(rootNear(([x = 0]) => [3 * x * x], [1], [1e-11])).toEqual([0]);
	const double = ([x = 0]: readonly number[]) => [(x * x - 2) ** 2];
	expect(rootNear(double, [1], [1e-11])?.[0]).toBeCloseTo(Math.SQRT2, 7);
});

test("x² + 1 has no root", () => {
	expect(rootNear(([x = 0]) => [x * x + 1], [1], [1e-11])).toBeNull();
});

test("two equations in two unknowns, and one in three", () => {
	const circle = ([x = 0, y = 0]: readonly number[]) => [
		x * x + y * y - 25,
		x - y - 1,
	];
	const [x, y] = rootNear(circle, [3, 1], [1e-10, 1e-10]) ?? [];
	expect(x).toBeCloseTo(4, 8);
	expect(y).toBeCloseTo(3, 8);
	const plane = ([a = 0, b = 0, c = 0]: readonly number[]) => [a + 2 * b - c];
	const [a = 0, b = 0, c = 0] = rootNear(plane, [1, 1, 1], [1e-11]) ?? [];
	expect(a + 2 * b - c).toBeCloseTo(0, 9);
});
