import type { Environment } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { minus, nought, plus, product, times, unit } from "../ring.js";
import { signOf } from "../signs.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	type Summand,
	summands,
	sumOverAll,
} from "./summand.js";

/** c e^a under sums: a point of the exponential function, with its weight. */
interface Point {
	readonly at: Form;
	readonly weight: Form;
	readonly bound: Summand["bound"];
}

/**
 * e^a ≥ e^m (1 + a − m), averaged: Σ w (e^a − e^m (1 + a − m)) ≥ 0 for weights w ≥ 0. With m = Σ w a it is Jensen's inequality
 * for exp. Boyd and Vandenberghe, Convex Optimization (2004), (3.2) and (3.5).
 */
export const tangentOfExponential: BoundRule = (env, form) => {
	const points = pointsOf(env, form);
	return basesOf(form).flatMap((base): Gap[] => {
		const others = points.filter((p) => p.at.key !== base.key);
		if (others.length === 0) return [];
		const parts = others.map((p) => aboveTangent(env, p, base));
		const fact = others.some((p) => p.bound.length > 0)
			? "Jensen's inequality for exp"
			: "e^x lies above its tangents";
		return [{ fact, form: plus(...parts) }];
	});
};

function aboveTangent(env: Environment, point: Point, base: Form): Form {
	const { apply } = env.functions;
	const tangent = times(
		env,
		apply(env, "exp", base),
		plus(unit, minus(point.at, base)),
	);
	const gap = minus(apply(env, "exp", point.at), tangent);
	return sumOverAll(env, times(env, point.weight, gap), point.bound);
}

function exponentOf(factors: readonly Factor[]): Form | null {
	const found = factors.find(
		(f) => f.atom.kind === "function" && f.atom.name === "exp",
	);
	return found?.atom.kind === "function" && found.exponent.equals(1)
		? found.atom.argument
		: null;
}

/** Where a tangent may touch: exponents outside of all sums, and 0. */
function basesOf(form: Form): readonly Form[] {
	const found = new Map<string, Form>([[nought.key, nought]]);
	for (const t of form.terms.values()) {
		const at = t.bound.length === 0 ? exponentOf(t.factors) : null;
		if (at) found.set(at.key, at);
	}
	return [...found.values()];
}

/** The exponentials with a weight that is not negative; equal ones outside of sums are taken together. */
function pointsOf(env: Environment, form: Form): readonly Point[] {
	const found: Point[] = [];
	const plain = new Map<string, { at: Form; weights: Form[] }>();
	for (const s of summands(env, form)) {
		const at =
			exponentOf(s.factors) ?? (s.factors.length === 0 ? nought : null);
		if (!at) continue;
		const others = s.factors.filter(
			(f) => f.atom.kind !== "function" || f.atom.name !== "exp",
		);
		const weight = product(env, s.coefficient, others, []);
		if (s.bound.length === 0) {
			const own = plain.get(at.key) ?? { at, weights: [] };
			own.weights.push(weight);
			plain.set(at.key, own);
		} else if (s.coefficient.s > 0n && isNonnegativeProduct(env, others))
			found.push({ at, weight, bound: s.bound });
	}
	for (const { at, weights } of plain.values()) {
		const weight = plus(...weights);
		if (weight.terms.size > 0 && signOf(env, weight) !== "unknown")
			found.push({ at, weight, bound: [] });
	}
	return found;
}
