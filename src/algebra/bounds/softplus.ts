import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { Form } from "../form.js";
import { logarithmOf } from "../powers.js";
import {
	atomForm,
	minus,
	nought,
	plus,
	product,
	rational,
	scale,
	singleTerm,
	times,
	timesAll,
	unit,
} from "../ring.js";
import { signOf } from "../signs.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	type Summand,
	summands,
	sumOverAll,
} from "./summand.js";

/** c log(1 + e^a) under sums. */
interface Point {
	readonly at: Form;
	readonly weight: Form;
	readonly isPositive: boolean;
	readonly bound: Summand["bound"];
}

function pointsOf(env: Environment, form: Form): readonly Point[] {
	return summands(env, form).flatMap((s) => {
		const log = s.factors.find(
			(f) => f.exponent.equals(1) && exponentOf(logarithmOf(f.atom)),
		);
		const at = log && exponentOf(logarithmOf(log.atom));
		if (!at) return [];
		const others = s.factors.filter((f) => f !== log);
		if (!isNonnegativeProduct(env, others)) return [];
		const weight = product(env, s.coefficient.abs(), others, []);
		return [{ at, weight, isPositive: s.coefficient.s > 0n, bound: s.bound }];
	});
}

/** a, where the form is 1 + e^a. */
function exponentOf(form: Form | null): Form | null {
	if (form?.terms.size !== 2) return null;
	const rest = minus(form, unit);
	const only = singleTerm(rest);
	if (!only?.coefficient.equals(1) || only.bound.length > 0) return null;
	const [factor, more] = only.factors;
	return !more && factor?.atom.kind === "function" && factor.atom.name === "exp"
		? factor.atom.argument
		: null;
}

function softplus(env: Environment, a: Form): Form {
	const { apply } = env.functions;
	return apply(env, "log", plus(unit, apply(env, "exp", a)));
}

function sigmoid(env: Environment, a: Form): Form {
	return env.functions.apply(env, "sigmoid", a);
}

/** Each point of one sign, with each place outside of sums where a curve may touch; 0 is one. */
function pairs(
	env: Environment,
	form: Form,
	isPositive: boolean,
	gap: (point: Form, base: Form) => Form,
	fact: string,
): readonly Gap[] {
	const all = pointsOf(env, form);
	const bases = new Map<string, Form>([[nought.key, nought]]);
	for (const p of all) if (p.bound.length === 0) bases.set(p.at.key, p.at);
	for (const e of exponentsIn(form)) bases.set(e.key, e);
	return all
		.filter((p) => p.isPositive === isPositive)
		.flatMap((p) =>
			[...bases.values()]
				.filter((b) => b.key !== p.at.key)
				.map(
					(b): Gap => ({
						fact,
						form: sumOverAll(env, times(env, p.weight, gap(p.at, b)), p.bound),
					}),
				),
		);
}

/** Arguments of σ that stand in a form outside of sums, where its tangent may touch. */
function exponentsIn(form: Form): readonly Form[] {
	return [...form.terms.values()]
		.filter((t) => t.bound.length === 0)
		.flatMap((t) => t.factors)
		.flatMap(({ atom }) => {
			const at = atom.kind === "poly" ? exponentOf(atom.form) : null;
			return at ? [at] : [];
		});
}

/** log(1 + e^a) ≥ log(1 + e^m) + σ(m) (a − m): it is convex. Boyd and Vandenberghe (2004), section 3.1.5. */
export const tangentOfSoftplus: BoundRule = (env, form) =>
	pairs(
		env,
		form,
		true,
		(a, m) =>
			minus(
				minus(softplus(env, a), softplus(env, m)),
				times(env, sigmoid(env, m), minus(a, m)),
			),
		"log(1 + e^x) is convex",
	);

/** log(1 + e^a) ≤ log(1 + e^m) + σ(m) (a − m) + (a − m)²/8. Böhning (1992), Ann. Inst. Stat. Math. 44. */
export const curvatureOfSoftplus: BoundRule = (env, form) =>
	pairs(
		env,
		form,
		false,
		(a, m) => {
			const step = minus(a, m);
			const above = plus(
				softplus(env, m),
				times(env, sigmoid(env, m), step),
				scale(times(env, step, step), new Fraction(1, 8)),
			);
			return minus(above, softplus(env, a));
		},
		"log(1 + e^x) has curvature at most 1/4",
	);

/**
 * log(1 + e^a) − a/2 = log 2cosh(a/2) is concave in a²: at most its tangent at m², with slope (σ(m) − 1/2)/(2m). Jaakkola and
 * Jordan (2000), Statistics and Computing 10, (7) and (8).
 */
export const tangentInTheSquare: BoundRule = (env, form) =>
	pairs(
		env,
		form,
		false,
		(a, m) => {
			if (m.terms.size === 0) return nought;
			const { power } = env.functions;
			const slope = timesAll(env, [
				minus(sigmoid(env, m), rational(new Fraction(1, 2))),
				power(env, m, new Fraction(-1)),
				rational(new Fraction(1, 2)),
			]);
			const squares = minus(times(env, a, a), times(env, m, m));
			const even = (x: Form) =>
				minus(softplus(env, x), scale(x, new Fraction(1, 2)));
			return minus(plus(even(m), times(env, slope, squares)), even(a));
		},
		"log cosh is concave in the square (Jaakkola and Jordan)",
	);

/**
 * Σ_k log(1 + t_k) ≥ log(1 + Σ_k t_k) for t ≥ 0; log(1 + e^a) is looked at as a + log(1 + e^{−a}) too. Hardy, Littlewood and Pólya,
 * Inequalities (1952), theorem 58.
 */
export const logarithmsOfSums: BoundRule = (env, form) =>
	summands(env, form).flatMap((s): Gap[] => {
		const [log, more] = s.factors;
		const inside = log && !more ? logarithmOf(log.atom) : null;
		if (!inside || s.bound.length === 0 || s.coefficient.s < 0n) return [];
		const t = minus(inside, unit);
		if (!log?.exponent.equals(1) || signOf(env, t) === "unknown") return [];
		const value = atomForm(env, log.atom);
		const a = exponentOf(inside);
		const mirrored = a && env.functions.apply(env, "exp", scale(a, -1));
		return [
			{ value, t },
			...(mirrored ? [{ value: minus(value, a), t: mirrored }] : []),
		].map((one) => ({
			fact: "Π (1 + t) ≥ 1 + Σ t",
			form: scale(aboveOfSum(env, one, s.bound), s.coefficient),
		}));
	});

/** Σ_k log(1 + t_k) − log(1 + Σ_k t_k), where the value is log(1 + t_k). */
function aboveOfSum(
	env: Environment,
	{ value, t }: { readonly value: Form; readonly t: Form },
	bound: Summand["bound"],
): Form {
	const sum = plus(unit, sumOverAll(env, t, bound));
	return minus(
		sumOverAll(env, value, bound),
		env.functions.apply(env, "log", sum),
	);
}
