import Fraction from "fraction.js";
import { sizeAtom, variablesOf } from "../atoms.js";
import { type Environment, freshIndex, rangeOf } from "../environment.js";
import type { Atom, Factor, Form, Term } from "../form.js";
import { nestedForms } from "../nestedForms.js";
import {
	atomForm,
	collect,
	minus,
	plus,
	product,
	rational,
	scale,
	substitute,
	sumOver,
	times,
} from "../ring.js";
import { signOf } from "../signs.js";
import { transform } from "../transform.js";
import type { BoundRule, Gap } from "./gap.js";
import { type Summand, summands, sumOverAll, without } from "./summand.js";

type Maximum = Extract<Atom, { kind: "maximum" }>;

const atLeastEach = "a maximum is at least each of its values";
export const isAttained = "a maximum is one of its values";

/**
 * M = max_k g_k: M ≥ g_l for each l, so also Σ w (M − g) ≥ 0 and Σ w (e^{cM + r} − e^{cg + r}) ≥ 0 for w ≥ 0 and c > 0; and M is
 * one of the g_k, so that Σ_k w e^{c g_k + r} ≥ w e^{cM + r} for w and r that are free of k.
 */
export const greatestOfValues: BoundRule = (env, form) =>
	maximaIn(form).flatMap((m) => [
		ofAverage(env, m),
		...ofFreeIndices(env, form, m),
		...summands(env, form).flatMap((s) => [
			...averaged(env, s, m),
			...exponentials(env, s, m),
		]),
	]);

function maximaIn(form: Form): readonly Maximum[] {
	const found = new Map<string, Maximum>();
	const look = (f: Form): void => {
		for (const t of f.terms.values())
			for (const { atom } of t.factors) {
				if (atom.kind === "maximum" && isClosed(atom))
					found.set(atom.key, atom);
				nestedForms(atom).forEach(look);
			}
	};
	look(form);
	return [...found.values()];
}

/** Whether no index of it is bound by a sum or a form around it. */
function isClosed(atom: Maximum): boolean {
	return ![...atom.variables].some((v) => /^[$%@]/.test(v));
}

function valueAt(env: Environment, m: Maximum, index: string): Form {
	return substitute(env, m.body, new Map([[m.index, index]]));
}

/** M − Σ_k g_k/K. */
function ofAverage(env: Environment, m: Maximum): Gap {
	const index = freshIndex(env, m.range);
	const total = sumOver(env, valueAt(env, m, index), index, m.range);
	const size =
		typeof m.range === "number"
			? rational(m.range)
			: atomForm(env, sizeAtom(m.range));
	const average = times(env, env.functions.power(env, size, minusOne), total);
	return { fact: atLeastEach, form: minus(atomForm(env, m), average) };
}

const minusOne = new Fraction(-1);

/**
 * The form with a maximum put in as one of its values, whichever: what holds for each of them holds for it. Tried where the
 * maximum is taken away, as it is the greatest of what might be.
 */
export function atEachValue(env: Environment, form: Form): readonly Form[] {
	const negative = collect(
		[...form.terms.values()].filter((t) => t.coefficient.s < 0n),
	);
	return maximaIn(negative).map((m) => {
		const value = valueAt(env, m, freshIndex(env, m.range));
		return transform(env, form, ({ atom, exponent }) =>
			atom.key === m.key ? env.functions.power(env, value, exponent) : null,
		);
	});
}

/** M − g_l for the indices l that stand free. */
function ofFreeIndices(
	env: Environment,
	form: Form,
	m: Maximum,
): readonly Gap[] {
	return [...variablesOf(form)]
		.filter((v) => rangeOf(env, v) === m.range)
		.map((v) => ({
			fact: atLeastEach,
			form: minus(atomForm(env, m), valueAt(env, m, v)),
		}));
}

/** Where a term is −w times the first term of g_k, under a sum over k. */
function averaged(env: Environment, s: Summand, m: Maximum): readonly Gap[] {
	return s.bound
		.filter((b) => b.range === m.range)
		.flatMap((b): Gap[] => {
			const value = valueAt(env, m, b.name);
			const first = firstTerm(value);
			const rest = first && without(s.factors, first.factors);
			if (!first || !rest) return [];
			const by = s.coefficient.div(first.coefficient).neg();
			const weight = product(env, by, rest, []);
			if (signOf(env, weight) === "unknown") return [];
			const gap = times(env, weight, minus(atomForm(env, m), value));
			return [{ fact: atLeastEach, form: sumOverAll(env, gap, s.bound) }];
		});
}

/** Where a term has a factor e^{c g_k + r}. */
function exponentials(
	env: Environment,
	s: Summand,
	m: Maximum,
): readonly Gap[] {
	const exponential = s.factors.find(isExponential);
	if (exponential?.atom.kind !== "function") return [];
	const { argument } = exponential.atom;
	const others = s.factors.filter((f) => f !== exponential);
	const weight = product(env, s.coefficient.abs(), others, []);
	if (signOf(env, weight) === "unknown") return [];
	return s.bound
		.filter((b) => b.range === m.range)
		.flatMap((b): Gap[] => {
			const rest = beside(env, argument, m, b.name);
			if (!rest) return [];
			const at = times(
				env,
				weight,
				env.functions.apply(env, "exp", plus(rest.by, rest.form)),
			);
			const own = times(env, weight, atomForm(env, exponential.atom));
			if (s.coefficient.s < 0n)
				return [
					{
						fact: atLeastEach,
						form: sumOverAll(env, minus(at, own), s.bound),
					},
				];
			if (variablesOf(at).has(b.name)) return [];
			const outer = s.bound.filter((x) => x !== b);
			const gap = minus(sumOverAll(env, own, [b]), at);
			return [{ fact: isAttained, form: sumOverAll(env, gap, outer) }];
		});
}

/** cM and r of an argument c g_k + r with c > 0; null if the first term of g_k does not stand in it. */
function beside(
	env: Environment,
	argument: Form,
	m: Maximum,
	index: string,
): { by: Form; form: Form } | null {
	const value = valueAt(env, m, index);
	const first = firstTerm(value);
	const own = first && argument.terms.get(first.key);
	const c = own?.coefficient.div(first?.coefficient ?? 1);
	if (!c || c.s <= 0n) return null;
	return {
		by: scale(atomForm(env, m), c),
		form: minus(argument, scale(value, c)),
	};
}

function isExponential({ atom, exponent }: Factor): boolean {
	return exponent.equals(1) && atom.kind === "function" && atom.name === "exp";
}

/** The first term of a value that is not summed. */
function firstTerm(value: Form): Term | null {
	return [...value.terms.values()].find((t) => t.bound.length === 0) ?? null;
}
