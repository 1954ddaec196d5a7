import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isNonnegative } from "../../src/algebra/bounds/index.js";
import {
	BudgetSpent,
	environment,
	type Form,
	isZero,
	lower,
	NoNormalForm,
} from "../../src/algebra/index.js";
import { raise } from "../../src/algebra/raise.js";
import { minus } from "../../src/algebra/ring.js";
import { index, mul, num, sub, sum, symbol } from "../../src/expr/build.js";
import type { Expr } from "../../src/expr/tree.js";
import { evaluate, makeWorlds } from "../../src/numeric/index.js";
import { context, drawing, streams, tree, turned } from "./randomTree.js";

/** The two channels share the tree alone; where both have a value for one, the values must be equal. */

/** More cases than a run of the tests takes time for: `TIGHTBOUND_CASES=100000 npx vitest run test/algebra/soundness.test.ts`. */
const cases = Number(process.env.TIGHTBOUND_CASES ?? 0);
const budget = 20_000;

function runs(usual: number, seed: number) {
	return { numRuns: cases || usual, seed, endOnFailure: false };
}

/** The values of trees in every world in which all have one: by world, each with the size of what was added up. */
function valuesOf(trees: readonly Expr[]) {
	return makeWorlds(trees, context, "soundness").flatMap((world) => {
		const found = trees.map((t) => evaluate(t, world, context, 100_000));
		if (!found.every((e) => e.status === "ok")) return [];
		return [
			found.map((e) => ({
				value: e.values[0] as number,
				scale: e.scale[0] as number,
			})),
		];
	});
}

/** The largest relative difference of two trees over the worlds in which both are defined. */
function gap(left: Expr, right: Expr): number {
	let widest = 0;
	for (const [l, r] of valuesOf([left, right])) {
		if (!l || !r) continue;
		const scale = Math.max(l.scale, r.scale, 1e-200);
		if (Number.isFinite(scale))
			widest = Math.max(widest, Math.abs(l.value - r.value) / scale);
	}
	return widest;
}

function attempt<T>(algebra: () => T): T | null {
	try {
		return algebra();
	} catch (error) {
		if (error instanceof NoNormalForm || error instanceof BudgetSpent)
			return null;
		throw error;
	}
}

describe("the normal form and the witness", () => {
	test("a tree and its normal form have the same value in every world", () => {
		fc.assert(
			fc.property(streams, (numbers) => {
				const e = tree(drawing(numbers), 3);
				const env = environment(context, budget);
				const form = attempt(() => raise(env, lower(env, e)));
				return form === null || gap(e, form) < 1e-7;
			}),
			runs(800, 7),
		);
	});

	test("what is shown to be zero is zero in every world", () => {
		fc.assert(
			fc.property(streams, streams, (one, other) => {
				const left = tree(drawing(one), 2);
				const right = tree(drawing(other), 2);
				const env = environment(context, budget);
				const zero = attempt(() => isZero(env, lower(env, sub(left, right))));
				return zero !== true || gap(left, right) < 1e-7;
			}),
			runs(800, 11),
		);
	});

	test("what is shown not to be negative is not negative in any world", () => {
		fc.assert(
			fc.property(streams, (numbers) => {
				const e = tree(drawing(numbers), 2);
				const env = environment(context, budget);
				const shown = attempt(() => isNonnegative(env, lower(env, e)));
				return (
					shown !== true ||
					valuesOf([e]).every(
						([v]) => !v || v.value >= -1e-9 * Math.max(v.scale, 1e-200),
					)
				);
			}),
			runs(150, 17),
		);
	});

	test("near-miss: twice a tree is not the tree", () => {
		const env = environment(context);
		const e = sum("n", "N", mul(symbol("a", [index("n")]), symbol("c")));
		expect(isZero(env, lower(env, sub(mul(num(2), e), e)))).toBe(false);
	});
});

/** Of more than six indices over one range not every naming is tried (`canonical.ts`), and two names may be left for one term. */
function isNamedInOneWay(form: Form): boolean {
	return [...form.terms.values()].every(({ bound }) =>
		bound.every(
			({ range }) => bound.filter((b) => b.range === range).length <= 6,
		),
	);
}

describe("the normal form", () => {
	test("is that of itself", () => {
		fc.assert(
			fc.property(streams, (numbers) => {
				const e = tree(drawing(numbers), 3);
				const env = environment(context, budget);
				const isSame = attempt(() => {
					const form = lower(env, e);
					if (!isNamedInOneWay(form)) return true;
					const again = lower(env, raise(env, form));
					return again.key === form.key || isZero(env, minus(again, form));
				});
				return isSame !== false;
			}),
			runs(500, 13),
		);
	});

	test("does not depend on the order of terms and factors, nor on the names of bound indices", () => {
		fc.assert(
			fc.property(streams, (numbers) => {
				const e = tree(drawing(numbers), 3);
				const env = environment(context, budget);
				const isSame = attempt(() => {
					const [one, other] = [lower(env, e), lower(env, turned(e))];
					if (!isNamedInOneWay(one)) return true;
					return one.key === other.key || isZero(env, minus(one, other));
				});
				return isSame !== false;
			}),
			runs(500, 19),
		);
	});
});
