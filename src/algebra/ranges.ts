import Fraction from "fraction.js";
import type { BigProduct, BigSum } from "../expr/tree.js";
import { deltaAtom } from "./atoms.js";
import { type Environment, NoNormalForm } from "./environment.js";
import type { Form } from "./form.js";
import { baseOf, type Ix, makeIx, shiftOf } from "./ix.js";
import { atomForm, minus, plus, scale, signForm, times, unit } from "./ring.js";
import { indexValue, type Scope } from "./scope.js";

/** Partial ranges as sums of δ and sgn over the whole range. Sizes are at least 1. */

const furthestShift = 4;

/** 1[a < b] = ½ (1 − δ_ab + sgn(a, b)). */
export function lessThan(env: Environment, a: Ix, b: Ix): Form {
	if (baseOf(a) === "" && baseOf(b) === "")
		return shiftOf(a) < shiftOf(b) ? unit : minus(unit, unit);
	const half = new Fraction(1, 2);
	const apart = minus(unit, atomForm(env, deltaAtom(a, b)));
	return scale(
		plus(apart, times(env, unit, signForm(a, b, new Fraction(1)))),
		half,
	);
}

function atMost(env: Environment, a: Ix, b: Ix): Form {
	return minus(unit, lessThan(env, b, a));
}

/** 1 where `n` lies within the bounds of the sign and is not left out, 0 elsewhere. */
export function rangeGuard(
	env: Environment,
	e: BigSum | BigProduct,
	n: Ix,
	scope: Scope,
): Form {
	const lower = lowerGuard(env, indexValue(e.lower, scope), n);
	const upper = upperGuard(env, indexValue(e.upper, scope), n, String(e.range));
	const others = e.except.map((x) =>
		minus(unit, atomForm(env, deltaAtom(n, indexValue(x, scope)))),
	);
	return [lower, upper, ...others].reduce((a, b) => times(env, a, b), unit);
}

/** n ≥ lower. */
function lowerGuard(env: Environment, lower: Ix, n: Ix): Form {
	if (baseOf(lower) === "")
		return leavingOut(env, n, numbersBelow(shiftOf(lower)));
	if (shiftOf(lower) === 0) return atMost(env, lower, n);
	if (shiftOf(lower) === 1) return lessThan(env, baseOf(lower), n);
	throw new NoNormalForm("a lower bound with a shift beyond 1");
}

/** n ≤ upper. */
function upperGuard(env: Environment, upper: Ix, n: Ix, range: string): Form {
	if (upper === range) return unit;
	if (
		baseOf(upper) === baseOf(range) &&
		baseOf(range) !== "" &&
		shiftOf(upper) < 0
	) {
		const steps = Array.from({ length: -shiftOf(upper) }, (_, j) =>
			makeIx(range, -j),
		);
		if (steps.length <= furthestShift) return leavingOut(env, n, steps);
	}
	if (baseOf(upper) === "" || env.context.sizes.has(baseOf(upper)))
		throw new NoNormalForm(`the bound ${upper} of a sum over 1…${range}`);
	if (shiftOf(upper) === 0) return atMost(env, n, upper);
	if (shiftOf(upper) === -1) return lessThan(env, n, baseOf(upper));
	throw new NoNormalForm("an upper bound with a shift beyond 1");
}

function numbersBelow(lower: number): Ix[] {
	if (lower < 1 || lower - 1 > furthestShift)
		throw new NoNormalForm(`the lower bound ${lower} of a sum`);
	return Array.from({ length: lower - 1 }, (_, j) => String(j + 1));
}

/** 1 − Σ δ over values that are different from each other. */
function leavingOut(env: Environment, n: Ix, values: readonly Ix[]): Form {
	return values.reduce(
		(acc, v) => minus(acc, atomForm(env, deltaAtom(n, v))),
		unit,
	);
}
