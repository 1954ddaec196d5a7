import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { Factor } from "../form.js";
import { minus, product, times } from "../ring.js";
import { isPositive } from "../signs.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	productOf,
	type Summand,
	summands,
	sumOverAll,
} from "./summand.js";

/**
 * Σ w x² ≥ (Σ w x)² / Σ w for weights w ≥ 0 with Σ w > 0: a variance is not negative; written with y = w x it is
 * Σ y²/w ≥ (Σ y)² / Σ w. Hardy, Littlewood and Pólya, Inequalities (1952), theorem 16.
 */
export const varianceIsNonnegative: BoundRule = (env, form) =>
	summands(env, form)
		.filter((s) => s.coefficient.s > 0n && s.bound.length > 0)
		.flatMap((s) => spread(env, s));

function isSquare({ exponent }: Factor): boolean {
	return exponent.d === 1n && exponent.n % 2n === 0n;
}

function isInverse({ exponent }: Factor): boolean {
	return exponent.equals(-1);
}

function spread(env: Environment, summand: Summand): readonly Gap[] {
	const bound = new Set(summand.bound.map((b) => b.name));
	const isInside = (f: Factor) =>
		[...f.atom.variables].some((v) => bound.has(v));
	const squares = summand.factors.filter((f) => isSquare(f) && isInside(f));
	const weight = summand.factors
		.filter((f) => !squares.includes(f))
		.map((f) => (isInverse(f) ? { ...f, exponent: f.exponent.neg() } : f));
	const roots = [
		...squares.map((f) => ({ ...f, exponent: f.exponent.div(2) })),
		...summand.factors.filter((f) => isInside(f) && isInverse(f)),
	];
	if (squares.length === 0 || !isNonnegativeProduct(env, weight)) return [];
	const w = product(env, summand.coefficient, weight, []);
	const x = productOf(env, roots);
	const sum = (f: typeof w) => sumOverAll(env, f, summand.bound);
	const total = sum(w);
	if (!isPositive(env, total)) return [];
	const first = sum(times(env, w, x));
	const squareOfMean = times(
		env,
		times(env, first, first),
		env.functions.power(env, total, new Fraction(-1)),
	);
	const second = sum(times(env, w, times(env, x, x)));
	return [
		{
			fact: "a variance is not negative",
			form: minus(second, squareOfMean),
		},
	];
}
