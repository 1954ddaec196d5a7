import Fraction from "fraction.js";
import { variablesOf } from "../atoms.js";
import { type Environment, rangeOf } from "../environment.js";
import type { Factor, Form } from "../form.js";
import {
	atomForm,
	minus,
	plus,
	product,
	scale,
	substitute,
	times,
	unit,
} from "../ring.js";
import type { BoundRule, Gap } from "./gap.js";
import {
	isNonnegativeProduct,
	productOf,
	summands,
	sumOverAll,
} from "./summand.js";
import { isProbability } from "./termSign.js";

/** w (1 − p) ≥ 0 for a probability p and w ≥ 0, where a term −w p stands. */
export const probabilityIsAtMostOne: BoundRule = (env, form) =>
	summands(env, form)
		.filter((s) => s.coefficient.s < 0n && isNonnegativeProduct(env, s.factors))
		.flatMap((s) =>
			s.factors
				.filter((f) => isProbability(env, f))
				.map((f): Gap => {
					const less = f.exponent.sub(1);
					const kept = s.factors.filter((g) => g !== f);
					const rest: Factor[] =
						less.s > 0n && less.n > 0n
							? [...kept, { atom: f.atom, exponent: less }]
							: kept;
					const p =
						rest.length > kept.length ? { ...f, exponent: new Fraction(1) } : f;
					const gap = times(
						env,
						product(env, s.coefficient.neg(), rest, []),
						minus(unit, productOf(env, [p])),
					);
					return {
						fact: "a probability is at most 1",
						form: sumOverAll(env, gap, s.bound),
					};
				}),
		);

/** Σ_k t_k ≥ t_l for t ≥ 0: a sum is at least each of its terms. */
export const sumIsAtLeastATerm: BoundRule = (env, form) => {
	const free = [...variablesOf(form)];
	return summands(env, form)
		.filter((s) => s.coefficient.s > 0n && isNonnegativeProduct(env, s.factors))
		.flatMap((s) =>
			s.bound.flatMap((b) =>
				free
					.filter((v) => rangeOf(env, v) === b.range)
					.map((v): Gap => {
						const inside = product(env, s.coefficient, s.factors, []);
						const at = substitute(env, inside, new Map([[b.name, v]]));
						const others = s.bound.filter((x) => x !== b);
						return {
							fact: "a sum of what is not negative is at least each of its terms",
							form: minus(
								sumOverAll(env, inside, s.bound),
								sumOverAll(env, at, others),
							),
						};
					}),
			),
		);
};

/** N − 1 ≥ 0 for a size, n² − n ≥ 0 for a count. */
export const wholeNumbers: BoundRule = (env, form) => {
	const gaps = new Map<string, Gap>();
	for (const { coefficient, factors } of form.terms.values())
		for (const { atom } of coefficient.s < 0n || factors.length > 0
			? factors
			: [])
			if (atom.kind === "size")
				gaps.set(atom.key, {
					fact: "a size is at least 1",
					form: minus(atomForm(env, atom), unit),
				});
			else if (isCount(env, atom))
				gaps.set(atom.key, {
					fact: "n² ≥ n for a whole number",
					form: plus(atomForm(env, atom, 2), scale(atomForm(env, atom), -1)),
				});
	return [...gaps.values()].map((g) => scaled(form, g));
};

function isCount(env: Environment, atom: Factor["atom"]): boolean {
	return (
		atom.kind === "symbol" &&
		["count", "integer"].includes(
			env.context.symbols.get(atom.name)?.type ?? "",
		) &&
		atom.variables.size === 0
	);
}

/** The gap as often as the form has what it takes away. */
function scaled(form: Form, gap: Gap): Gap {
	const negative = [...gap.form.terms.entries()].find(
		([, t]) => t.coefficient.s < 0n,
	);
	const own = negative && form.terms.get(negative[0]);
	return own && own.coefficient.s < 0n
		? { ...gap, form: scale(gap.form, own.coefficient.neg()) }
		: gap;
}
